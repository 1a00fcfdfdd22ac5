"""The overview of a chip, for readers who want the answer first: who may import it, on whose word, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from policytracker.events.dates import iso, moment_text
from policytracker.questions.all_cells import all_cells
from policytracker.questions.coming import coming
from policytracker.questions.in_the_news import chips_in_the_news
from policytracker.questions.in_words import InWords
from policytracker.questions.latest import latest
from policytracker.questions.one_cell import one_cell
from policytracker.questions.sentences.answers import chip_sentence
from policytracker.questions.sentences.places import place
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.questions.sides import sides
from policytracker.status.words import highest, lowest, words

if TYPE_CHECKING:
    from policytracker.questions.answers import Dates
    from policytracker.questions.overview_answers import (
        ChipInWords,
        Overview,
        ScheduledChange,
        SideInWords,
        VerdictGroup,
    )
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.questions.statuses import Statuses
    from policytracker.questions.turning import Publications
    from policytracker.status.directory import Directory

LATEST = 6
"""Events that are told."""
OTHERS = 5
"""Other chips that are told of."""
NEXT = 3
"""Changes to come that are told."""
NOTHING_REGISTERED = "This ledger holds no chip and no company yet."


def homes(directory: Directory) -> list[str]:
    """The jurisdictions of companies, that of most companies first."""
    found = Counter(fields["jurisdiction"] for fields in directory.companies.values())
    return sorted(found, key=lambda home: (-found[home], home))


def busiest(directory: Directory) -> str | None:
    """The jurisdiction of most companies; None where no company is registered."""
    return next(iter(homes(directory)), None)


class Overviews:
    """Makes overviews at one point of the clocks."""

    def __init__(
        self, reader: Reader, clocks: Clocks, publications: Publications, statuses: Statuses | None = None
    ) -> None:
        """``statuses`` are those of all cells at this point, where they are known already."""
        self._reader, self._clocks, self._publications = reader, clocks, publications
        self._statuses = statuses or all_cells(reader, clocks)
        self._directory = reader.directory_at(clocks.recorded, clocks.at)
        self._in_words = InWords(reader, clocks)
        self.names = self._in_words.names

    def of(self, chip: str | None = None, jurisdiction: str | None = None) -> Overview:
        """The overview of a chip, by default the one in the news, for the companies of a jurisdiction, by default that
        of most companies."""
        news = chips_in_the_news(self._reader, self._clocks, self._publications, self._directory)
        chosen = chip or next(iter(news or sorted(self._directory.chips)), None)
        home = jurisdiction or busiest(self._directory)
        dates: Dates = {
            "at": iso(self._clocks.at),
            "known": None if self._clocks.known is None else moment_text(self._clocks.known),
        }
        groups = self.groups(chosen, home) if chosen and home else []
        example = groups[0]["companies"][0] if groups else None
        return {
            **dates,
            "chip": chosen,
            "jurisdiction": home,
            "sentence": self.sentence(chosen, home) if chosen and home else NOTHING_REGISTERED,
            "groups": groups,
            "example": example,
            "sides": self._sides(example, chosen) if example and chosen else [],
            "latest": latest(self._reader, self._clocks, self._publications, self._in_words, LATEST),
            "others": list(self._others(news, chosen, home)) if home else [],
            "next": self._next(chosen) if chosen else [],
            "newest_report": self._newest(),
        }

    def _next(self, chip: str) -> list[ScheduledChange]:
        return list(islice(coming(self._reader, self._clocks, self._in_words, None, chip), NEXT))

    def _among(self, chip: str, home: str) -> Statuses:
        registered = self._directory.companies
        companies = [each for each in self._statuses.companies if registered[each]["jurisdiction"] == home]
        return self._statuses.among(companies, [chip])

    def sentence(self, chip: str, home: str) -> str:
        """Who in a jurisdiction may import a chip; companies do not import one of their own jurisdiction (§1)."""
        if self._directory.chips[chip].get("origin") == home:
            return f"{self.names.chip(chip)} comes from {place(home)}: companies there do not import it."
        return chip_sentence(self.names, chip, home, self._among(chip, home))

    def groups(self, chip: str, home: str) -> list[VerdictGroup]:
        """The companies by their statuses; those that may most go first, and of alike ones the larger groups."""
        statuses = self._among(chip, home)
        found: dict[int, list[str]] = {}
        for company in statuses.companies:
            found.setdefault(statuses[company, chip], []).append(company)
        ordered = sorted(found.items(), key=lambda each: (-lowest(each[0]), -highest(each[0]), -len(each[1])))
        return [
            {"verdict": verdict_words(words(bits)), "possible": words(bits), "companies": companies}
            for bits, companies in ordered
        ]

    def _sides(self, company: str, chip: str) -> list[SideInWords]:
        state = one_cell(self._reader, self._clocks, company, chip)
        return sides(self._in_words, state)

    def _others(self, news: list[str], chip: str | None, home: str) -> Iterator[ChipInWords]:
        for other in islice((each for each in news if each != chip), OTHERS):
            yield {"chip": other, "sentence": self.sentence(other, home)}

    def _newest(self) -> str | None:
        found = self._publications.moments
        return moment_text(found[-1])[:10] if found else None
