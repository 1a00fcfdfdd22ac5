"""Small ledgers that an import would take whole, made so that dates, origins and scopes collide often.

A ledger is a list of interchange events in the order of the file; those about others name a `ref`. What
comes of it is for `naive` to say: here only the rules by which a line is refused are known.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests import naive

Event = dict[str, Any]

BASE_CLOCK = 1_800_000_000_000_000
MOST_EVENTS = 14
MOST_CORRECTIONS = 4

WINDOW = (*(f"2026-01-{day}" for day in range(25, 32)), *(f"2026-02-0{day}" for day in range(1, 6)))
LONG = ("2026-01", "2026-02", "2026", "2026-01/2026-02")
AROUND = ("2025-12-31", "2026-01-01", "2026-01-24", "2026-02-06", "2026-02-28", "2026-03-01", "2027-01-01")
HOURS = ("00:00", "00:00:01", "06:30", "12:00", "23:59:59")

PUBLISHERS = ("Reuters", "Caixin", "FT")
CITED = ("reuters", "REUTERS", "caixin", "ft", "Nikkei")
ATTRIBUTIONS = ("official", "on-record", "anonymous", "unattributed")
GRADES = tuple(f"{reliability}{credibility}" for reliability in "ABCDEF" for credibility in "123456")

COMPANIES = ("acme", "bolt", "coda", "dyno", "echo", "flux")
CHIPS = ("h20", "h200", "a100", "mi300")
JURISDICTIONS = ("CN", "US", "SG")
ATTRIBUTES = ("tpp", "memory", "dram_bandwidth")
SIZES = (100, 200, 300)
LIMITS = (100, 200, 250.5, 300)
KEYS = ("quota", "test", "share")
REVIEWS = tuple(naive.REVIEWS)

SUBJECTS = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}
CLAIMS = tuple(sorted(naive.CLAIMS))
CONDITIONED = ("licence-required", "approved-in-principle", "cleared", "batch-approved")
MARKET = ("orders-reported", "shipped", "condition-signalled")
OPTIONAL = {
    "effective",
    "until",
    "except_companies",
    "except_chips",
    "conditions",
    "quantity",
    "basis",
    "form",
    "note",
}


@cache
def chance(percent: int) -> SearchStrategy[bool]:
    """True in about so many of a hundred draws; shrinks to False."""
    return st.integers(0, 99).map(lambda roll: roll >= 100 - percent)


@cache
def some(items: tuple[str, ...], least: int = 1, most: int | None = None) -> SearchStrategy[list[str]]:
    """A few of these, none twice."""
    most = len(items) if most is None else min(most, len(items))
    return st.lists(st.sampled_from(items), min_size=least, max_size=most, unique=True)


def present(event: Event) -> Event:
    """The event without its absent fields."""
    return {name: value for name, value in event.items() if value is not None}


# Dates and reports


@cache
def days() -> SearchStrategy[str]:
    """A day of the window."""
    return st.sampled_from(WINDOW)


@cache
def intervals() -> SearchStrategy[str]:
    """Two days of the window, the earlier first."""
    pairs = st.lists(days(), min_size=2, max_size=2, unique=True)
    return pairs.map(lambda pair: "/".join(sorted(pair)))


@cache
def dates() -> SearchStrategy[str]:
    """Days mostly; else a month, the year or an interval."""
    return st.one_of(days(), days(), days(), intervals(), st.sampled_from(LONG))


@cache
def instants() -> SearchStrategy[str]:
    """An instant of the window."""
    return st.builds("{}T{}Z".format, days(), st.sampled_from(HOURS))


@cache
@st.composite
def reports(draw: DrawFn) -> Event:
    """A report by one of few publishers, often repeating another; by any grade or attribution."""
    return present(
        {
            "publisher": draw(st.sampled_from(PUBLISHERS)),
            "published": draw(st.one_of(dates(), instants())),
            "cites": draw(st.sampled_from(CITED)) if draw(chance(30)) else None,
            "attribution": draw(st.one_of(st.none(), st.sampled_from(ATTRIBUTIONS))),
            "grade": draw(st.sampled_from(GRADES)) if draw(chance(40)) else None,
        }
    )


@cache
def sure_reports() -> SearchStrategy[Event]:
    """A report that is certain by itself."""
    return st.builds(lambda day: {"publisher": "FT", "published": day, "attribution": "official"}, days())


# The registry


def authorities() -> SearchStrategy[list[Event]]:
    """Two that guard one gate, and others over an import and a third jurisdiction's gate."""
    bis = authority("bis", "US", "export")
    customs = authority("customs", "CN", "import")
    more = [authority("miit", "CN", "import"), authority("mti", "SG", "export")]
    other = [authority("sg-customs", "SG", "import"), authority("mofcom", "CN", "export")]
    return st.sampled_from([[bis, customs, more[0]], [bis, customs, *more], [bis, customs, *other]])


