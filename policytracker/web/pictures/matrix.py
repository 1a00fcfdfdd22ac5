"""The picture of a board: companies and chips at a glance."""

from policytracker.questions.matrix import Matrix
from policytracker.web.addresses import Addresses
from policytracker.web.asking import BadAddress
from policytracker.web.board_narrowed import PARAMETERS, narrowed
from policytracker.web.board_table import table
from policytracker.web.charts.matrix import matrix_drawing
from policytracker.web.page import Question
from policytracker.web.pictures.files import svg_and_png
from policytracker.web.pictures.svg import About, picture
from policytracker.web.rendering import Names

MOST_DRAWN = 400
"""Companies and chips together that one drawing has."""
NARROWING = tuple(parameter.name for parameter in PARAMETERS)


def matrix_svg(question: Question, to: Addresses, matrix: Matrix) -> str:
    """The drawing of a matrix, gathered as the page of the board gathers it."""
    gathered = table(question, matrix, ())
    drawn = matrix_drawing(gathered["across"], gathered["sections"], Names(question))
    given = {name: value for name, value in question.query.items() if name in NARROWING}
    about = About("Who may import which chip", "board", given, drawn.says)
    return picture("picture_matrix.svg", question, to, about, drawn.width, drawn=drawn)


def _board_svg(question: Question, to: Addresses) -> str:
    """The drawing of the board that an address asks for. Raises BadAddress where it would be too large."""
    companies, chips = narrowed(question)
    if len(companies) + len(chips) > MOST_DRAWN:
        why = f"more than {MOST_DRAWN} companies and chips are too many for one drawing; name a group of them"
        raise BadAddress("companies, chips", why)
    found = Matrix(companies, chips, question.statuses.among(companies, chips), question.clocks)
    return matrix_svg(question, to, found)


BOARD_MATRIX_SVG, BOARD_MATRIX_PNG = svg_and_png(
    "board-matrix",
    "/board/matrix",
    "The board, those that are alike gathered",
    _board_svg,
    is_whole=True,
    parameters=PARAMETERS,
)
