"""Who and what is registered on a day, one object each: the lists of companies and chips (semantics.md §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policytracker.questions.interchange import in_order
from policytracker.questions.launches import is_launched
from policytracker.questions.names import containing
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import ChipAnswer, CompanyAnswer


def companies(reader: Reader, clocks: Clocks, text: str | None = None) -> list[CompanyAnswer]:
    """The registration of each company that counts on the day, by id; of those whose names contain a text."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    found = directory.companies if text is None else containing(directory.companies, text)
    return [
        cast(
            "CompanyAnswer",
            {**in_order(directory.companies[each]), "groups": directory.groups_of("company", each)},
        )
        for each in sorted(found)
    ]


def chips(reader: Reader, clocks: Clocks, text: str | None = None) -> list[ChipAnswer]:
    """The registration of each chip that counts on the day, by id; of those whose names contain a text."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    found = directory.chips if text is None else containing(directory.chips, text)
    return [
        cast(
            "ChipAnswer",
            {
                **in_order(directory.chips[each]),
                "groups": directory.groups_of("chip", each),
                "is_launched": is_launched(directory.chips[each], clocks.at),
            },
        )
        for each in sorted(found)
    ]
