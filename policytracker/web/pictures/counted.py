"""The pictures of a company and of a chip: what was counted for it."""

from policytracker.questions import names
from policytracker.questions.names import label
from policytracker.questions.quantities import quantities
from policytracker.web.addresses import Addresses
from policytracker.web.charts import powers
from policytracker.web.drawing import amounts
from policytracker.web.page import Question
from policytracker.web.pictures.files import svg_and_png
from policytracker.web.pictures.svg import About, picture


def company_svg(question: Question, to: Addresses) -> str:
    """What was counted for a company, chip by chip."""
    company = names.company(question.directory, question.path["company"])
    called = label(question.directory.companies[company])
    rows = quantities(question.reader, question.clocks, None, company)
    (drawn,) = amounts(question, rows, several=True, shapes=(powers.WIDE,))
    about = About(f"Ordered, approved and shipped for {called} or others with it", "company", {"company": company})
    return picture("picture_amounts.svg", question, to, about, drawn=drawn)


def chip_svg(question: Question, to: Addresses) -> str:
    """What was counted of a chip."""
    chip = names.chip(question.directory, question.path["chip"])
    rows = quantities(question.reader, question.clocks, chip)
    (drawn,) = amounts(question, rows, shapes=(powers.WIDE,))
    about = About(f"{label(question.directory.chips[chip])} ordered, approved and shipped", "chip", {"chip": chip})
    return picture("picture_amounts.svg", question, to, about, drawn=drawn)


(COMPANY_QUANTITIES_SVG, COMPANY_QUANTITIES_PNG), (CHIP_QUANTITIES_SVG, CHIP_QUANTITIES_PNG) = (
    svg_and_png(
        f"{name}-quantities",
        f"/{name}/{{{name}}}/quantities",
        f"What was ordered, approved and shipped for a {name}",
        drawing,
    )
    for name, drawing in (("company", company_svg), ("chip", chip_svg))
)
