"""The picture of a board: companies and chips at a glance."""

from policytracker.questions.matrix import Matrix
from policytracker.web.addresses import Addresses
from policytracker.web.board_table import table
from policytracker.web.charts.matrix import matrix_drawing
from policytracker.web.page import Question
from policytracker.web.pictures.svg import About, picture
from policytracker.web.rendering import Names


def matrix_svg(question: Question, to: Addresses, matrix: Matrix) -> str:
    """The drawing of a matrix, gathered as the page of the board gathers it."""
    gathered = table(question, matrix, ())
    drawn = matrix_drawing(gathered["across"], gathered["sections"], Names(question))
    about = About("Who may import which chip", "board", {}, drawn.says)
    return picture("picture_matrix.svg", question, to, about, drawn.width, drawn=drawn)
