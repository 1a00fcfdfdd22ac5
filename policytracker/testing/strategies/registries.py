"""Small registries, and registrations that come later: subjects move, change hands and change size, on days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policytracker.testing.strategies.dates import chance, dates, days, some, starts, sure_reports
from policytracker.testing.strategies.vocabulary import (
    ATTRIBUTES,
    CHIPS,
    COMPANIES,
    JURISDICTIONS,
    SHARES,
    SIZES,
    VENDORS,
    ZONES,
    Event,
    present,
    subject,
    whole,
)


def authority(name: str, jurisdiction: str, direction: str, timezone: str | None = None) -> Event:
    """One registration."""
    return present(
        {
            "type": "authority-registered",
            "authority": name,
            "name": name.upper(),
            "jurisdiction": jurisdiction,
            "direction": direction,
            "timezone": timezone,
        }
    )


@cache
@st.composite
def authorities(draw: DrawFn) -> list[Event]:
    """Two that guard one gate, and others over an import and a third jurisdiction's gate."""
    zone = st.one_of(st.none(), st.sampled_from(ZONES))
    bis = authority("bis", "US", "export", draw(st.one_of(st.none(), st.just("America/New_York"))))
    customs = authority("customs", "CN", "import", draw(st.one_of(st.none(), st.just("Asia/Shanghai"))))
    more = [authority("miit", "CN", "import", draw(zone)), authority("mti", "SG", "export")]
    other = [authority("sg-customs", "SG", "import"), authority("mofcom", "CN", "export")]
    return draw(st.sampled_from([[bis, customs, more[0]], [bis, customs, *more], [bis, customs, *other]]))


@cache
@st.composite
def owners(draw: DrawFn, of: tuple[str, ...]) -> list[Event] | None:
    """One to three owners, who together have no more than all of it; often about half."""
    if not of or not draw(chance(40)):
        return None
    found: list[Event] = []
    for name in draw(some(of, 1, 3)):
        share = draw(st.sampled_from(SHARES))
        if sum(each["share"] for each in found) + share <= 100:
            found.append({"company": name, "share": share})
    return found or None


@cache
@st.composite
def companies(draw: DrawFn, index: int, known: int) -> Event:
    """A company, whose parent, if any, is an earlier one: no circles. Its owners may be any of those known."""
    jurisdictions = st.sampled_from(("CN", "CN", "CN", "CN", *JURISDICTIONS))
    others = tuple(name for place, name in enumerate(COMPANIES[:known]) if place != index)
    return present(
        {
            "type": "company-registered",
            "company": COMPANIES[index],
            "name": COMPANIES[index].title(),
            "jurisdiction": draw(jurisdictions),
            "parent": draw(st.sampled_from(COMPANIES[:index])) if index and draw(chance(50)) else None,
            "owners": draw(owners(others)),
        }
    )


@cache
def sizes() -> SearchStrategy[int | Event]:
    """A number, or a range of which a bound may be unknown."""
    number = st.sampled_from(SIZES)
    pairs = st.lists(number, min_size=2, max_size=2).map(sorted)
    ranges = pairs.map(lambda pair: {"min": pair[0], "max": pair[1]})
    bounds = st.one_of(number.map(lambda end: {"min": end}), number.map(lambda end: {"max": end}), ranges)
    return st.one_of(number, number, bounds)


@cache
@st.composite
def chips(draw: DrawFn, index: int) -> Event:
    """A chip with some of its attributes, controlled by the US or others or nobody, domestic at times."""
    controllers = st.sampled_from([["US"], [], ["US"], ["CN", "US"], ["US", "SG"], ["CN", "SG"], []])
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), sizes(), min_size=1)
    return present(
        {
            "type": "chip-registered",
            "chip": CHIPS[index],
            "name": CHIPS[index].upper(),
            "vendor": draw(st.sampled_from(VENDORS)),
            "controlled_by": draw(controllers),
            "origin": draw(st.sampled_from(JURISDICTIONS)) if draw(chance(15)) else None,
            "launched": draw(dates()) if draw(chance(15)) else None,
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
        *(draw(companies(index, index)) for index in range(len(firm_ids))),
        *(draw(chips(index)) for index in range(len(part_ids))),
        draw(groups("giants", "company", firm_ids)),
        draw(groups("start-ups", "company", firm_ids)),
        draw(groups("hopper", "chip", part_ids)),
    ]


def next_registration(draw: DrawFn, earlier: Sequence[Event]) -> Event:
    """One of the registered, anew, from a day on or since ever: it moves, changes hands, gains an attribute …"""
    event = _anew(draw, earlier)
    if draw(chance(60)):
        event["effective"] = draw(st.one_of(days(), starts()))
    if draw(chance(15)):
        event["report"] = draw(sure_reports())
    return whole(event, list(earlier))


def _anew(draw: DrawFn, earlier: Sequence[Event]) -> Event:
    firms, parts = (
        tuple(dict.fromkeys(name for kind, name in map(subject, earlier) if kind == wanted))
        for wanted in ("company-registered", "chip-registered")
    )
    kind = draw(st.sampled_from(("company", "company", "chip", "giants", "start-ups", "hopper", "authority")))
    if kind == "company":
        return draw(companies(draw(st.integers(0, len(firms) - 1)), len(firms)))
    if kind == "chip":
        return draw(chips(draw(st.integers(0, len(parts) - 1))))
    if kind == "authority":
        name, directions = draw(st.sampled_from([("customs", ["import"]), ("bis", ["export", "export", "import"])]))
        zone = draw(st.one_of(st.none(), st.sampled_from(ZONES)))
        return authority(name, draw(st.sampled_from(JURISDICTIONS)), draw(st.sampled_from(directions)), zone)
    return draw(groups(kind, "chip", parts) if kind == "hopper" else groups(kind, "company", firms))
