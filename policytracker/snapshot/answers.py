"""The tables of a snapshot that say what cells answer, and how many chips were ordered or shipped."""

from policytracker.snapshot.tables import CLAIM, COUNTS, LAST_REPORT, MAX, MIN, UNIT, WORDING, Column, SnapshotTable

_COMPANY = Column("the id of the company", refers="companies")
_CHIP = Column("the id of the chip", refers="chips")
_CELL = {"company": _COMPANY, "chip": _CHIP}
_GATE = Column("a jurisdiction and a direction, such as CN/import")
_STATUS = Column("the status; `uncertain` if several are possible, `unknown` if all are")
_POSSIBLE = Column("all statuses that are possible, lowest first")
_NUMBER = Column("which interval of the cell it is, from 1 on", int)
_LIMITS = {
    "low": Column("the lowest possible status"),
    "high": Column("the highest possible status"),
    "limited_by": Column("the gates at which the lowest status is possible"),
}

TABLES: dict[str, SnapshotTable] = {
    "statuses": SnapshotTable(
        "the answer for every cell, as `state` gives it",
        ("company", "chip"),
        {
            **_CELL,
            "at": Column("what held on this day"),
            "known": Column("as publicly known then; null: everything published counts"),
            "recorded": Column("as this ledger stood then; null: everything recorded counts"),
            "status": _STATUS,
            "possible": _POSSIBLE,
            **_LIMITS,
            "if_open": Column("where nothing is known of a gate: the possible statuses if every such gate were open"),
            "launched": Column("0: the day is before the launch of the chip", int),
            "last_report": LAST_REPORT,
        },
    ),
    "gates": SnapshotTable(
        "what each gate of a cell answers",
        ("company", "chip", "gate"),
        {
            **_CELL,
            "gate": _GATE,
            "status": _STATUS,
            "possible": _POSSIBLE,
            "last_word": Column("the last day on which a report on the cell was published at this gate"),
        },
        ("statuses", ("company", "chip")),
    ),
    "gate_claims": SnapshotTable(
        "the claims that stand at a gate in at least one possible world",
        ("company", "chip", "gate", "claim"),
        {**_CELL, "gate": _GATE, "claim": CLAIM},
        ("gates", ("company", "chip", "gate")),
    ),
    "conditions": SnapshotTable(
        "the conditions that bind in at least one possible world",
        ("company", "chip", "gate", "claim", "key"),
        {
            **_CELL,
            "gate": _GATE,
            "claim": CLAIM,
            "key": Column("the short name of the condition"),
            "wording": Column("its wording"),
            "binds": Column("`certainly`: in every possible world; or `possibly`"),
        },
        ("gates", ("company", "chip", "gate")),
    ),
    "left_of_approvals": SnapshotTable(
        "what is left of an approval that stands and has a quantity",
        ("company", "chip", "claim"),
        {
            **_CELL,
            "claim": CLAIM,
            "min": MIN,
            "max": MAX,
            "unit": UNIT,
            "used_up": Column("1: at most 0 can be left", int),
        },
        ("statuses", ("company", "chip")),
    ),
    "intervals": SnapshotTable(
        "the periods of equal status of every cell over the days, as `timeline` gives them",
        ("company", "chip", "number"),
        {
            **_CELL,
            "number": _NUMBER,
            "from_day": Column("its first day; null: it has no beginning"),
            "to_day": Column("the first day after it; null: it has no end"),
            "status": _STATUS,
            "possible": _POSSIBLE,
            **_LIMITS,
            "turned_by": Column("the events by which it began: the ref of each, else the beginning of its id"),
        },
        ("statuses", ("company", "chip")),
    ),
    "interval_claims": SnapshotTable(
        "the claims that stand during an interval in at least one possible world",
        ("company", "chip", "number", "claim"),
        {**_CELL, "number": _NUMBER, "claim": CLAIM},
        ("intervals", ("company", "chip", "number")),
    ),
    "quantities": SnapshotTable(
        "what was ordered, licensed, approved and shipped, as ranges, as `quantities` gives them",
        ("id",),
        {
            "id": Column("a number in this snapshot", int),
            "name": Column("the kind and the range in words"),
            "chip": _CHIP,
            "kind": Column("`ordered`, `licensed`, `approved` or `shipped`"),
            "gate": Column("of what was licensed or approved: at which gate"),
            "companies": Column("for whom, in words"),
            "together_with": Column("the ids of other chips that are counted in the same range"),
            "min": MIN,
            "max": MAX,
            "unit": UNIT,
            "per": Column("`company`: each company has so many; null: all of them together"),
            "wording": Column("the number in the words of the report, where the range is that of one figure"),
            "certain": Column("1: every figure counts certainly, and certainly for this chip", int),
            "sources": Column("the reports that give a figure, dispute one or give another instead"),
        },
    ),
    "quantity_figures": SnapshotTable(
        "the figures of which a range is made",
        ("quantity", "event"),
        {
            "quantity": Column("the range", int, "quantities"),
            "event": Column("the id of the event"),
            "name": Column("what to call the event: its ref, else the beginning of its id"),
            "min": MIN,
            "max": MAX,
            "wording": WORDING,
            "basis": Column("`total`: it replaces what was said earlier; `added`: it comes on top"),
            "counts": COUNTS,
            "sources": Column("the reports that give it"),
            "disputed_by": Column("the reports that say that it is not so"),
        },
    ),
}
