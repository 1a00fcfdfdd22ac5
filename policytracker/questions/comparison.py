"""Cells side by side, for readers: chips for one company, or companies for one chip, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.questions.amounts import left_of_approved
from policytracker.questions.claim_sources import ClaimSources
from policytracker.questions.in_the_news import chips_in_the_news
from policytracker.questions.in_words import InWords
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.overview import busiest
from policytracker.questions.roles import Roles
from policytracker.questions.sentences.answers import cell_sentence, chip_sentence
from policytracker.questions.sentences.places import gate_name
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.questions.sides import gate_in_words
from policytracker.questions.timeline import over_days
from policytracker.questions.why import explain
from policytracker.status.words import highest, lowest, words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.comparison_answers import (
        ComparedCell,
        ComparedClaim,
        ComparedGroup,
        Comparison,
        LeftInWords,
        Part,
    )
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.questions.statuses import Pair, Statuses
    from policytracker.questions.turning import Publications

MOST = 4
"""Chips, or companies, that stand side by side."""


class Compared(NamedTuple):
    """What is compared: several chips and one company or none, or several companies and one chip."""

    companies: Sequence[str]
    chips: Sequence[str]
    jurisdiction: str | None = None
    """Where no company is named: the companies of this one."""


class Comparisons:
    """Makes comparisons at one point of the clocks."""

    def __init__(self, reader: Reader, clocks: Clocks, publications: Publications, statuses: Statuses) -> None:
        """``statuses`` are those of all cells at this point."""
        self._reader, self._clocks, self._statuses = reader, clocks, statuses
        self._directory = reader.directory_at(clocks.recorded, clocks.at)
        self._publications = publications
        self._in_words = InWords(reader, clocks)
        self._names = self._in_words.names

    def of(self, asked: Compared) -> Comparison:
        """The comparison of some ids of companies and chips, at most one of both many; what is missing is added.

        Without a chip for several companies, it is that in the news; fewer than two chips for one company or none are
        filled up from the news, first by those that are answered differently. Without a company, the companies of a
        jurisdiction are told of, by default that of most companies.
        """
        companies = list(asked.companies)
        home = None if companies else asked.jurisdiction or busiest(self._directory)
        chips = self._chips(asked, home)
        groups = self._groups(chips, home) if home and chips else []
        companies = companies or [group["companies"][0] for group in groups[:1]]
        sides = [self._side(company, chip) for company in companies for chip in chips]
        claims = list(self._claims(sides))
        return {
            "at": iso(self._clocks.at),
            "known": None if self._clocks.known is None else moment_text(self._clocks.known),
            "companies": companies,
            "chips": chips,
            "jurisdiction": home,
            "sentences": self._for_all(chips, home) if home else [side["sentence"] for side in sides],
            "groups": groups,
            "sides": sides,
            "differing": [claim for claim in claims if _differs(claim)],
            "shared": [claim for claim in claims if not _differs(claim)],
        }

    def _chips(self, asked: Compared, home: str | None) -> list[str]:
        found, wanted = list(asked.chips), 2 if len(asked.companies) < 2 else 1
        if len(found) >= wanted:
            return found
        news = chips_in_the_news(self._reader, self._clocks, self._publications, self._directory)
        others = list(dict.fromkeys((*news, *sorted(self._directory.chips))))
        companies = asked.companies or self._of(home)
        while len(found) < wanted and set(others) - set(found):
            answered = {self._answers(companies, chip) for chip in found}
            free = [chip for chip in others if chip not in found]
            found.append(next((chip for chip in free if self._answers(companies, chip) not in answered), free[0]))
        return found

    def _answers(self, companies: Sequence[str], chip: str) -> bytes:
        return bytes(self._statuses[company, chip] for company in companies)

    def _of(self, home: str | None) -> list[str]:
        registered = self._directory.companies
        return [each for each in self._statuses.companies if registered[each]["jurisdiction"] == home]

    def _for_all(self, chips: Sequence[str], home: str) -> list[str]:
        companies = self._of(home)
        return [chip_sentence(self._names, chip, home, self._statuses.among(companies, [chip])) for chip in chips]

    def _groups(self, chips: Sequence[str], home: str) -> list[ComparedGroup]:
        """The companies that are answered alike; those that may most go first, and of alike ones the larger groups."""
        statuses = self._statuses.among(self._of(home), chips)
        found: dict[bytes, list[str]] = {}
        for company in statuses.companies:
            found.setdefault(statuses.row(company), []).append(company)

        def rank(row: bytes) -> tuple[list[tuple[int, int]], int]:
            return sorted((-lowest(bits), -highest(bits)) for bits in row), -len(found[row])

        return [
            {
                "companies": found[row],
                "verdicts": [verdict_words(words(bits)) for bits in row],
                "possible": [words(bits) for bits in row],
            }
            for row in sorted(found, key=rank)
        ]

    def _side(self, company: str, chip: str) -> ComparedCell:
        state = CellObjects(self._reader, self._clocks).cell(company, chip)
        is_domestic = not state["gates"]
        named = self._names.company(company), self._names.chip(chip)
        return {
            "company": company,
            "chip": chip,
            "sentence": cell_sentence(*named, state["possible"], is_domestic),
            "verdict": verdict_words(state["possible"]),
            "gates": [gate_in_words(gate) for gate in state["gates"]],
            "left": list(self._left(state)),
            "state": state,
            "timeline": list(over_days(self._reader, self._clocks, company, chip)),
        }

    def _left(self, state: CellState) -> Iterator[LeftInWords]:
        claims = ClaimSources(self._reader, self._clocks)
        for left in state["left"] or ():
            approved = self._in_words.claim(left["claim"])
            text = left_of_approved(left, claims.approved(left["claim"]))
            yield {"id": left["claim"], "ref": approved["ref"], "text": text}

    def _claims(self, sides: Sequence[ComparedCell]) -> Iterator[ComparedClaim]:
        """The claims that decide or impose a condition for a side at least, gate by gate."""
        pairs = [(side["company"], side["chip"]) for side in sides]
        by_company = len({company for company, _ in pairs}) > 1
        found = [(pair, self._roles(*pair)) for pair in pairs]
        for gate in dict.fromkeys(gate for _, gates in found for gate in gates):
            parts = {pair: _parts(gates[gate]) if gate in gates else {} for pair, gates in found}
            for claim in dict.fromkeys(claim for each in parts.values() for claim in each):
                yield {
                    **self._in_words.claim(claim),
                    "gate": gate,
                    "gate_name": gate_name(gate),
                    "parts": [
                        {
                            "company": pair[0],
                            "chip": pair[1],
                            "part": parts[pair].get(claim, "no part"),
                            "why": self._why(pair, gates.get(gate), claim, by_company),
                        }
                        for pair, gates in found
                    ],
                }

    def _roles(self, company: str, chip: str) -> dict[str, Roles]:
        """What each claim does at each gate of a cell."""
        view = self._reader.view_on(company, chip, self._clocks)
        return {why["gate"]: Roles(why) for why in explain(view, self._clocks, company, chip) if why["gate"]}

    def _why(self, pair: Pair, roles: Roles | None, claim: str, by_company: bool) -> str:
        """Why a claim does no more for a cell; ``by_company``: the sides are companies."""
        name = self._names.company(pair[0]) if by_company else self._names.chip(pair[1])
        if roles is None:
            return f"{name} does not pass this control"
        return "; ".join(roles.why[claim]) if claim in roles.accounts else f"it is not about {name}"


def _parts(roles: Roles) -> dict[str, Part]:
    """What the claims do that decide at a gate or impose a condition there, by their ids."""
    gate = roles.gate
    surely = set(gate["surely"])
    found: dict[str, Part] = {claim: "decides" if claim in surely else "may decide" for claim in gate["standing"]}
    for cap in gate["capped_by"]:
        found[cap["claim"]] = "imposes a condition" if cap["certain"] else "may impose a condition"
    return found


def _differs(claim: ComparedClaim) -> bool:
    return len({part["part"] for part in claim["parts"]}) > 1