def authority(name: str, jurisdiction: str, direction: str) -> Event:
    """One registration."""
    return {
        "type": "authority-registered",
        "authority": name,
        "name": name.upper(),
        "jurisdiction": jurisdiction,
        "direction": direction,
    }


@cache
@st.composite
def companies(draw: DrawFn, index: int) -> Event:
    """A company, whose parent, if any, is an earlier one: no circles, however often it is registered."""
    jurisdictions = st.sampled_from((*JURISDICTIONS, "CN", "CN", "CN", "CN"))
    return present(
        {
            "type": "company-registered",
            "company": COMPANIES[index],
            "name": COMPANIES[index].title(),
            "jurisdiction": draw(jurisdictions),
            "parent": draw(st.sampled_from(COMPANIES[:index])) if index and draw(chance(50)) else None,
        }
    )


@cache
@st.composite
def chips(draw: DrawFn, index: int) -> Event:
    """A chip with some of its attributes, controlled by the US or others or nobody."""
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(SIZES), min_size=1)
    controllers = st.sampled_from([["US"], ["US"], ["US"], ["CN", "US"], ["US", "SG"], ["CN", "SG"], []])
    return present(
        {
            "type": "chip-registered",
            "chip": CHIPS[index],
            "name": CHIPS[index].upper(),
            "vendor": "Vendor",
            "controlled_by": draw(controllers),
            "attributes": draw(st.one_of(st.none(), attributes)),
        }
    )


@cache
@st.composite
def groups(draw: DrawFn, name: str, kind: str, members: tuple[str, ...]) -> Event:
    """A group of companies or chips, complete or not."""
    event: Event = {"type": "group-defined", "group": name, "kind": kind, "name": name}
    event["members"] = draw(some(members))
    return event | ({"complete": True} if draw(st.booleans()) else {})


@cache
@st.composite
def registries(draw: DrawFn) -> list[Event]:
    """Authorities, 3 to 6 companies, 2 to 4 chips and groups of both."""
    firm_ids = COMPANIES[: draw(st.integers(3, len(COMPANIES)))]
    part_ids = CHIPS[: draw(st.integers(2, len(CHIPS)))]
    return [
        *draw(authorities()),
        *(draw(companies(index)) for index in range(len(firm_ids))),
        *(draw(chips(index)) for index in range(len(part_ids))),
        draw(groups("giants", "company", firm_ids)),
        draw(groups("start-ups", "company", firm_ids)),
        draw(groups("hopper", "chip", part_ids)),
    ]


# A ledger in the making


class Names(NamedTuple):
    """What is registered, and may be named."""

    companies: tuple[str, ...]
    chips: tuple[str, ...]
    authorities: tuple[str, ...]


