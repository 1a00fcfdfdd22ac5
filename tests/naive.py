"""The semantics, read as literally as can be: the oracle for the real core.

Every function names the section of the contract that it spells out. Nothing here is fast, and nothing
is shared with the project's code. Entries are interchange events in ledger order, each with its `id`, its
`recorded` (microseconds) and, if it is about another, a `target` that is that other's id.
"""

from __future__ import annotations

import calendar
import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

Entry = dict[str, Any]
Moment = tuple[date, int]
Span = tuple[date, date]

STATUSES = ("prohibited", "blocked", "pending", "in_principle", "conditional", "cleared")
RANK = {word: rank for rank, word in enumerate(STATUSES)}
ANY_STATUS = frozenset(range(len(STATUSES)))
CLAIMS = {
    "prohibited",
    "blocked",
    "licence-required",
    "review-opened",
    "approved-in-principle",
    "cleared",
    "batch-approved",
}
REVIEWS = {
    "policy-of-denial": "prohibited",
    "presumption-of-denial": "prohibited",
    "case-by-case": "conditional",
    "presumption-of-approval": "conditional",
    "unstated": "pending",
}
GRADES = {"official": "A1", "on-record": "B2", "anonymous": "C3", "unattributed": "F6"}
END_OF_DAY = 24 * 60 * 60
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
MOST_POSSIBLE = 14


# §2, three clocks


@cache
def span(text: str) -> Span:
    """§2: the first and the last day of a date; of an instant, both are its UTC day."""
    start, _, end = text.partition("/")
    return _bounds(start)[0], _bounds(end or start)[1]


