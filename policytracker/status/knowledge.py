"""What is known of an event, and how it counts, at one moment of the published clock (semantics.md §3)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policytracker.events.dates import LAST_DAY, Span, moment, span
from policytracker.events.grades import grade, is_origin, is_sound, is_weak, origin
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.zones import publication_day

NOT_AT_ALL, POSSIBLY, CERTAINLY = range(3)
"""How an event counts."""
COUNTS = ("not at all", "possibly", "certainly")
"""The same in the words of §3."""


UNSAID = Span(LAST_DAY + 1, LAST_DAY + 1)
"""The date of an event that gives none, and of which all known reports are weak: after all days."""


class Standing(NamedTuple):
    """An event as it stands at one moment of knowledge."""

    entry: Entry
    fields: Fields
    """Its fields, as corrected by then."""
    known: bool
    retracted: bool
    """Whether a retraction that counts certainly is about it: then it does not exist."""
    disputed: bool
    """Whether it is certainly disputed."""
    certain_by_word: bool
    counts: int
    """NOT_AT_ALL, POSSIBLY or CERTAINLY; of an event that is not known or does not exist, NOT_AT_ALL."""
    reports: tuple[Fields, ...]
    """Its known reports: its own, and those of corroborations; in the order of their moments."""
    about: tuple["Standing", ...]
    """The events about it that act on it, in ledger order."""

    @property
    def type(self) -> str:
        """The stored name of the event's type."""
        return self.entry.type

    @property
    def certain(self) -> bool:
        """Whether it counts certainly."""
        return self.counts == CERTAINLY

    @property
    def first_word(self) -> Fields | None:
        """Its earliest known report that is not weak; None where there is none."""
        return next((report for report in self.reports if not is_weak(grade(report))), None)

    @property
    def sure_word(self) -> Fields | None:
        """The report with which it becomes certain by its word; else its last known report that is not weak."""
        return sure_word(self.reports)

    def acting(self, name: str, counts: int = CERTAINLY) -> list["Standing"]:
        """The events of one type about this one that act on it and count so."""
        return [event for event in self.about if event.type == name and event.counts == counts]


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
        if target is not None and standing.counts:
            acting.setdefault(target, []).append(standing)
    return standings


def _stand(entry: Entry, about: tuple[Standing, ...], known: int | None) -> Standing:
    if not about:
        return _stand_alone(entry, known)
    fields = _corrected(entry.fields, about)
    reports = _known_reports(fields, about, known)
    without_report = fields.get("report") is None
    is_known = without_report or bool(reports)
    certain_by_word = without_report or is_certain(reports)
    retracted = any(event.type == "retracted" and event.certain for event in about)
    # A doubtful retraction acts only where it is certain by its word: a rumour takes no official word away.
    doubted = any(event.type == "retracted" and not event.certain and event.certain_by_word for event in about)
    disputed = any(event.type == "disputed" and event.certain_by_word and not event.disputed for event in about)
    if not is_known or retracted or (not without_report and all_weak(reports)):
        counts = NOT_AT_ALL
    elif disputed:
        counts = POSSIBLY if certain_by_word else NOT_AT_ALL
    else:
        counts = CERTAINLY if certain_by_word and not doubted else POSSIBLY
    return Standing(entry, fields, is_known, retracted, disputed, certain_by_word, counts, reports, about)


def _stand_alone(entry: Entry, known: int | None) -> Standing:
    """The same for an event about which nothing is said: most of a ledger."""
    report = entry.fields.get("report")
    if report is None:
        return Standing(entry, entry.fields, True, False, False, True, CERTAINLY, (), ())
    if known is not None and moment(report["published"]) > known:
        return Standing(entry, entry.fields, False, False, False, False, NOT_AT_ALL, (), ())
    code = grade(report)
    sound = is_sound(code)
    return Standing(entry, entry.fields, True, False, False, sound, counts_alone(code), (report,), ())


def counts_alone(code: str) -> int:
    """How an event counts that has one known report, of this grade, and of which nothing else is said."""
    if is_sound(code):
        return CERTAINLY
    return NOT_AT_ALL if is_weak(code) else POSSIBLY


def _corrected(fields: Fields, about: Sequence[Standing]) -> Fields:
    corrections = [event for event in about if event.type == "corrected" and event.certain]
    if not corrections:
        return fields
    merged = dict(fields)
    for correction in corrections:
        merged.update(correction.fields["changes"])
    return {name: value for name, value in merged.items() if value is not None}


def _known_reports(fields: Fields, about: Sequence[Standing], known: int | None) -> tuple[Fields, ...]:
    """Its own report and those of corroborations: one that a certain dispute acts on adds nothing unless it is
    certain, which it then is not."""
    own = [fields["report"]] if fields.get("report") is not None else []
    others = [event.fields["report"] for event in about if event.type == "corroborated" and not event.disputed]
    found = [report for report in own + others if known is None or moment(report["published"]) <= known]
    return tuple(sorted(found, key=_published) if len(found) > 1 else found)


def _published(report: Fields) -> int:
    return moment(report["published"])


def is_certain(reports: Iterable[Fields]) -> bool:
    """Whether known reports make an event certain by its word: one is sound, or two origins say it."""
    return _surely(reports) is not None


def _surely(reports: Iterable[Fields]) -> Fields | None:
    """The report with which an event becomes certain by its word, given them in order; None where none does."""
    origins = set()
    for report in reports:
        code = grade(report)
        if is_origin(code):
            origins.add(origin(report))
        if is_sound(code) or len(origins) >= 2:
            return report
    return None


def all_weak(reports: Iterable[Fields]) -> bool:
    """Whether every report is weak."""
    return all(is_weak(grade(report)) for report in reports)


def sure_word(reports: Sequence[Fields]) -> Fields | None:
    """The sure word among reports, given in the order of their moments; None where all are weak."""
    found = _surely(reports)
    if found is None:
        strong = [report for report in reports if not is_weak(grade(report))]
        return strong[-1] if strong else None
    return found


def date_of(event: Standing, zone: str) -> Span:
    """The date of an event that counts, in the time zone of its gate: its ``effective``; else the days from the
    publication day of its first word to that of its sure word, whichever is earlier first (§3)."""
    effective = event.fields.get("effective")
    if effective:
        return span(effective)
    first, sure = event.first_word, event.sure_word
    if first is None or sure is None:
        return UNSAID
    days = publication_day(first["published"], zone), publication_day(sure["published"], zone)
    return Span(min(days), max(days))


def last_day(thread: Thread, standings: Mapping[str, Standing], known: int | None, zone: str) -> int | None:
    """The last publication day among the reports, known at a moment, of the events of a thread."""
    own = (standings[entry.id].fields.get("report") for entry in thread)
    known_reports = (each for each in own if each and (known is None or _published(each) <= known))
    return max((publication_day(report["published"], zone) for report in known_reports), default=None)
