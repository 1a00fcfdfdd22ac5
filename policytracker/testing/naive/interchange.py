"""Events as an importer writes them (docs/events.md), taken as a ledger; and the state of a cell by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from policytracker.testing.naive.clocks import Entry
from policytracker.testing.naive.questions import answer
from policytracker.testing.naive.registrations import SUBJECTS

BASE_CLOCK = 1_800_000_000_000_000
Words = tuple[str, ...]
"""Possible statuses, the lowest first."""


class NaiveState(NamedTuple):
    """The state of a company and a chip by the naive reading. Fields that CellState has too have the same values."""

    status: str
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: Words
    limited_by: tuple[str, ...]
    """The gates at which the lowest possible status is possible."""
    if_open: Words | None
    """Where nothing is known of a gate: the possible statuses if every such gate were open; else None."""
    gates: dict[str, Words]
    """The possible statuses by gate."""
    conditions: frozenset[tuple[str, str, str, str]]
    """Those that bind: gate, key, wording, and `certainly` or `possibly`."""
    last_report: str | None
    """The last day on which a report on the cell was published, of those known; None: there is none."""


def naive_state(
    events: Iterable[Mapping[str, Any]], company: str, chip: str, *, at: str, known: str | None = None
) -> NaiveState:
    """The state of a cell if a ledger holds these events, in this order, and no others.

    ``events``: in the interchange format, each as a dictionary; what they are about, they name by its ``ref``. An
    event that comes twice counts once. ``company`` and ``chip`` are ids. ``at``: what held on this day, as 2026-01-28.
    ``known``: as known then, a date or an instant as text; None: everything published.

    The reading takes events as they are. Whether a ledger would refuse one is for a ledger to say. It is slow: it is
    made for some dozens of events.

    Raises ValueError where ``at`` or ``known`` cannot be read, where company or chip are not registered, or where no
    earlier event has the ``ref`` that one names. Raises TooManyWorlds where more than 14 claims at one gate may hold or
    not.
    """
    entries = resolve(without_repeats(events))
    for kind, name in (("company", company), ("chip", chip)):
        if all(entry.get(kind) != name for entry in entries if entry["type"] == f"{kind}-registered"):
            raise ValueError(f"{name!r} is the id of no {kind} that these events register; add its {kind}-registered")
    found = answer(entries, company, chip, at=at, known=known, recorded=None)
    open_ = found["if_open"]
    return NaiveState(
        found["status"],
        tuple(found["possible"]),
        tuple(found["limited_by"]),
        None if open_ is None else tuple(open_),
        {gate["gate"]: tuple(gate["possible"]) for gate in found["gates"]},
        frozenset((each["gate"], each["key"], each["wording"], each["binds"]) for each in found["conditions"]),
        found["last_report"],
    )


def present(event: Mapping[str, Any]) -> Entry:
    """The event without its absent fields."""
    return {name: value for name, value in event.items() if value is not None}


def without_repeats(events: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The events without those that say again, word by word, what an earlier one says; registrations may."""
    kept: list[Entry] = []
    for event in map(dict, events):
        if event["type"] in SUBJECTS or event not in kept:
            kept.append(event)
    return kept


def one_by_one(index: int) -> int:
    """A clock that ticks once a microsecond, from a day in 2027 on."""
    return BASE_CLOCK + index


def resolve(
    ledger: Sequence[Entry],
    *,
    ids: Sequence[str] | None = None,
    clock: Callable[[int], int] = one_by_one,
) -> list[Entry]:
    """The ledger as the naive reading takes it: ids (these, or made-up ones), recorded times, and targets by id.

    A registration is taken without the fields that it gives up by `null`: it says the same. Raises ValueError where no
    event before has the `ref` that one names.
    """
    names = ids if ids is not None else [f"{index:064x}" for index in range(len(ledger))]
    by_ref: dict[str, str] = {}
    entries = []
    for index, (event, name) in enumerate(zip(ledger, names, strict=True)):
        said = present(event) if event["type"] in SUBJECTS else event
        aim = {field: by_ref.get(event[field]) for field in ("target", "about") if event.get(field)}
        for field in aim:
            if aim[field] is None:
                raise ValueError(f"event {index + 1}: its {field} is {event[field]!r}; no earlier event has that ref")
        entries.append(said | aim | {"id": name, "recorded": clock(index)})
        if "ref" in event:
            by_ref[event["ref"]] = name
    return entries
