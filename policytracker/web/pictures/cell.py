"""The pictures of a cell: its strip, its quantities, and an image for those who share its page."""

from typing import Any

from policytracker.questions.names import label
from policytracker.questions.one_cell import one_cell
from policytracker.questions.quantities import quantities
from policytracker.questions.timeline import over_days
from policytracker.web.addresses import Addresses
from policytracker.web.charts import powers
from policytracker.web.charts.letters import lines_of
from policytracker.web.charts.strip import WIDE, Timeline
from policytracker.web.drawing import amounts, strips
from policytracker.web.page import Picture, Question
from policytracker.web.pictures.files import PNG, svg_and_png
from policytracker.web.pictures.png import png
from policytracker.web.pictures.svg import About, picture
from policytracker.web.words import DOMESTIC, status_words

MOST_ROWS = 4
"""Rows for which an image to share has room."""
TITLE_LETTERS = 46
"""Letters that a line of its title has."""


def _about(question: Question, what: str) -> About:
    """``what`` takes the names of the company and of the chip."""
    company, chip = question.pair
    directory = question.directory
    called = {"company": label(directory.companies[company]), "chip": label(directory.chips[chip])}
    return About(what.format_map(called), "cell", {"company": company, "chip": chip})


def _timeline(question: Question, with_gates: bool = True) -> Timeline:
    company, chip = question.pair
    found = question.once("timeline", lambda: list(over_days(question.reader, question.clocks, company, chip)))
    return Timeline(found, with_gates=with_gates)


def strip_svg(question: Question, to: Addresses) -> str:
    """The strip of a cell."""
    return timeline_svg(question, to, _timeline(question))


def timeline_svg(question: Question, to: Addresses, timeline: Timeline) -> str:
    """The strip of a cell, given its intervals."""
    (drawn,) = strips(question, [timeline], (WIDE,))
    about = _about(question, "The import of {chip} by {company} through time")
    return picture("picture_strip.svg", question, to, about._replace(says=drawn.says), drawn=drawn)


def quantities_svg(question: Question, to: Addresses) -> str:
    """What was counted for a cell."""
    company, chip = question.pair
    rows = quantities(question.reader, question.clocks, chip, company)
    (drawn,) = amounts(question, rows, shapes=(powers.WIDE,))
    about = _about(question, "{chip} ordered, approved and shipped, as far as {company} is counted")
    return picture("picture_amounts.svg", question, to, about, drawn=drawn)


def share_svg(question: Question, to: Addresses) -> str:
    """What stands beside a link to a cell: the question, the answer, the strip."""
    company, chip = question.pair
    state = one_cell(question.reader, question.clocks, company, chip)
    (drawn,) = strips(question, [_timeline(question)], (WIDE,))
    if sum(len(group.rows) for group in drawn.groups) > MOST_ROWS:
        (drawn,) = strips(question, [_timeline(question, with_gates=False)], (WIDE,))
    about = _about(question, "May {company} import the {chip}?")
    verdict = status_words(state["possible"]) if state["gates"] else DOMESTIC
    lines = lines_of(about.title, TITLE_LETTERS)
    values: dict[str, Any] = {"drawn": drawn, "possible": state["possible"], "verdict": verdict, "lines": lines[:2]}
    return picture("picture_share.svg", question, to, about, **values)


CELL_STRIP_SVG, CELL_STRIP_PNG = svg_and_png(
    "cell-strip", "/cell/{company}/{chip}/strip", "The status of a cell through time", strip_svg
)
CELL_QUANTITIES_SVG, CELL_QUANTITIES_PNG = svg_and_png(
    "cell-quantities",
    "/cell/{company}/{chip}/quantities",
    "What was ordered, approved and shipped for a cell",
    quantities_svg,
)
CELL_SHARE = Picture(
    name="cell-share",
    path="/cell/{company}/{chip}/share.png",
    says="The question, the answer and the strip of a cell, as an image of 1200 × 630 for links to its page (PNG).",
    media_type=PNG,
    body=lambda question, to: png(share_svg(question, to)),
)
