"""Made-up registries: subjects that are registered again and again, from now on, from a day on, or since ever."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from policytracker.events.dates import iso, span
from policytracker.status.entries import Entry

Registration = dict[str, Any]
COMPANIES = ("acme", "acme-1", "bolt", "cog")
CHIPS = ("h20", "h200", "acme")
AUTHORITIES = ("bis", "gacc")
GROUPS = {"company": ("giants", "acme-all"), "chip": ("hopper", "h-all")}
JURISDICTIONS = ("CN", "US", "SG")
SPELLED = ("Acme", " ACME  ", "Ａcme", "Bolt Works", "bolt  works", "字节跳动", "字節跳動", "Straße", "STRASSE", "h20")
DATES = ("2025-06-01", "2025-06", "2025-06-10/2025-07-01", "../2025-06-30", "2025-07-01", "2025-07-02", "2025")
"""Some of the same last day."""
DAYS = tuple(
    sorted({day for text in DATES for last in [span(text).last] for day in (last - 1, last, last + 1)} | {1, 900_000})
)
SHARES = (10, 20, 30, 49.9, 50, 16.7, 33.3, 100)


def called() -> st.SearchStrategy[Registration]:
    """A name, aliases, and names in other languages."""
    spelled = st.sampled_from(SPELLED)
    return st.fixed_dictionaries(
        {"name": spelled},
        optional={
            "aliases": st.lists(spelled, max_size=2),
            "names": st.dictionaries(st.sampled_from(("zh", "de")), spelled, max_size=2),
        },
    )


@st.composite
def companies(draw: st.DrawFn) -> Registration:
    """A company with a parent that stands before it, so that there is no circle, or owners, who may hold each other."""
    place = draw(st.integers(0, len(COMPANIES) - 1))
    fields: Registration = {"type": "company-registered", "company": COMPANIES[place]}
    if place and draw(st.booleans()):
        fields["parent"] = draw(st.sampled_from(COMPANIES[:place]))
    owners, left = draw(st.lists(st.sampled_from(COMPANIES), max_size=3, unique=True)), 100.0
    given = []
    for owner in owners:
        share = draw(st.sampled_from(SHARES))
        if share <= left:
            given.append({"company": owner, "share": share})
            left -= share
    return fields | ({"owners": given} if given else {}) | {"jurisdiction": draw(st.sampled_from(JURISDICTIONS))}


@st.composite
def chips(draw: st.DrawFn) -> Registration:
    """A chip, controlled somewhere, from somewhere or nowhere."""
    fields: Registration = {"type": "chip-registered", "chip": draw(st.sampled_from(CHIPS))}
    fields["vendor"] = draw(st.sampled_from(("Acme", "ACME", "Straße", "Cog")))
    fields["controlled_by"] = draw(st.lists(st.sampled_from(JURISDICTIONS), max_size=3))
    if draw(st.booleans()):
        fields["origin"] = draw(st.sampled_from(JURISDICTIONS))
    return fields


@st.composite
def authorities(draw: st.DrawFn) -> Registration:
    """An authority, with a time zone or none."""
    fields: Registration = {"type": "authority-registered", "authority": draw(st.sampled_from(AUTHORITIES))}
    fields["jurisdiction"] = draw(st.sampled_from(JURISDICTIONS))
    fields["direction"] = draw(st.sampled_from(("export", "import")))
    if draw(st.booleans()):
        fields["timezone"] = draw(st.sampled_from(("Asia/Shanghai", "America/New_York", "UTC")))
    return fields


@st.composite
def groups(draw: st.DrawFn) -> Registration:
    """A group, complete or not."""
    kind = draw(st.sampled_from(("company", "chip")))
    members = draw(st.lists(st.sampled_from(COMPANIES if kind == "company" else CHIPS), max_size=4))
    group = {"type": "group-defined", "group": draw(st.sampled_from(GROUPS[kind])), "kind": kind, "members": members}
    return {**group, "complete": draw(st.booleans())}


@st.composite
def registrations(draw: st.DrawFn) -> Registration:
    """A registration of any kind; half of them count from a day on."""
    fields: Registration = draw(st.one_of(companies(), companies(), chips(), authorities(), groups())) | draw(called())
    return fields | ({"effective": draw(st.sampled_from(DATES))} if draw(st.booleans()) else {})


def ledgers(most: int = 14) -> st.SearchStrategy[list[Registration]]:
    """Registrations in ledger order; a parent, an owner or a member may be missing, as where it was redacted."""
    return st.lists(registrations(), max_size=most)


def whole_ledgers(most: int = 14) -> st.SearchStrategy[list[Registration]]:
    """Registrations in ledger order, those of all companies and one chip among them."""
    firms = [{"type": "company-registered", "company": name, "name": name, "jurisdiction": "CN"} for name in COMPANIES]
    chip = {"type": "chip-registered", "chip": CHIPS[0], "name": "H20", "vendor": "Cog", "controlled_by": ["US"]}
    return ledgers(most).map(lambda more: [*firms, chip, *more])


def entries_of(events: Sequence[Registration]) -> list[Entry]:
    """Registrations as the core takes them."""
    return [Entry(place, f"event-{place}", place, fields) for place, fields in enumerate(events, 1)]


def day(text: str) -> int:
    """A day as an ordinal."""
    return span(text).last


def text(of: int) -> str:
    """An ordinal as a day."""
    return iso(of)