@dataclass
class Draft:
    """The events so far, and what the next may name."""

    events: list[Event] = field(default_factory=list)

    @property
    def names(self) -> Names:
        """The registered companies, chips and authorities."""
        return Names(
            self.registered("company-registered"),
            self.registered("chip-registered"),
            self.registered("authority-registered"),
        )

    def registered(self, kind: str) -> tuple[str, ...]:
        """The ids registered so far by events of one type."""
        ids = (event[SUBJECTS[kind]] for event in self.events if event["type"] == kind)
        return tuple(dict.fromkeys(ids))

    @property
    def targets(self) -> list[Event]:
        """What later events may be about: all but registrations, the latest first."""
        return [event for event in reversed(self.events) if "ref" in event]

    def about(self, target: Event, *kinds: str) -> list[Event]:
        """The events about another, of these types."""
        return [event for event in self.events if event.get("target") == target.get("ref") and event["type"] in kinds]

    def target_of(self, event: Event) -> Event:
        """The event that this one is about."""
        return next(other for other in self.events if other.get("ref") == event["target"])

    def readings(self, event: Event) -> list[Event]:
        """What the event may come to say, whichever of its corrections act."""
        changes = [correction["changes"] for correction in self.about(event, "corrected")]
        choices = itertools.product((False, True), repeat=len(changes))
        return [merged(event, itertools.compress(changes, choice)) for choice in choices]

    def offer(self, event: Event) -> None:
        """Append the event under a fresh ref, unless it would be refused or is there already."""
        named = event if event["type"] in SUBJECTS else event | {"ref": f"event-{len(self.events)}"}
        if not self.has(event) and sound(Draft([*self.events, named])):
            self.events.append(named)

    def has(self, event: Event) -> bool:
        """Whether importing the event would add nothing: it, or this very registration, stands."""
        if event["type"] not in SUBJECTS:
            return any(without_ref(event) == without_ref(other) for other in self.events)
        return event == next((other for other in reversed(self.events) if subject(other) == subject(event)), None)


def without_ref(event: Event) -> Event:
    """What an event says, whatever it is called."""
    return {name: value for name, value in event.items() if name != "ref"}


def subject(event: Event) -> tuple[str, str]:
    """Whom or what a registration is of."""
    return event["type"], event.get(SUBJECTS.get(event["type"], ""), "")


def in_order(event: Event) -> Event:
    """The event, without an `until` that would be refused."""
    return event if has_dates_in_order(Draft(), event) else event | {"until": None}


def merged(event: Event, changes: Iterator[Event]) -> Event:
    """The event with some changes made, in their order."""
    for change in changes:
        event = event | change
    return present(event)


# What would be refused


def sound(draft: Draft) -> bool:
    """Whether every event is valid as a whole, however it may be corrected."""
    return all(
        rule(draft, event)
        for event in draft.events
        if "ref" in event
        for rule in (has_dates_in_order, has_possible_cohort, names_recipients, meets_conditions)
    )


def has_dates_in_order(draft: Draft, event: Event) -> bool:
    """The last day of `until` is after the first day of `effective`."""
    return all(
        "until" not in reading
        or "effective" not in reading
        or naive.span(reading["until"])[1] > naive.span(reading["effective"])[0]
        for reading in draft.readings(event)
    )


def has_possible_cohort(draft: Draft, event: Event) -> bool:
    """No more are named than counted, in all; what has recipients is a cohort, and no list while they are named."""
    if event["type"] not in CLAIMS:
        return True
    scopes = [reading["companies"] for reading in draft.readings(event)]
    cohorts = [scope for scope in scopes if isinstance(scope, dict)]
    identified = draft.about(event, "recipients-identified")
    if identified and not (isinstance(event["companies"], dict) and becomes_a_list_last(draft, event, identified)):
        return False
    named = {name for cohort in cohorts for name in cohort.get("named", [])}
    named |= {name for each in identified for read in draft.readings(each) for name in read.get("companies", [])}
    return all(len(named) <= cohort.get("count", len(named)) for cohort in cohorts)


def becomes_a_list_last(draft: Draft, event: Event, identified: Sequence[Event]) -> bool:
    """Whether all that names its recipients comes before a correction that makes its companies a list."""
    places = {other["ref"]: place for place, other in enumerate(draft.events) if "ref" in other}
    naming = [*identified, *(mend for each in identified for mend in draft.about(each, "corrected"))]
    lists = [each for each in draft.about(event, "corrected") if isinstance(each["changes"].get("companies"), list)]
    return all(places[one["ref"]] < places[other["ref"]] for one in naming for other in lists)


