"""A timeline as a picture in letters: a row for the cell and for each gate, a column for so many days."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from policytracker.cli.folding import NARROWEST, fold, terminal_width
from policytracker.cli.output import dim, heading, status_word
from policytracker.events.dates import iso, span
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.answers import CellInterval, PossibleStatuses

LETTERS = dict(zip(STATUSES, "XBPILCO", strict=True))
"""X: no. O: open."""
SILENT, UNLAUNCHED = "?", "."
WIDTH = 80
"""Columns where the output is no terminal."""
LEAD = 31
"""Days that are shown before the first change, where no first day is asked for."""


def print_strip(rows: Sequence[CellInterval], first: int | None, last: int, launched: str | None) -> None:
    """Print the intervals of one cell between two days (ordinals). ``launched``: when the chip was, if known."""
    names = ["all gates", *(gate["gate"] for gate in rows[-1]["gates"])]
    label = max(map(len, names)) + 2
    start = _first(rows, last) if first is None else first
    room = max((terminal_width() if sys.stdout.isatty() else WIDTH), NARROWEST) - label
    each = -(-(last + 1 - start) // room)
    days = list(range(start, last + 1, each))
    since = span(launched).first if launched else 0
    cells = [_at(rows, min(day + each - 1, last)) for day in days]
    click.echo(heading(f"{rows[0]['company']} {rows[0]['chip']}"))
    for place, name in enumerate(names):
        answers = (row if place == 0 else row["gates"][place - 1] for row in cells)
        pairs = zip(days, answers, strict=True)
        drawn = (UNLAUNCHED if day + each - 1 < since else _sign(answer) for day, answer in pairs)
        click.echo(f"{name:{label}}{''.join(drawn)}")
    click.echo(dim(f"{'':{label}}{_axis(days)}"))
    told = ", ".join(f"{letter} {word}" for word, letter in LETTERS.items())
    columns = "a day" if each == 1 else f"{each} days"
    click.echo(
        dim(
            fold(
                f"a column is {columns} and shows its last; {told}; small: the lowest of several that are possible; "
                f"{SILENT} any status{f'; {UNLAUNCHED} before its launch' if since > start else ''}",
                2,
            )
        )
    )


def _first(rows: Sequence[CellInterval], last: int) -> int:
    """A month before the first change, or a year back."""
    starts = [span(row["from"]).first for row in rows if row["from"]]
    return min(starts, default=last - 365) - LEAD if starts else last - 365


def _at(rows: Sequence[CellInterval], day: int) -> CellInterval:
    """The interval in which a day lies."""
    return next(row for row in reversed(rows) if row["from"] is None or span(row["from"]).first <= day)


def _sign(answer: PossibleStatuses) -> str:
    if answer["status"] == "unknown":
        return SILENT
    letter = LETTERS[answer["possible"][0]]
    return status_word(answer["status"], letter if answer["status"] != "uncertain" else letter.lower())


def _axis(days: Sequence[int]) -> str:
    """Each month below the column in which it begins, as far as there is room."""
    drawn = ""
    for place, text in _marks(days):
        if len(drawn) <= place and place + len(text) <= len(days):
            drawn = f"{drawn:{place}}{text} "
    return drawn.rstrip()


def _marks(days: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Where a month begins, with its name."""
    last = ""
    for place, day in enumerate(days):
        month = iso(day)[:7]
        if month != last:
            yield place, month
            last = month
