"""Answers whose rows in a spreadsheet are other than their objects in JSON: one line a company, a claim, a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policytracker.questions.accounts import called
from policytracker.questions.difference_words import difference_columns
from policytracker.questions.roles import beside_lines, lines
from policytracker.questions.sources import sources_line
from policytracker.questions.spreadsheets import Rows

if TYPE_CHECKING:
    from policytracker.questions.answers import MatrixRow
    from policytracker.questions.difference_answers import CellStep, EventOfChange, StatusStep
    from policytracker.questions.why_answers import GateExplanation, RoleLine


def of_matrix(rows: Iterable[MatrixRow]) -> Rows:
    """A line for each company, a column for each chip."""
    return ({"company": row["company"], **row["cells"]} for row in rows)


def of_why(gates: Sequence[GateExplanation]) -> Rows:
    """A line for each claim and signal, gate by gate; the developments, which belong to the cell, once."""
    return map(_role_line, _role_lines(gates))


def of_diff(steps: Iterable[StatusStep]) -> Rows:
    """A line for each step of a cell: its events in one cell of the spreadsheet, their sources in another."""
    for step in steps:
        sources = [sources_line(event["sources"]) for event in step["events"]]
        told = {"events": " | ".join(_change(event) for event in step["events"]), "sources": " | ".join(sources)}
        yield {**step, **told}


def of_differences(steps: Iterable[CellStep]) -> Rows:
    """The same, with what differs beside the statuses: conditions, licences, amounts, what is left, each in a cell."""
    for step in steps:
        (line,) = of_diff([step])
        yield {**line, **difference_columns(step)}


def _role_lines(gates: Sequence[GateExplanation]) -> Iterator[RoleLine]:
    for place, gate in enumerate(gates):
        yield from lines(gate)
        yield from beside_lines(gate, with_developments=place == 0)


def _role_line(line: RoleLine) -> Mapping[str, object]:
    """A line; of several texts in it, each apart from the next."""
    several = {"why": line["why"], "sources": line["sources"], "events": line["events"]}
    return {**line, **{part: " | ".join(parts) for part, parts in several.items()}}


def _change(event: EventOfChange) -> str:
    return f"{called(event)} ({event['change']})"
