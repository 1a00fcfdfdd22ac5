"""Sides of which nobody has reported for long: gates whose last word is older than so many days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.questions.digest_entries import compared
from policytracker.questions.sentences.changes import cells_in_words
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.sentences.places import gate_name

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.digest_answers import DigestEntry
    from policytracker.questions.sentences.naming import Naming


STALE_DAYS: Final = 90
"""The last word at a gate is stale when it is older than so many days, where nothing else is asked for."""


class GoneStale(NamedTuple):
    """What has gone stale, and of how many sides the last word was stale before."""

    entries: list[DigestEntry]
    before: int


def days_since(last_word: str | None, day: int) -> int | None:
    """How many days before a day (an ordinal) the last word was; None: there is none."""
    return None if last_word is None else day - date.fromisoformat(last_word).toordinal()


def gone_stale(naming: Naming, states: Iterable[CellState], day: int, first_day: int, most_days: int) -> GoneStale:
    """The sides whose last word is older than so many days on a day, and was not on the first day (ordinals).

    Sides without any word are neither: nothing can be said of their age.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    before = 0
    for state in states:
        for gate in state["gates"]:
            word = gate["last_word"]
            age = days_since(word, day)
            if word is None or age is None or age <= most_days:
                continue
            if age - (day - first_day) > most_days:
                before += 1
            else:
                found.setdefault((word, gate["gate"]), []).append((state["company"], state["chip"]))
    entries = [
        compared(f"{gate_name(gate)}: {last_word_in_words(word, day)}: {cells_in_words(naming, cells)}.", cells, ())
        for (word, gate), cells in sorted(found.items(), reverse=True)
    ]
    return GoneStale(entries, before)


def last_word_in_words(word: str, day: int) -> str:
    """When the last word was, and how long before a day (an ordinal)."""
    age = day - date.fromisoformat(word).toordinal()
    return f"last word on {day_in_words(word)}, {abs(age):,} days {'later' if age < 0 else 'before'}"