def _bounds(text: str) -> Span:
    """§2: the first and the last day of a day, month or year (or of an instant)."""
    parts = [int(part) for part in text.partition("T")[0].split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    first_month, last_month = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    last_day = calendar.monthrange(parts[0], last_month)[1]
    return date(parts[0], first_month, 1), date(parts[0], last_month, last_day)


@cache
def moment(text: str) -> Moment:
    """§2: a day means its end, just before 00:00 of the next; a longer date means the end of its last day."""
    if "T" not in text:
        return span(text)[1], END_OF_DAY
    clock = [int(part) for part in text.partition("T")[2].removesuffix("Z").split(":")]
    hours, minutes, seconds = [*clock, 0][:3]
    return span(text)[0], (hours * 60 + minutes) * 60 + seconds


def visible(entries: Iterable[Entry], recorded: int | None) -> list[Entry]:
    """§2: `--recorded R` hides every event recorded after R, of whatever kind, before anything else."""
    return [entry for entry in entries if recorded is None or entry["recorded"] <= recorded]


# §3, claims and the events about them


@dataclass(frozen=True)
class Standing:
    """§3: what is to be said of one event as the public record stood at K."""

    id: str
    type: str
    position: int
    fields: Entry
    about: tuple[Standing, ...]
    reports: tuple[Entry, ...]
    known: bool
    retracted: bool
    doubted: bool
    disputed: bool
    certain: bool

    @property
    def report(self) -> Entry | None:
        """§3: its own report, or the one that a correction without a report has put in its place."""
        own: Entry | None = self.fields.get("report")
        return own

    @property
    def publication_moment(self) -> Moment:
        """§3: the earliest among its reports known at K."""
        return min(moment(report["published"]) for report in self.reports)

    @property
    def publication_day(self) -> date:
        """§3: the UTC day of its publication moment (of a day, month or interval: the last day)."""
        return self.publication_moment[0]


def standings(entries: Sequence[Entry], known: str | None) -> dict[str, Standing]:
    """§3: every event, judged at K; the latest first, as only later events act on one."""
    judged: dict[str, Standing] = {}
    for position, entry in reversed(list(enumerate(entries))):
        later = (other["id"] for other in entries[position + 1 :] if other.get("target") == entry["id"])
        judged[entry["id"]] = _judge(position, entry, [judged[name] for name in later], known)
    return judged


def _judge(position: int, entry: Entry, about: Sequence[Standing], known: str | None) -> Standing:
    """§3: one event, given the events about it, which are judged already, in ledger order."""
    fields = corrected_fields(entry, about)
    reports = known_reports(fields, about, known)
    retracted = any(other.certain for other in acting(about, "retracted"))
    doubted = any(not other.certain for other in acting(about, "retracted"))
    disputed = any(other.certain for other in acting(about, "disputed"))
    has_report = fields.get("report") is not None
    return Standing(
        id=entry["id"],
        type=entry["type"],
        position=position,
        fields=fields,
        about=tuple(about),
        reports=tuple(reports),
        known=bool(reports) if has_report else True,
        retracted=retracted,
        doubted=doubted,
        disputed=disputed,
        certain=not doubted and (not has_report or (not disputed and trusted(reports))),
    )


def acting(about: Iterable[Standing], kind: str) -> list[Standing]:
    """§3: events about others act when known, not retracted themselves, and not wholly without weight."""
    return [
        event for event in about if event.type == kind and event.known and not event.retracted and not weightless(event)
    ]


def weightless(event: Standing) -> bool:
    """§3: does nothing when not certain, and certainly disputed or known by reports graded E or 5 alone."""
    if event.certain:
        return False
    return event.disputed or (bool(event.reports) and all(dismissed(report) for report in event.reports))


def corrected_fields(entry: Entry, about: Iterable[Standing]) -> Entry:
    """§3: a certain correction replaces the fields given, null removes one, the last in ledger order wins.

    Only a correction without a report may change `report`.
    """
    fields = {name: value for name, value in entry.items() if name not in ("id", "recorded")}
    for correction in acting(about, "corrected"):
        if correction.certain:
            changes = dict(correction.fields["changes"])
            if correction.report is not None:
                changes.pop("report", None)
            fields |= changes
    return {name: value for name, value in fields.items() if value is not None}


def known_reports(fields: Entry, about: Iterable[Standing], known: str | None) -> list[Entry]:
    """§3: its own report and those that corroborations add, as far as they are published by K."""
    reports = [fields.get("report"), *(other.report for other in corroborations(about))]
    return [report for report in reports if report is not None and is_public(report, known)]


def corroborations(about: Iterable[Standing]) -> list[Standing]:
    """§3: those that add their own report; not while a dispute or a doubtful retraction acts on them."""
    return [event for event in acting(about, "corroborated") if event.certain or not (event.disputed or event.doubted)]


def is_public(report: Entry, known: str | None) -> bool:
    """§2: a report is known at K when the moment of its `published` is not after the moment of K."""
    return known is None or moment(report["published"]) <= moment(known)


def trusted(reports: Iterable[Entry]) -> bool:
    """§3: one report graded A to C and 1 to 3, or two origins, not counting reports graded E or 5."""
    reports = list(reports)
    if any(grade(report)[0] in "ABC" and grade(report)[1] in "123" for report in reports):
        return True
    return len({origin(report) for report in reports if not dismissed(report)}) >= 2


def grade(report: Entry) -> str:
    """§3: a report without a grade takes it from its attribution; `unattributed` is the default."""
    return report.get("grade") or GRADES[report.get("attribution") or "unattributed"]


def dismissed(report: Entry) -> bool:
    """§3: graded E or 5."""
    return grade(report)[0] == "E" or grade(report)[1] == "5"


def origin(report: Entry) -> str:
    """§3: whom it `cites`, else its publisher, compared without case."""
    name: str = report.get("cites") or report["publisher"]
    return name.casefold()


# §4, scope


@dataclass(frozen=True)
class Registry:
    """§2: the newest registration of each id wins."""

    companies: Mapping[str, Entry]
    chips: Mapping[str, Entry]
    company_groups: Mapping[str, Entry]
    chip_groups: Mapping[str, Entry]
    authorities: Mapping[str, Entry]


def registry(entries: Sequence[Entry]) -> Registry:
    """§2: registry events have the recorded clock only."""

    def newest(kind: str, key: str) -> dict[str, Entry]:
        return {entry[key]: entry for entry in entries if entry["type"] == kind}

    groups = newest("group-defined", "group")
    return Registry(
        companies=newest("company-registered", "company"),
        chips=newest("chip-registered", "chip"),
        company_groups={name: group for name, group in groups.items() if group["kind"] == "company"},
        chip_groups={name: group for name, group in groups.items() if group["kind"] == "chip"},
        authorities=newest("authority-registered", "authority"),
    )


@dataclass(frozen=True)
class Match:
    """§4: certainly or possibly matched, and how specifically."""

    certain: bool
    level: int


@dataclass(frozen=True)
class Scope:
    """§4: a cell that a claim matches, certainly or possibly, and the levels at which it does."""

    certain: bool
    company_level: int
    chip_level: int


def lineage(company: str, known: Registry) -> list[str]:
    """§4: a company and those that it descends from by `parent`, the ultimate parent last."""
    if company not in known.companies:
        return []
    parent = known.companies[company].get("parent")
    return [company, *(lineage(parent, known) if parent else [])]


def company_selector(selector: str, company: str, known: Registry) -> Match | None:
    """§4: the table of company selectors."""
    kind, _, name = selector.rpartition(":")
    if kind == "under":
        return Match(True, 2) if name in lineage(company, known) else None
    if kind == "in":
        return Match(True, 1) if known.companies[company]["jurisdiction"] == name else None
    if kind == "hq":
        ultimate = lineage(company, known)[-1]
        return Match(True, 1) if known.companies[ultimate]["jurisdiction"] == name else None
    if selector == "all":
        return Match(True, 0)
    if selector == company:
        return Match(True, 3)
    if company in known.company_groups.get(selector, {}).get("members", []):
        return Match(True, 2)
    return None


def chip_selector(selector: str | Entry, chip: str, known: Registry) -> Match | None:
    """§4: the table of chip selectors."""
    if isinstance(selector, dict):
        return where(selector["where"], known.chips[chip].get("attributes") or {})
    if selector == "all":
        return Match(True, 0)
    if selector == chip:
        return Match(True, 2)
    if chip in known.chip_groups.get(selector, {}).get("members", []):
        return Match(True, 1)
    return None


def where(tests: Iterable[str], attributes: Entry) -> Match | None:
    """§4: a test on an attribute that is not registered is open; none failed and one open: possibly."""
    results = [passes(test, attributes) for test in tests]
    if False in results:
        return None
    return Match(None not in results, 1)


def passes(test: str, attributes: Entry) -> bool | None:
    """§4: an attribute, a comparison, a number; None where the attribute is not registered for the chip."""
    parts = re.fullmatch(r"\s*(\w+)\s*(<=|>=|<|>|=)\s*(\S+)\s*", test)
    assert parts, test
    value = attributes.get(parts[1])
    return None if value is None else bool(COMPARE[parts[2]](value, float(parts[3])))


def best(matches: Iterable[Match | None]) -> Match | None:
    """§4: over a list, a certain match before a possible one, among equals the highest level."""
    found = [match for match in matches if match is not None]
    return max(found, key=lambda match: (match.certain, match.level), default=None)


def company_list(selectors: Iterable[str], company: str, known: Registry) -> Match | None:
    """§4: a list of company selectors."""
    return best(company_selector(selector, company, known) for selector in selectors)


def chip_list(selectors: Iterable[str | Entry], chip: str, known: Registry) -> Match | None:
    """§4: a list of chip selectors."""
    return best(chip_selector(selector, chip, known) for selector in selectors)


def cohort(claim: Standing, company: str, known: Registry) -> Match | None:
    """§4: for one company, the four rules in their order."""
    terms = claim.fields["companies"]
    named, excluded = recipients(claim)
    if company in named:
        return Match(True, 3)
    if company in excluded or company_list(terms["of"], company, known) is None:
        return None
    if terms.get("count") is None:
        return Match(False, 3)
    to_be_named = terms["count"] - len(named)
    if to_be_named <= 0:
        return None
    left = companies_left(terms["of"], named | excluded, known)
    return Match(is_closed(terms["of"], known) and len(left) <= to_be_named, 3)


def recipients(claim: Standing) -> tuple[set[str], set[str]]:
    """§4: the named and the excluded grow with the certain `recipients-identified` events (§3)."""
    terms = claim.fields["companies"]
    named, excluded = set(terms.get("named") or []), set(terms.get("excluded") or [])
    for event in acting(claim.about, "recipients-identified"):
        if event.certain:
            named |= set(event.fields.get("companies") or [])
            excluded |= set(event.fields.get("excluded") or [])
    return named, excluded


def companies_left(pool: Sequence[str], gone: set[str], known: Registry) -> list[str]:
    """§4: the companies of the pool that are neither named nor excluded."""
    return [
        company for company in known.companies if company not in gone and company_list(pool, company, known) is not None
    ]


def is_closed(pool: Iterable[str], known: Registry) -> bool:
    """§4: closed when each of its selectors is a company, or a group declared `complete`."""
    return all(
        selector in known.companies or bool(known.company_groups.get(selector, {}).get("complete")) for selector in pool
    )


def scope(claim: Standing, company: str, chip: str, known: Registry) -> Scope | None:
    """§4: how the claim matches the cell; `except_companies` and `except_chips` take cells out."""
    companies = claim.fields["companies"]
    one = cohort(claim, company, known) if isinstance(companies, dict) else company_list(companies, company, known)
    other = chip_list(claim.fields["chips"], chip, known)
    if one is None or other is None:
        return None
    kept_out = company_list(claim.fields.get("except_companies") or [], company, known)
    left_out = chip_list(claim.fields.get("except_chips") or [], chip, known)
    if (kept_out and kept_out.certain) or (left_out and left_out.certain):
        return None
    return Scope(one.certain and other.certain and left_out is None, one.level, other.level)


# §5, in force


def date_of(event: Standing) -> Span:
    """§3, §5: its `effective`, else its publication day."""
    effective = event.fields.get("effective")
    return span(effective) if effective else (event.publication_day, event.publication_day)


def in_force(claim: Standing, day: date) -> str | None:
    """§5: `certainly`, `possibly`, or not at all."""
    lifts, pauses = acting(claim.about, "lifted"), acting(claim.about, "suspended")
    ends = [date_of(lift) for lift in lifts if lift.certain]
    if claim.fields.get("until"):
        ends.append(span(claim.fields["until"]))
    start = date_of(claim)
    if day < start[0] or any(last <= day for _, last in ends):
        return None
    if any(pause.certain and surely_paused(pause, day) for pause in pauses):
        return None
    doubts = [
        start[0] <= day < start[1],
        any(first <= day < last for first, last in ends),
        any(date_of(lift)[0] <= day for lift in lifts if not lift.certain),
        any(maybe_paused(pause, day) for pause in pauses),
    ]
    return "possibly" if any(doubts) else "certainly"


def surely_paused(pause: Standing, day: date) -> bool:
    """§5: on or after the last day of its start and before the first day of its `until` (else for good)."""
    until = pause.fields.get("until")
    return date_of(pause)[1] <= day and (until is None or day < span(until)[0])


def maybe_paused(pause: Standing, day: date) -> bool:
    """§5: from the first day of its start until the last day of its `until`."""
    until = pause.fields.get("until")
    return date_of(pause)[0] <= day and (until is None or day < span(until)[1])


def binding(claim: Standing, day: date) -> dict[str, str]:
    """§3: a claim's conditions but for those met, certainly, by the last day of the meeting's date."""
    met = {
        key
        for event in acting(claim.about, "conditions-met")
        if event.certain and date_of(event)[1] <= day
        for key in event.fields["conditions"]
    }
    conditions = claim.fields.get("conditions") or {}
    return {key: wording for key, wording in conditions.items() if key not in met}


# §6, what prevails


@dataclass(frozen=True)
class Holding:
    """§5, §6: a claim that holds for a cell on a day, certainly or possibly."""

    id: str
    type: str
    certain: bool
    rank: int
    stop: bool
    scope: Scope
    order: tuple[date, Moment, int]
    conditions: Mapping[str, str]


def holding(claim: Standing, matched: Scope, day: date) -> Holding | None:
    """§5: holds certainly when it is certain, matches certainly and is certainly in force."""
    force = in_force(claim, day)
    if force is None:
        return None
    conditions = binding(claim, day)
    rank = RANK[status(claim, conditions)]
    return Holding(
        id=claim.id,
        type=claim.type,
        certain=claim.certain and matched.certain and force == "certainly",
        rank=rank,
        stop=rank <= RANK["blocked"] or is_new_duty(claim),
        scope=matched,
        order=(date_of(claim)[1], claim.publication_moment, claim.position),
        conditions=conditions,
    )


def is_new_duty(claim: Standing) -> bool:
    """§6: a `licence-required` whose review is `unstated` is a stop."""
    return claim.type == "licence-required" and claim.fields["review"] == "unstated"


def status(claim: Standing, conditions: Mapping[str, str]) -> str:
    """§6: the table of statuses by type."""
    if claim.type == "licence-required":
        return REVIEWS[claim.fields["review"]]
    if claim.type in ("cleared", "batch-approved"):
        return "conditional" if conditions else "cleared"
    plain = {"review-opened": "pending", "approved-in-principle": "in_principle"}
    return plain.get(claim.type, claim.type)


def as_specific(one: Holding, other: Holding) -> bool:
    """§6: its company level and its chip level are both at least the other's."""
    more, less = one.scope, other.scope
    return more.company_level >= less.company_level and more.chip_level >= less.chip_level


def strikes(one: Holding, other: Holding) -> bool:
    """§6: a stop strikes every earlier opening; an opening, what is earlier and no more specific than it."""
    if other.order >= one.order:
        return False
    if one.stop:
        return not other.stop
    if one.type in ("review-opened", "approved-in-principle") and not other.stop:
        return False
    return as_specific(one, other)


def prevailing(held: Sequence[Holding]) -> list[Holding]:
    """§6: those that stand: left by all strikes (one struck strikes all the same), with the gate's status."""
    left = [claim for claim in held if not any(strikes(other, claim) for other in held)]
    stops = [claim.rank for claim in left if claim.stop]
    rank = min(stops) if stops else max((claim.rank for claim in left), default=None)
    return [claim for claim in left if claim.rank == rank]


# §7, possible worlds


@dataclass(frozen=True)
class World:
    """§7: one choice of the claims that hold only possibly, and what it gives."""

    held: frozenset[str]
    stands: tuple[Holding, ...]

    @cached_property
    def possible(self) -> frozenset[int]:
        """§6: the gate's status; where no claim holds, any is possible."""
        return frozenset(claim.rank for claim in self.stands) or ANY_STATUS


@dataclass(frozen=True)
class Gate:
    """§7: a gate of the cell, in every possible world."""

    name: str
    open: tuple[Holding, ...]
    worlds: tuple[World, ...]

    @cached_property
    def possible(self) -> frozenset[int]:
        """§7: all statuses that some choice gives."""
        return union(self.worlds)

    @property
    def stands(self) -> list[Holding]:
        """§6: the claims that stand in at least one possible world, in their order."""
        standing = {claim.id: claim for world in self.worlds for claim in world.stands}
        return sorted(standing.values(), key=lambda claim: claim.order)


def union(worlds: Iterable[World]) -> frozenset[int]:
    """§7: all statuses that some of these worlds gives."""
    return frozenset(itertools.chain.from_iterable(world.possible for world in worlds))


def worlds(claims: Sequence[Holding]) -> Iterator[World]:
    """§7: each claim that holds only possibly may hold or not, independently of the others."""
    doubtful = [claim for claim in claims if not claim.certain]
    assert len(doubtful) <= MOST_POSSIBLE, "too many possible worlds for the naive reading"
    for choice in itertools.product((True, False), repeat=len(doubtful)):
        missing = {claim.id for claim, holds in zip(doubtful, choice, strict=True) if not holds}
        held = [claim for claim in claims if claim.id not in missing]
        yield World(frozenset(claim.id for claim in held), tuple(prevailing(held)))


def minima(gates: Iterable[frozenset[int]]) -> frozenset[int]:
    """§7: all the minima of one possible status from each gate."""
    return frozenset(min(choice) for choice in itertools.product(*gates))


def word(possible: frozenset[int]) -> str:
    """§7: one possible status is the answer; all six are `unknown`; otherwise it is `uncertain`."""
    if len(possible) == 1:
        return STATUSES[min(possible)]
    return "unknown" if possible == ANY_STATUS else "uncertain"


def words(possible: frozenset[int]) -> list[str]:
    """§1: statuses are written as words, the lowest first."""
    return [STATUSES[rank] for rank in sorted(possible)]


def would_settle(gates: Sequence[Gate]) -> set[str]:
    """§7: those of which knowing that they hold, or that they do not, leaves fewer statuses of the cell."""
    before = len(minima(gate.possible for gate in gates))
    return {
        claim.id
        for gate in gates
        for claim in gate.open
        for holds in (True, False)
        if len(minima(supposing(other, claim.id, holds) for other in gates)) < before
    }


def supposing(gate: Gate, claim: str, holds: bool) -> frozenset[int]:
    """§7: the gate's possible statuses, given that one of its claims holds or does not."""
    if all(claim != other.id for other in gate.open):
        return gate.possible
    return union(world for world in gate.worlds if (claim in world.held) == holds)


# The questions


def gate_names(company: str, chip: str, known: Registry) -> list[str]:
    """§1: J/export for every other J that controls the chip, then J/import of the company's own."""
    home = known.companies[company]["jurisdiction"]
    abroad = sorted(set(known.chips[chip]["controlled_by"]) - {home})
    return [*(f"{jurisdiction}/export" for jurisdiction in abroad), f"{home}/import"]


def gate_of(claim: Standing, known: Registry) -> str:
    """§1: all authorities of one jurisdiction and direction guard the same gate."""
    authority = known.authorities[claim.fields["authority"]]
    return f"{authority['jurisdiction']}/{authority['direction']}"


def claims(judged: Mapping[str, Standing]) -> list[Standing]:
    """§3: the claims, in ledger order."""
    found = (event for event in judged.values() if event.type in CLAIMS)
    return sorted(found, key=lambda event: event.position)


def counting(judged: Mapping[str, Standing]) -> list[Standing]:
    """§3: the claims that are known and have not been retracted."""
    return [claim for claim in claims(judged) if claim.known and not claim.retracted]


def look(name: str, scoped: Sequence[tuple[Standing, Scope]], day: date, known: Registry) -> Gate:
    """§5 to §7: one gate of the cell, given the claims that count and match the cell."""
    found = (holding(claim, matched, day) for claim, matched in scoped if gate_of(claim, known) == name)
    held = sorted((claim for claim in found if claim is not None), key=lambda claim: claim.order)
    return Gate(name, tuple(claim for claim in held if not claim.certain), tuple(worlds(held)))


def answer(
    entries: Sequence[Entry], company: str, chip: str, *, at: str, known: str | None, recorded: int | None
) -> dict[str, Any]:
    """§7: the answer for one registered cell on one day, as known at K and recorded at R."""
    seen = visible(entries, recorded)
    names, judged = registry(seen), standings(seen, known)
    scoped = [(claim, scope(claim, company, chip, names)) for claim in counting(judged)]
    matched = [(claim, extent) for claim, extent in scoped if extent is not None]
    day = date.fromisoformat(at)
    gates = [look(name, matched, day, names) for name in gate_names(company, chip, names)]
    possible = minima(gate.possible for gate in gates)
    return {
        "possible": words(possible),
        "status": word(possible),
        "held_by": [gate.name for gate in gates if min(possible) in gate.possible],
        "gates": [described(gate) for gate in gates],
        "would_settle": would_settle(gates),
        "conditions": binding_conditions(gates),
        "last_report": last_report([claim for claim in claims(judged) if scope(claim, company, chip, names)], known),
    }


def described(gate: Gate) -> dict[str, Any]:
    """§7: a gate's possible statuses, and the claims that stand in at least one possible world."""
    return {
        "gate": gate.name,
        "possible": words(gate.possible),
        "status": word(gate.possible),
        "claims": {claim.id for claim in gate.stands},
    }


def binding_conditions(gates: Iterable[Gate]) -> dict[str, str]:
    """The conditions that bind on claims that stand; of two with one key, the later in the order of §6."""
    stands = [claim for gate in gates for claim in gate.stands]
    return {key: wording for claim in stands for key, wording in claim.conditions.items()}


def last_report(matching: Iterable[Standing], known: str | None) -> str | None:
    """The last publication day among the known reports of these claims and of all events about them."""
    reports = [event.report for claim in matching for event in with_all_about(claim)]
    public = [report for report in reports if report is not None and is_public(report, known)]
    return max((moment(report["published"])[0].isoformat() for report in public), default=None)


def with_all_about(event: Standing) -> Iterator[Standing]:
    """§3: an event, the events about it, the events about those, and so on."""
    yield event
    for other in event.about:
        yield from with_all_about(other)


def claims_in_force(
    entries: Sequence[Entry], *, at: str, known: str | None, recorded: int | None
) -> dict[str, dict[str, Any]]:
    """§5: the claims known, not retracted, and certainly or possibly in force."""
    found = counting(standings(visible(entries, recorded), known))
    forces = {claim.id: (claim.certain, in_force(claim, date.fromisoformat(at))) for claim in found}
    return {name: {"certain": sure, "in_force": force} for name, (sure, force) in forces.items() if force}


def standing(entries: Sequence[Entry], event_id: str, *, known: str | None, recorded: int | None) -> dict[str, Any]:
    """§3: whether an event is known, retracted and certain, and its fields (its report too) as corrected."""
    event = standings(visible(entries, recorded), known)[event_id]
    return {
        "known": event.known,
        "retracted": event.retracted,
        "certain": event.certain,
        "fields": event.fields,
    }
