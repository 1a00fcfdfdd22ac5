"""Who and what is registered on a day, one object each: the lists of companies and chips (semantics.md §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policytracker.questions.interchange import in_order
from policytracker.questions.launches import is_launched
from policytracker.questions.names import containing
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.naming import names_of

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import ChipAnswer, CompanyAnswer


def companies(reader: Reader, clocks: Clocks, text: str | None = None) -> list[CompanyAnswer]:
    """The registration of each company that counts on the day, by id; of those whose names contain a text."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    found = directory.companies if text is None else containing(directory, "company", directory.companies, text)
    return [
        cast(
            "CompanyAnswer",
            {
                **in_order(directory.companies[each]),
                "groups": directory.groups_of("company", each),
                "former_names": former_names(reader, clocks, "company", each),
            },
        )
        for each in sorted(found)
    ]


def chips(reader: Reader, clocks: Clocks, text: str | None = None) -> list[ChipAnswer]:
    """The registration of each chip that counts on the day, by id; of those whose names contain a text."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    found = directory.chips if text is None else containing(directory, "chip", directory.chips, text)
    return [
        cast(
            "ChipAnswer",
            {
                **in_order(directory.chips[each]),
                "groups": directory.groups_of("chip", each),
                "former_names": former_names(reader, clocks, "chip", each),
                "is_launched": is_launched(directory.chips[each], clocks.at),
            },
        )
        for each in sorted(found)
    ]


def former_names(reader: Reader, clocks: Clocks, space: str, subject: str) -> list[str]:
    """The names that a company or chip had before the day, and has no longer; the newest first.

    They are those of registrations that counted on earlier days (§2). A name that a later registration replaced on
    all days, such as a misspelt one, was never its name; it finds its subject all the same.
    """
    registrations = reader.registry_at(clocks.recorded).changing.get((space, subject), {})
    counted = [registrations[day].fields for day in sorted(registrations, reverse=True) if day <= clocks.at]
    now = {name for fields in counted[:1] for name in names_of(fields)}
    had = (name for fields in counted[1:] for name in names_of(fields))
    return [name for name in dict.fromkeys(had) if name not in now]
