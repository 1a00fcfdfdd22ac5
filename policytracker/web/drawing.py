"""What pages and files draw for a question: strips and quantities, with the dates that the question asks for."""

from collections.abc import Iterable, Mapping, Sequence

from policytracker.events.dates import day_of
from policytracker.questions.answers import LeftOfApproval
from policytracker.questions.in_words import InWords
from policytracker.questions.left import Left
from policytracker.questions.names import label
from policytracker.questions.quantity_answers import QuantityRange
from policytracker.web.charts import powers
from policytracker.web.charts import quantities as bars
from policytracker.web.charts.figures import Told, told
from policytracker.web.charts.shape import Shape
from policytracker.web.charts.strip import NARROW, WIDE, Strip, Timeline, strip
from policytracker.web.page import Question

OF_APPROVALS = ("licensed", "approved")
"""The kinds of which something is left."""


def newest(question: Question) -> int:
    """The day of the newest report that is known at the dates of the question, an ordinal; without any, its day."""
    found = question.publications.last_by(question.clocks.known)
    return question.clocks.at if found is None else day_of(found)


def strips(question: Question, timelines: Sequence[Timeline], shapes: Sequence[Shape] = (WIDE, NARROW)) -> list[Strip]:
    """A strip of some cells in each shape."""
    return [strip(timelines, question.clocks.at, newest(question), shape) for shape in shapes]


def amounts(
    question: Question,
    rows: Iterable[QuantityRange],
    several: bool = False,
    shapes: Sequence[Shape] = (powers.WIDE, powers.NARROW),
) -> list[bars.Amounts]:
    """Quantities in each shape; ``several``: of several chips, so that each line names its own."""
    lines = told(rows)
    chips = {chip: label(fields) for chip, fields in question.directory.chips.items()} if several else None
    left = _left(question, lines[: bars.MOST])
    whom = {each.figure["event"]: in_words(question).whom(each.figure["event"]) for each in lines[: bars.MOST]}
    return [bars.amounts(lines, left, shape, chips, whom) for shape in shapes]


def in_words(question: Question) -> InWords:
    """What makes sentences of events."""
    return question.once("in-words", lambda: InWords(question.reader, question.clocks))


def _left(question: Question, lines: Iterable[Told]) -> Mapping[str, LeftOfApproval]:
    """What is left of the approvals among some figures."""
    found = question.once("left", lambda: Left(question.reader, question.clocks))
    approved = {each.figure["event"] for each in lines if each.row["kind"] in OF_APPROVALS}
    return {event: found.of(event) for event in approved}
