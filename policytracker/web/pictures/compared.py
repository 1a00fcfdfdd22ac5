"""The picture of a comparison: all its strips under one axis."""

from policytracker.questions.names import label
from policytracker.questions.sentences.naming import listed
from policytracker.web.addresses import Addresses
from policytracker.web.asking import BadAddress
from policytracker.web.charts.strip import WIDE
from policytracker.web.comparing import PARAMETERS, address_of, comparison, drawn_timelines
from policytracker.web.drawing import strips
from policytracker.web.page import Picture, Question
from policytracker.web.pictures.cell import PNG, SVG, ZOOM
from policytracker.web.pictures.png import png
from policytracker.web.pictures.svg import About, picture


def strips_svg(question: Question, to: Addresses) -> str:
    """The strips of a comparison. Raises BadAddress where the ledger holds nothing to compare."""
    answer, directory = comparison(question), question.directory
    if not answer["sides"]:
        raise BadAddress("chips", "the ledger holds no chip and no company on this day; ask for another day")
    (drawn,) = strips(question, drawn_timelines(question, answer), (WIDE,))
    companies = listed([label(directory.companies[each]) for each in answer["companies"]])
    chips = listed([label(directory.chips[each]) for each in answer["chips"]])
    about = About(f"{chips}: the import by {companies} through time", "compare", address_of(answer))
    return picture("picture_strip.svg", question, to, about, drawn=drawn)


COMPARE_STRIP_SVG = Picture(
    name="compare-strip-svg",
    path="/compare/strip.svg",
    says="The statuses of the chips or companies compared, through time under one axis, as a drawing (SVG).",
    media_type=SVG,
    body=lambda question, to: strips_svg(question, to).encode(),
    is_whole=True,
    parameters=PARAMETERS,
)
COMPARE_STRIP_PNG = Picture(
    name="compare-strip-png",
    path="/compare/strip.png",
    says="The statuses of the chips or companies compared, through time under one axis, as a picture (PNG).",
    media_type=PNG,
    body=lambda question, to: png(strips_svg(question, to), ZOOM),
    is_whole=True,
    parameters=PARAMETERS,
)
