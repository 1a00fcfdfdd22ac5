"""What is known of an event, and how far it is certain, at one moment of the published clock (semantics.md §3)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policytracker.events.dates import day_of, moment
from policytracker.events.grades import grade, is_good, is_worthless, origin
from policytracker.status.entries import Entry, Fields, Thread


class Standing(NamedTuple):
    """An event as it stands at one moment of knowledge."""

    entry: Entry
    fields: Fields
    """Its fields, as corrected by then."""
    known: bool
    retracted: bool
    certain: bool
    acts: bool
    """Whether it acts on its target: it is known, not retracted, and not idle."""
    published: int | None
    """The publication moment; None for an event without a report: as if known before anything else."""
    reports: tuple[Fields, ...]
    """Its known reports: its own, and those of corroborations."""
    about: tuple["Standing", ...]
    """The events about it that act on it, in ledger order."""

    @property
    def type(self) -> str:
        """The stored name of the event's type."""
        return self.entry.type

    @property
    def publication_day(self) -> int:
        """The UTC day of the publication moment."""
        return day_of(self.published or 0)

    def acting(self, name: str, certain: bool = True) -> list["Standing"]:
        """The events of one type about this one that act with (or without) certainty."""
        return among(self.about, name, certain)


def among(about: Sequence[Standing], name: str, certain: bool) -> list[Standing]:
    """Those of one type that act with (or without) certainty."""
    return [event for event in about if event.type == name and event.certain is certain]


def stand(thread: Thread, known: int | None) -> dict[str, Standing]:
    """Every event of a thread as it stands at the moment ``known`` (None: everything published counts).

    Events about an event come after it in the ledger, so one pass from the last to the first is enough.
    """
    standings: dict[str, Standing] = {}
    acting: dict[str, list[Standing]] = {}
    for entry in reversed(thread):
        about = tuple(reversed(acting.pop(entry.id, ())))
        standing = standings[entry.id] = _stand(entry, about, known)
        target = entry.target
        if target is not None and standing.acts:
            acting.setdefault(target, []).append(standing)
    return standings


def _stand(entry: Entry, about: tuple[Standing, ...], known: int | None) -> Standing:
    if not about:
        return _stand_alone(entry, known)
    fields = _corrected(entry.fields, about)
    reports = _known_reports(fields, about, known)
    without_report = fields.get("report") is None
    is_known = without_report or bool(reports)
    said = {(event.type, event.certain) for event in about}
    disputed, doubtful = ("disputed", True) in said, ("retracted", False) in said
    certain = not doubtful if without_report else not disputed and not doubtful and well_founded(reports)
    idle = not certain and (
        disputed
        or (doubtful and entry.type == "corroborated")
        or (bool(reports) and all(is_worthless(grade(report)) for report in reports))
    )
    published = None if without_report else min((moment(r["published"]) for r in reports), default=None)
    retracted = ("retracted", True) in said
    acts = is_known and not retracted and not idle
    return Standing(entry, fields, is_known, retracted, certain, acts, published, reports, about)


def _stand_alone(entry: Entry, known: int | None) -> Standing:
    """The same for an event about which nothing is said: most of a ledger."""
    report = entry.fields.get("report")
    if report is None:
        return Standing(entry, entry.fields, True, False, True, True, None, (), ())
    published = moment(report["published"])
    if known is not None and published > known:
        return Standing(entry, entry.fields, False, False, False, False, None, (), ())
    certain = well_founded((report,))
    acts = certain or not is_worthless(grade(report))
    return Standing(entry, entry.fields, True, False, certain, acts, published, (report,), ())


def _corrected(fields: Fields, about: Sequence[Standing]) -> Fields:
    corrections = among(about, "corrected", True)
    if not corrections:
        return fields
    merged = dict(fields)
    for correction in corrections:
        merged.update(correction.fields["changes"])
    return {name: value for name, value in merged.items() if value is not None}


def _known_reports(fields: Fields, about: Sequence[Standing], known: int | None) -> tuple[Fields, ...]:
    corroborations = [event.fields["report"] for event in about if event.type == "corroborated"]
    own = [fields["report"]] if fields.get("report") is not None else []
    return tuple(r for r in own + corroborations if known is None or moment(r["published"]) <= known)


def well_founded(reports: Sequence[Fields]) -> bool:
    """Whether known reports make an event certain: one is good, or two origins tell the same."""
    if len(reports) == 1:
        return is_good(grade(reports[0]))
    grades = [(grade(report), report) for report in reports]
    if any(is_good(code) for code, _ in grades):
        return True
    return len({origin(report) for code, report in grades if not is_worthless(code)}) >= 2


def last_day(thread: Thread, standings: Mapping[str, Standing], known: int | None) -> int | None:
    """The last publication day among the reports, known at a moment, of the events of a thread."""
    own = (standings[entry.id].fields.get("report") for entry in thread)
    moments = (moment(report["published"]) for report in own if report)
    return max((day_of(at) for at in moments if known is None or at <= known), default=None)
