"""Claims and the events about them: what is known, how it counts and when it was said (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policytracker.testing.naive.clocks import Entry, Moment, is_public, moment

CLAIMS = {
    "prohibited",
    "blocked",
    "held",
    "licence-required",
    "review-opened",
    "approved-in-principle",
    "licence-granted",
    "batch-approved",
    "cleared",
    "condition-imposed",
}
GRADES = {"official": "A1", "on-record": "B2", "anonymous": "C3", "unattributed": "F6"}
CERTAINLY, POSSIBLY, NOT_AT_ALL = "certainly", "possibly", "not at all"


@dataclass(frozen=True)
class Standing:
    """§3: what is to be said of one event as the public record stood at K."""

    id: str
    type: str
    position: int
    fields: Entry
    about: tuple[Standing, ...]
    reports: tuple[Entry, ...]
    """Its known reports: its own, and those that corroborations add."""
    known: bool
    retracted: bool
    """A retraction that counts certainly is about it: it does not exist."""
    disputed: bool
    """It is certainly disputed."""
    withdrawn: bool
    """A retraction is about it that is certain by its word but counts only possibly."""
    has_report: bool

    @property
    def report(self) -> Entry | None:
        """Its own report, or the one that a correction without a report has put in its place."""
        own: Entry | None = self.fields.get("report")
        return own

    @property
    def certain_by_word(self) -> bool:
        """One of its known reports is sound, or they have two origins; without a report it is certain."""
        return not self.has_report or are_certain(self.reports)

    @property
    def weak(self) -> bool:
        """All of its known reports are weak."""
        return bool(self.reports) and all(is_weak(report) for report in self.reports)

    @property
    def counts(self) -> str:
        """The table of how an event counts; where both of its last columns apply, the first of them decides."""
        if self.weak:
            return NOT_AT_ALL
        if self.disputed:
            return POSSIBLY if self.certain_by_word else NOT_AT_ALL
        return CERTAINLY if self.certain_by_word and not self.withdrawn else POSSIBLY

    @property
    def first_word(self) -> Entry | None:
        """Its earliest known report, by moment, that is not weak."""
        said = [report for report in self.reports if not is_weak(report)]
        return min(said, key=moment_of, default=None)

    @property
    def sure_word(self) -> Entry | None:
        """The report with which it becomes certain by its word, else the last that is not weak."""
        return sure_word(self.reports, moment_of)


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
    has_report = fields.get("report") is not None
    retractions = acting(about, "retracted")
    return Standing(
        id=entry["id"],
        type=entry["type"],
        position=position,
        fields=fields,
        about=tuple(about),
        reports=tuple(reports),
        known=bool(reports) if has_report else True,
        retracted=any(each.counts == CERTAINLY for each in retractions),
        disputed=any(disputes(each) for each in acting(about, "disputed")),
        withdrawn=any(each.counts == POSSIBLY and each.certain_by_word for each in retractions),
        has_report=has_report,
    )


def acting(about: Iterable[Standing], kind: str) -> list[Standing]:
    """§3: events about others act when known and not certainly retracted; one that counts not at all does nothing."""
    return [
        event
        for event in about
        if event.type == kind and event.known and not event.retracted and event.counts != NOT_AT_ALL
    ]


def disputes(event: Standing) -> bool:
    """§3: a `disputed` that counts certainly; one to which the last column of the table applies still disputes."""
    return event.counts == CERTAINLY or (event.certain_by_word and event.withdrawn and not event.disputed)


def corrected_fields(entry: Entry, about: Iterable[Standing]) -> Entry:
    """§3: a correction that counts certainly replaces fields, `null` removes one, the last in ledger order wins.

    Only a correction without a report may change `report`.
    """
    fields = {name: value for name, value in entry.items() if name not in ("id", "recorded")}
    for correction in acting(about, "corrected"):
        if correction.counts == CERTAINLY:
            changes = dict(correction.fields["changes"])
            if correction.has_report:
                changes.pop("report", None)
            fields |= changes
    return {name: value for name, value in fields.items() if value is not None}


def known_reports(fields: Entry, about: Iterable[Standing], known: str | None) -> list[Entry]:
    """§3: its own report and those that corroborations add, as far as they are known at K."""
    reports = [fields.get("report"), *(other.report for other in corroborations(about))]
    return [report for report in reports if report is not None and is_public(report, known)]


def corroborations(about: Iterable[Standing]) -> list[Standing]:
    """§3: those that count certainly, and those that count possibly unless a certain dispute acts on them."""
    return [event for event in acting(about, "corroborated") if event.counts == CERTAINLY or not event.disputed]


def are_certain(reports: Iterable[Entry]) -> bool:
    """§3: one report is sound, or those of reliability A to D and credibility 1 to 4 have two or more origins."""
    reports = list(reports)
    if any(is_sound(report) for report in reports):
        return True
    return len({origin(report) for report in reports if grade(report)[0] in "ABCD" and grade(report)[1] in "1234"}) >= 2


def is_sound(report: Entry) -> bool:
    """§3: reliability A, B or C and credibility 1, 2 or 3."""
    return grade(report)[0] in "ABC" and grade(report)[1] in "123"


def is_weak(report: Entry) -> bool:
    """§3: graded E or 5."""
    return grade(report)[0] == "E" or grade(report)[1] == "5"


def grade(report: Entry) -> str:
    """§3: a report without a grade takes it from its attribution; `unattributed` is the default."""
    return report.get("grade") or GRADES[report.get("attribution") or "unattributed"]


def origin(report: Entry) -> str:
    """§3: whom it `cites`, else its publisher, compared without case."""
    name: str = report.get("cites") or report["publisher"]
    return name.casefold()


def moment_of(report: Entry) -> Moment:
    """§2: the moment of its `published`."""
    return moment(report["published"])


def sure_word(reports: Iterable[Entry], order: Callable[[Entry], Any]) -> Entry | None:
    """§3: in the order of their moments, the report with which an event becomes certain by its word.

    Where it is not certain by its word, its last known report that is not weak.
    """
    said = sorted(reports, key=order)
    for count in range(1, len(said) + 1):
        if are_certain(said[:count]):
            return said[count - 1]
    return next((report for report in reversed(said) if not is_weak(report)), None)


def claims(judged: Mapping[str, Standing]) -> list[Standing]:
    """§3: the claims, in ledger order."""
    found = (event for event in judged.values() if event.type in CLAIMS)
    return sorted(found, key=lambda event: event.position)


def counting(judged: Mapping[str, Standing]) -> list[Standing]:
    """§3: the claims that are known, exist, and count certainly or possibly."""
    return [claim for claim in existing(judged) if claim.counts != NOT_AT_ALL]


def existing(judged: Mapping[str, Standing]) -> list[Standing]:
    """§3: the claims that are known, and that no retraction which counts certainly is about."""
    return [claim for claim in claims(judged) if claim.known and not claim.retracted]


def with_all_about(event: Standing) -> Iterator[Standing]:
    """§3: an event, the events about it, the events about those, and so on."""
    yield event
    for other in event.about:
        yield from with_all_about(other)