def names_recipients(draft: Draft, event: Event) -> bool:
    """A `recipients-identified` names or excludes somebody, and nobody both ways; so does a cohort."""
    for reading in draft.readings(event):
        scope = reading.get("companies", [])
        named = scope.get("named", []) if isinstance(scope, dict) else scope
        excluded = scope.get("excluded", []) if isinstance(scope, dict) else reading.get("excluded", [])
        if set(named) & set(excluded):
            return False
        if event["type"] == "recipients-identified" and not (named or excluded):
            return False
    return True


def meets_conditions(draft: Draft, event: Event) -> bool:
    """The conditions met are the target's."""
    if event["type"] != "conditions-met":
        return True
    known = set(conditions_of(draft, draft.target_of(event)))
    return all(set(reading["conditions"]) <= known for reading in draft.readings(event))


def conditions_of(draft: Draft, claim: Event) -> tuple[str, ...]:
    """The keys that a claim had when recorded, and those that it has by corrections that are settled."""
    corrections = draft.about(claim, "corrected")
    settled = all("report" not in each and not draft.about(each, "retracted") for each in corrections)
    now = merged(claim, (each["changes"] for each in corrections)) if settled else claim
    return tuple(sorted({*claim.get("conditions", {}), *now.get("conditions", {})}))


# Scopes


@cache
def company_selectors(names: Names) -> SearchStrategy[str]:
    """A company, a group, or those under, in or headed in one."""
    one = st.sampled_from(names.companies)
    place = st.sampled_from(JURISDICTIONS)
    return st.one_of(
        st.just("all"),
        st.just("all"),
        one,
        st.sampled_from(("giants", "start-ups")),
        one.map("under:{}".format),
        place.map("in:{}".format),
        place.map("hq:{}".format),
    )


@cache
def company_lists(names: Names) -> SearchStrategy[list[str]]:
    """One to three selectors of companies."""
    return st.lists(company_selectors(names), min_size=1, max_size=3, unique=True)


@cache
@st.composite
def cohorts(draw: DrawFn, names: Names) -> Event:
    """Some companies out of a closed or open pool, some of them named or excluded."""
    closed = some((*names.companies, "giants", "start-ups"), 1, 4)
    pool = draw(st.one_of(closed, closed, company_lists(names)))
    named = draw(some(names.companies, 0, 2))
    excluded = [name for name in draw(some(names.companies, 0, 2)) if name not in named]
    count = draw(st.one_of(st.none(), st.integers(max(1, len(named)), 4)))
    return present(
        {"count": count, "of": pool, "named": named or None, "excluded": excluded or None},
    )


@cache
def company_scopes(names: Names) -> SearchStrategy[list[str] | Event]:
    """A list of selectors, or a cohort."""
    return st.one_of(company_lists(names), company_lists(names), cohorts(names))


@cache
def tests_of_attributes() -> SearchStrategy[Event]:
    """One or two tests on attributes that a chip may have or not."""
    signs = st.sampled_from(tuple(naive.COMPARE))
    test = st.builds("{}{}{}".format, st.sampled_from(ATTRIBUTES), signs, st.sampled_from(LIMITS))
    return st.lists(test, min_size=1, max_size=2, unique=True).map(lambda tests: {"where": tests})


@cache
def chip_lists(names: Names) -> SearchStrategy[list[str | Event]]:
    """One or two selectors of chips."""
    plain: SearchStrategy[str | Event] = st.sampled_from(("all", "hopper", *names.chips))
    return st.lists(st.one_of(plain, plain, tests_of_attributes()), min_size=1, max_size=2, unique_by=str)


# Claims and market events


@cache
def conditions() -> SearchStrategy[Event]:
    """Few keys, so that claims share them, with wordings that differ."""
    return st.dictionaries(st.sampled_from(KEYS), st.sampled_from(("mild", "strict")), min_size=1, max_size=2)


@cache
def quantities() -> SearchStrategy[Event]:
    """A range, its ends in order, either of which may be open."""
    ends = st.lists(st.sampled_from((100, 250, 1000)), min_size=2, max_size=2).map(sorted)
    ranges = ends.map(lambda pair: {"min": pair[0], "max": pair[1], "wording": "some"})
    return st.one_of(ranges, ends.map(lambda pair: {"min": pair[0]}), ends.map(lambda pair: {"max": pair[1]}))


