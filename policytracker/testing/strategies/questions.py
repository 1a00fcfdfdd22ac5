"""Questions about made-up ledgers, their dates from the same window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from policytracker.testing.strategies.dates import instants
from policytracker.testing.strategies.drafts import Draft
from policytracker.testing.strategies.vocabulary import AROUND, CORE, WINDOW, Event


class Question(NamedTuple):
    """One cell, on one day, as known at a day or an instant, or by all that is published."""

    company: str
    chip: str
    at: str
    known: str | None


def questions(ledger: Sequence[Event]) -> SearchStrategy[Question]:
    """A question about a company and a chip that these events register; its dates are those that ``ledgers`` draws,
    and days around them. ``ledger``: events in the interchange format. Raises hypothesis' InvalidArgument where they
    register no company or no chip.
    """
    names = Draft(list(ledger)).names
    return questions_of(names.companies, names.chips)


@cache
def questions_of(firms: tuple[str, ...], parts: tuple[str, ...]) -> SearchStrategy[Question]:
    """A question about one of these companies and one of these chips."""
    return st.builds(
        Question,
        company=st.sampled_from(firms),
        chip=st.sampled_from(parts),
        at=st.sampled_from((*WINDOW[-6:], *CORE, *WINDOW, *AROUND)),
        known=st.one_of(st.none(), st.none(), st.sampled_from((*WINDOW[-6:], *WINDOW, *AROUND)), instants()),
    )
