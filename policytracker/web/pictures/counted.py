"""The pictures of a company and of a chip: what was counted for it."""

from functools import partial

from policytracker.questions import names
from policytracker.questions.names import label
from policytracker.questions.quantities import quantities
from policytracker.web.addresses import Addresses
from policytracker.web.charts import powers
from policytracker.web.drawing import amounts
from policytracker.web.page import Picture, Question
from policytracker.web.pictures.cell import PNG, SVG, ZOOM
from policytracker.web.pictures.png import png
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


def _svg(name: str, question: Question, to: Addresses) -> bytes:
    return DRAWN[name](question, to).encode()


def _png(name: str, question: Question, to: Addresses) -> bytes:
    return png(DRAWN[name](question, to), ZOOM)


DRAWN = {"company": company_svg, "chip": chip_svg}
COMPANY_QUANTITIES_SVG, CHIP_QUANTITIES_SVG = (
    Picture(
        name=f"{name}-quantities-svg",
        path=f"/{name}/{{{name}}}/quantities.svg",
        says=f"What was ordered, approved and shipped for a {name}, as a drawing (SVG).",
        media_type=SVG,
        body=partial(_svg, name),
    )
    for name in DRAWN
)
COMPANY_QUANTITIES_PNG, CHIP_QUANTITIES_PNG = (
    Picture(
        name=f"{name}-quantities-png",
        path=f"/{name}/{{{name}}}/quantities.png",
        says=f"What was ordered, approved and shipped for a {name}, as a picture (PNG).",
        media_type=PNG,
        body=partial(_png, name),
    )
    for name in DRAWN
)