@cache
def field_values(names: Names, kind: str) -> dict[str, SearchStrategy[Any]]:
    """The fields that an event of this type may have, but for its report and target."""
    by_kind: dict[str, dict[str, SearchStrategy[Any]]] = {
        "corroborated": {},
        "disputed": {},
        "retracted": {},
        "lifted": {"effective": dates()},
        "suspended": {"effective": dates(), "until": dates()},
        "conditions-met": {"conditions": some(KEYS, 1, 2), "effective": dates()},
        "recipients-identified": {
            "companies": some(names.companies, 1, 2),
            "excluded": some(names.companies, 1, 2),
        },
    }
    return by_kind[kind] if kind in by_kind else scoped_values(names, kind)


@cache
def scoped_values(names: Names, kind: str) -> dict[str, SearchStrategy[Any]]:
    """The fields of a claim or a market event."""
    values: dict[str, SearchStrategy[Any]] = {"chips": chip_lists(names), "effective": dates()}
    values["companies"] = company_scopes(names) if kind in CLAIMS else company_lists(names)
    if kind in CLAIMS or kind == "condition-signalled":
        values["authority"] = st.sampled_from(("bis", "customs", *names.authorities))
    if kind in CLAIMS:
        values["until"] = dates()
        values["except_companies"] = company_lists(names)
        values["except_chips"] = chip_lists(names)
    if kind == "licence-required":
        values["review"] = st.sampled_from(REVIEWS)
    if kind in (*CONDITIONED, "condition-signalled"):
        values["conditions"] = conditions()
    if kind in ("orders-reported", "shipped", "batch-approved"):
        values["quantity"] = quantities()
    if kind in ("orders-reported", "shipped"):
        values["basis"] = st.sampled_from(("total", "added"))
    return values


def may_lack(kind: str, name: str) -> bool:
    """Whether an event of this type is whole without that field."""
    if kind == "recipients-identified" and name in ("companies", "excluded"):
        return True
    needed = {
        "conditions": ("condition-signalled", "conditions-met"),
        "quantity": ("orders-reported", "shipped"),
    }
    return name in OPTIONAL and kind not in needed.get(name, ())


ODDS_REPORTED = {"disputed": 60, "corrected": 40, "retracted": 70, "recipients-identified": 60}
ODDS = {"until": 25, "except_companies": 15, "except_chips": 15, "quantity": 30, "basis": 20}


@cache
@st.composite
def scoped_events(draw: DrawFn, names: Names, kinds: tuple[str, ...]) -> Event:
    """A claim or a market event."""
    kind = draw(st.sampled_from(kinds))
    event: Event = {"type": kind}
    for name, values in scoped_values(names, kind).items():
        if not may_lack(kind, name) or draw(chance(ODDS.get(name, 50))):
            event[name] = draw(values)
    return present(in_order(event | {"report": draw(reports())}))


@cache
@st.composite
def broad_claims(draw: DrawFn, names: Names, authority: str) -> Event:
    """A certain claim for every company and chip, early in the window: a ground for others to act on."""
    kind = draw(st.sampled_from(CLAIMS))
    event: Event = {"type": kind, "authority": authority, "companies": ["all"], "chips": ["all"]}
    for name in ("review", "conditions"):
        values = scoped_values(names, kind).get(name)
        if values is not None and (name == "review" or draw(st.booleans())):
            event[name] = draw(values)
    published = draw(st.sampled_from(WINDOW[:3]))
    return event | {"report": {"publisher": "FT", "published": published, "attribution": "official"}}


# Events about others


def apt(draft: Draft, target: Event) -> list[str]:
    """The types of event that may be about this one; the likelier are named more than once."""
    kind = target["type"]
    types = ["retracted"]
    if "report" in target:
        types += ["corroborated"] * 3 + ["disputed"] * 2
    if kind not in ("corrected", "retracted") and len(draft.about(target, "corrected")) < MOST_CORRECTIONS:
        types += ["corrected"] * 2
    if kind in CLAIMS:
        types += ["lifted", "suspended"] * 2
        types += ["conditions-met"] * 2 if conditions_of(draft, target) else []
        types += ["recipients-identified"] * 3 if isinstance(target["companies"], dict) else []
    return types


