"""The picture of a comparison: all its strips under one axis."""

from policytracker.questions.names import label
from policytracker.questions.sentences.naming import listed
from policytracker.web.addresses import Addresses
from policytracker.web.asking import BadAddress
from policytracker.web.charts.strip import WIDE
from policytracker.web.comparing import PARAMETERS, address_of, comparison, drawn_timelines
from policytracker.web.drawing import strips
from policytracker.web.page import Question
from policytracker.web.pictures.files import svg_and_png
from policytracker.web.pictures.svg import About, picture


def strips_svg(question: Question, to: Addresses) -> str:
    """The strips of a comparison. Raises BadAddress where the ledger holds nothing to compare."""
    answer, directory = comparison(question), question.directory
    if not answer["sides"]:
        raise BadAddress("chips", "the ledger holds no chip and no company on this day; ask for another day")
    (drawn,) = strips(question, drawn_timelines(question, answer), (WIDE,))
    companies = listed([label(directory.companies[each]) for each in answer["companies"]])
    chips = listed([label(directory.chips[each]) for each in answer["chips"]])
    title = f"{chips}: the import by {companies} through time"
    about = About(title, "compare", address_of(answer), drawn.says)
    return picture("picture_strip.svg", question, to, about, drawn=drawn)


COMPARE_STRIP_SVG, COMPARE_STRIP_PNG = svg_and_png(
    "compare-strip",
    "/compare/strip",
    "The statuses of the chips or companies compared, through time under one axis",
    strips_svg,
    is_whole=True,
    parameters=PARAMETERS,
)
