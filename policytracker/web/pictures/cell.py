"""The pictures of a cell: its strip, and its quantities."""

from policytracker.questions.names import label
from policytracker.questions.quantities import quantities
from policytracker.questions.timeline import over_days
from policytracker.web.addresses import Addresses
from policytracker.web.charts import powers
from policytracker.web.charts.strip import WIDE, Timeline
from policytracker.web.drawing import amounts, strips
from policytracker.web.page import Question
from policytracker.web.pictures.files import svg_and_png
from policytracker.web.pictures.svg import About, picture


def about(question: Question, what: str) -> About:
    """What a picture of a cell is of; ``what`` takes the names of the company and of the chip."""
    company, chip = question.pair
    directory = question.directory
    called = {"company": label(directory.companies[company]), "chip": label(directory.chips[chip])}
    return About(what.format_map(called), "cell", {"company": company, "chip": chip})


def timeline_of(question: Question, with_gates: bool = True) -> Timeline:
    """A cell through time, with its gates or without them."""
    company, chip = question.pair
    found = question.once("timeline", lambda: list(over_days(question.reader, question.clocks, company, chip)))
    return Timeline(found, with_gates=with_gates)


def strip_svg(question: Question, to: Addresses) -> str:
    """The strip of a cell."""
    return timeline_svg(question, to, timeline_of(question))


def timeline_svg(question: Question, to: Addresses, timeline: Timeline) -> str:
    """The strip of a cell, given its intervals."""
    (drawn,) = strips(question, [timeline], (WIDE,))
    said = about(question, "The import of {chip} by {company} through time")
    return picture("picture_strip.svg", question, to, said._replace(says=drawn.says), drawn=drawn)


def quantities_svg(question: Question, to: Addresses) -> str:
    """What was counted for a cell."""
    company, chip = question.pair
    rows = quantities(question.reader, question.clocks, chip, company)
    (drawn,) = amounts(question, rows, shapes=(powers.WIDE,))
    said = about(question, "{chip} ordered, approved and shipped, as far as {company} is counted")
    return picture("picture_amounts.svg", question, to, said, drawn=drawn)


CELL_STRIP_SVG, CELL_STRIP_PNG = svg_and_png(
    "cell-strip", "/cell/{company}/{chip}/strip", "The status of a cell through time", strip_svg
)
CELL_QUANTITIES_SVG, CELL_QUANTITIES_PNG = svg_and_png(
    "cell-quantities",
    "/cell/{company}/{chip}/quantities",
    "What was ordered, approved and shipped for a cell",
    quantities_svg,
)