def next_about(draw: DrawFn, draft: Draft) -> Event:
    """An event about one of those before, an event about another included."""
    target = draft.targets[draw(st.integers(0, len(draft.targets) - 1))]
    kind = draw(st.sampled_from(apt(draft, target)))
    reported = kind not in ODDS_REPORTED or draw(chance(ODDS_REPORTED[kind]))
    event: Event = {"type": kind, "target": target["ref"]}
    event |= next_particulars(draw, draft, event, reported)
    return present(in_order(event | ({"report": draw(reports())} if reported else {})))


def next_particulars(draw: DrawFn, draft: Draft, event: Event, reported: bool) -> Event:
    """What an event says about its target."""
    kind, target = event["type"], draft.target_of(event)
    if kind == "corrected":
        return {"changes": next_changes(draw, draft, target, reported)}
    if kind == "recipients-identified":
        return draw(identified(draft.names.companies))
    if kind == "conditions-met":
        met = draw(some(conditions_of(draft, target)))
        return {"conditions": met, "effective": draw(st.one_of(st.none(), dates()))}
    return {name: draw(st.one_of(st.none(), values)) for name, values in field_values(draft.names, kind).items()}


@cache
@st.composite
def identified(draw: DrawFn, companies: tuple[str, ...]) -> Event:
    """Companies that are named, others that are excluded, or both."""
    picked = draw(some(companies, 1, 3))
    split = draw(st.integers(0, len(picked)))
    return present({"companies": picked[:split] or None, "excluded": picked[split:] or None})


def next_changes(draw: DrawFn, draft: Draft, target: Event, reported: bool) -> Event:
    """One or two fields of the target anew or removed; its report only by a correction without one."""
    kind = target["type"]
    values = field_values(draft.names, kind) | {"note": st.just("mended")}
    if "report" in target and not reported:
        values["report"] = reports()
    there = {name for reading in draft.readings(target) for name in reading}
    made = {}
    for name in draw(some(tuple(values), 1, 2)):
        removed = may_lack(kind, name) and name in there and draw(chance(40))
        made[name] = None if removed else draw(values[name])
    return made


# Ledgers


def next_registration(draw: DrawFn, names: Names) -> Event:
    """One of the registered, anew: it moves, changes hands, gains an attribute, loses a member …"""
    kind = draw(st.sampled_from(("company", "chip", "giants", "start-ups", "hopper", "customs")))
    if kind == "company":
        return draw(companies(draw(st.integers(0, len(names.companies) - 1))))
    if kind == "chip":
        return draw(chips(draw(st.integers(0, len(names.chips) - 1))))
    if kind == "customs":
        return authority("customs", draw(st.sampled_from(JURISDICTIONS)), "import")
    one = ("chip", names.chips) if kind == "hopper" else ("company", names.companies)
    return draw(groups(kind, *one))


def next_event(draw: DrawFn, draft: Draft) -> Event:
    """A claim first; then of a hundred about 70 about others, 22 claims, 4 market events, 4 registrations."""
    roll = draw(st.integers(0, 99)) if draft.targets else 0
    if roll < 22:
        return draw(scoped_events(draft.names, CLAIMS))
    if roll < 92:
        return next_about(draw, draft)
    return draw(scoped_events(draft.names, MARKET)) if roll < 96 else next_registration(draw, draft.names)


def begun(draw: DrawFn) -> Draft:
    """A registry and, often, a claim for every cell at the gates in the US and China."""
    draft = Draft(draw(registries()))
    for authority_id in ("bis", "customs"):
        if draw(chance(90)):
            draft.offer(draw(broad_claims(draft.names, authority_id)))
    return draft


@cache
@st.composite
def ledgers(draw: DrawFn, least: int = 1, most: int = MOST_EVENTS) -> list[Event]:
    """A registry, then claims, market events and, above all, events about them; a valid file as a whole."""
    draft = begun(draw)
    for _ in range(draw(st.integers(least, most))):
        draft.offer(next_event(draw, draft))
    return draft.events


