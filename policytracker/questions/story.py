"""The story of a company or a chip: the claims, orders and deliveries that name it, and what was said about these, the
newest first, each in a sentence with how sure it is.

An event names a company by itself, by a group, by its owners, or as a member of a cohort; a rule for all companies of a
jurisdiction names none. It names a chip by itself, by a group, or by attributes that the chip has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.questions.in_words import InWords
from policytracker.questions.newest import LAST, Place, Some, first_of, newest
from policytracker.questions.sentences.attribution import certainty
from policytracker.status.quantities import SHIPPED
from policytracker.status.scope import Scopes
from policytracker.status.words import CLAIM_TYPES

if TYPE_CHECKING:
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.questions.story_answers import StoryEvent
    from policytracker.questions.turning import Publications
    from policytracker.status.directory import Directory
    from policytracker.status.entries import Fields
    from policytracker.status.knowledge import Standing

STORY_TYPES: Final = (*CLAIM_TYPES, "orders-reported", SHIPPED)
"""What begins a thread that may stand in a story; deliberation and other developments stand beside it."""
WIDE: Final = ("in:", "hq:", "vendor:")
"""How selectors begin that name nobody: they match many by what these are; so does ``all``."""


class Subject(NamedTuple):
    """Whose story it is."""

    kind: str
    """``company`` or ``chip``."""
    name: str
    """Its id."""


class Told(NamedTuple):
    """An event of a story, and whom its claim names on the other side."""

    event: StoryEvent
    others: tuple[str, ...]
    """The ids of the chips that it names by themselves in the story of a company; of companies in that of a chip."""


class Stories:
    """Tells stories at one point of the clocks."""

    def __init__(self, reader: Reader, clocks: Clocks, publications: Publications, in_words: InWords) -> None:
        self._reader, self._clocks, self._publications = reader, clocks, publications
        self._directory = reader.directory_at(clocks.recorded, clocks.at)
        self._in_words = in_words

    def of(self, subject: Subject, most: int, looked_at: int, before: Place = LAST) -> Some[Told]:
        """The newest events before a place that name a company or a chip: at most ``most``.

        For them at most ``looked_at`` threads are read.
        """
        named = _Named(self._directory, subject)

        def wanted(standings: dict[str, Standing], event: Standing) -> Told | None:
            first = first_of(standings, event)
            return self._told(standings, event, named.others(first.fields)) if named.by(standings, first) else None

        return newest(self._reader, self._clocks, self._publications, wanted, most, looked_at, before)

    def _told(self, standings: Mapping[str, Standing], event: Standing, others: tuple[str, ...]) -> Told:
        told = self._in_words.event(standings, event)
        return Told({**told, "certainty": certainty(event.reports), "retracted": event.retracted}, others)


class _Named:
    """Whether events name a subject."""

    def __init__(self, directory: Directory, subject: Subject) -> None:
        self._directory, self._subject = directory, subject
        is_company = subject.kind == "company"
        found = (directory.company_selectors if is_company else directory.chip_selectors)(subject.name)
        self._selectors = {each for each in found if each != "all" and not each.startswith(WIDE)}
        self._scopes = Scopes(directory)

    def by(self, standings: Mapping[str, Standing], first: Standing) -> bool:
        """Whether a thread does, given its first event and all that stand in it."""
        if self._subject.kind == "company":
            return self._names_company(first.fields) or any(
                self._subject.name in (each.fields.get("companies") or ())
                for each in standings.values()
                if each.type == "recipients-identified" and each.known
            )
        return any(self._names_chip(each) for each in first.fields.get("chips") or ())

    def others(self, fields: Fields) -> tuple[str, ...]:
        """Who is named on the other side."""
        if self._subject.kind == "company":
            found = fields.get("chips") or ()
            return tuple(each for each in found if isinstance(each, str) and each in self._directory.chips)
        companies = fields.get("companies") or ()
        of = companies["of"] if isinstance(companies, Mapping) else companies
        return tuple(each for each in of if each in self._directory.companies)

    def _names_company(self, fields: Fields) -> bool:
        companies = fields.get("companies") or ()
        if not self._selectors.isdisjoint(fields.get("except_companies") or ()):
            return False
        if isinstance(companies, Mapping):
            return self._subject.name in (companies.get("named") or ()) or not self._selectors.isdisjoint(
                companies["of"]
            )
        return not self._selectors.isdisjoint(companies)

    def _names_chip(self, selector: str | Fields) -> bool:
        if isinstance(selector, str):
            return selector in self._selectors
        match = self._scopes.chip_match([selector], self._subject.name)
        return match is not None and match.certain