@cache
@st.composite
def claims_only(draw: DrawFn, least: int = 1, most: int = 8) -> list[Event]:
    """A registry and claims that nothing is said about: for what prevails, and for scopes."""
    draft = begun(draw)
    for _ in range(draw(st.integers(least, most))):
        draft.offer(draw(scoped_events(draft.names, CLAIMS)))
    return draft.events


@cache
@st.composite
def one_claim(draw: DrawFn, most: int = 10) -> list[Event]:
    """A registry, one claim and a tangle of events about it: for what is known, certain and in force."""
    draft = Draft(draw(registries()))
    draft.offer(draw(scoped_events(draft.names, CLAIMS)))
    for _ in range(draw(st.integers(1, most))):
        draft.offer(next_about(draw, draft))
    return draft.events


@cache
@st.composite
def rivals(draw: DrawFn, most: int = 6) -> list[Event]:
    """Claims at one gate, certain mostly, for all or for one company, group or chip: who strikes whom."""
    draft = Draft(draw(registries()))
    for _ in range(draw(st.integers(2, most))):
        draft.offer(draw(rival_claims(draft.names)))
    return draft.events


@cache
@st.composite
def rival_claims(draw: DrawFn, names: Names) -> Event:
    """A claim of customs, without dates of its own."""
    companies = draw(st.sampled_from(("all", "all", "in:CN", "giants", names.companies[0])))
    chips = draw(st.sampled_from(("all", "all", "hopper", names.chips[0])))
    event = draw(broad_claims(names, "customs")) | {"companies": [companies], "chips": [chips]}
    return event | {"report": draw(sure_reports() if draw(chance(80)) else reports())}


@cache
@st.composite
def batches(draw: DrawFn, most: int = 5) -> list[Event]:
    """One certain approval for a cohort, under conditions; then who belongs to it, and which are met."""
    draft = Draft(draw(registries()))
    scope = {"chips": ["all"], "companies": draw(cohorts(draft.names)), "conditions": draw(conditions())}
    start = {"type": "batch-approved", "authority": "customs", **scope}
    draft.offer(start | {"report": draw(sure_reports())})
    for _ in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("recipients-identified", "conditions-met")))
        event = {"type": kind, "target": draft.targets[-1]["ref"], "report": draw(sure_reports())}
        draft.offer(present(event | next_particulars(draw, draft, event, True)))
    return draft.events


# Questions


class Question(NamedTuple):
    """One cell, on one day, as known at a day or an instant, or by all that is published."""

    company: str
    chip: str
    at: str
    known: str | None


def questions(ledger: Sequence[Event]) -> SearchStrategy[Question]:
    """A question about what a ledger has registered, its dates from the same window."""
    names = Draft(list(ledger)).names
    return questions_of(names.companies, names.chips)


@cache
def questions_of(firms: tuple[str, ...], parts: tuple[str, ...]) -> SearchStrategy[Question]:
    """A question about one of these companies and one of these chips."""
    return st.builds(
        Question,
        company=st.sampled_from(firms),
        chip=st.sampled_from(parts),
        at=st.sampled_from((*WINDOW, *WINDOW[-6:], *AROUND)),
        known=st.one_of(st.none(), st.none(), st.sampled_from((*WINDOW, *AROUND)), instants()),
    )


def one_by_one(index: int) -> int:
    """A clock that ticks once a microsecond, from a day in 2027 on."""
    return BASE_CLOCK + index


def resolve(
    ledger: Sequence[Event],
    *,
    ids: Sequence[str] | None = None,
    clock: Callable[[int], int] = one_by_one,
) -> list[Event]:
    """The ledger as `naive` reads it: ids (these, or made-up ones), recorded times, and targets by id."""
    names = ids if ids is not None else [f"{index:064x}" for index in range(len(ledger))]
    by_ref = {event["ref"]: name for event, name in zip(ledger, names, strict=True) if "ref" in event}
    entries = []
    for index, (event, name) in enumerate(zip(ledger, names, strict=True)):
        aim = {"target": by_ref[event["target"]]} if "target" in event else {}
        entries.append(event | aim | {"id": name, "recorded": clock(index)})
    return entries
