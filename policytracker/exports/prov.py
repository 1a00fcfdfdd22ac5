"""W3C PROV as PROV-JSON (https://www.w3.org/submissions/prov-json/): who recorded what, when, and on whose word.

Events and reports are entities, recordings are activities, and publishers, sources and recorders are agents. All that
the ledger holds is told, also that a content was removed, but not the content of events: a sentence of each is.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from policytracker.exports.places import ledger_urn, seals
from policytracker.exports.sections import Sections
from policytracker.ledger import clock
from policytracker.ledger.recorders import SOMEBODY
from policytracker.projections.log import logged
from policytracker.projections.reading import thread_with
from policytracker.questions.escaping import json_text
from policytracker.questions.sources import source_line
from policytracker.questions.telling import summary
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.knowledge import stand

if TYPE_CHECKING:
    from policytracker.projections.log import Logged
    from policytracker.questions.reader import Reader
    from policytracker.status.entries import Fields

BASE: Final = "https://policytracker.invalid/prov"
"""Begins the names of what is the same in every ledger. The top-level domain says that nothing is found there."""
VOCABULARY: Final = {"event": f"{BASE}/event/", "report": f"{BASE}/report/", "agent": f"{BASE}/agent/"}
OF_REPORTS: Final = ("publisher", "published", "title", "summary", "quote", "archived", "attribution", "sources")
MORE_OF_REPORTS: Final = ("grade", "language")
REMOVED: Final = "an event whose content was removed"


def prov_json(reader: Reader, recorded: int | None = None, recorders: bool = False) -> Iterator[str]:
    """The lines of a PROV-JSON document about all events recorded by an instant.

    ``recorders``: who recorded them is named; else all recorders are one.
    """
    prefixes = {
        **VOCABULARY,
        "pt": f"{BASE}/terms#",
        "recording": f"{ledger_urn(reader)}:recording:",
        "recorder": f"{ledger_urn(reader)}:recorder:",
    }
    with Sections() as sections:
        provenance = _Provenance(sections, reader, recorded, recorders)
        for event in logged(reader.connection, recorded):
            provenance.take(event)
        yield from sections.lines({"prefix": prefixes})


class _Provenance:
    """Writes what each event means for the provenance, in ledger order."""

    def __init__(self, sections: Sections, reader: Reader, recorded: int | None, recorders: bool) -> None:
        self._put, self._relate = sections.put, sections.relate
        self._reader, self._recorded, self._recorders = reader, recorded, recorders
        self._seals = seals(reader)
        self._told: set[str] = set()
        """The names of reports, agents and recordings that are told already."""
        self._registered: dict[str, str] = {}
        """The last registration of each subject."""

    def take(self, event: Logged) -> None:
        """Tell of one event."""
        name, time = f"event:{event.id}", clock.text(event.recorded)
        activity = self._recording(event, time)
        self._put("entity", name, self._entity(event))
        self._relate("wasGeneratedBy", {"prov:entity": name, "prov:activity": activity, "prov:time": time})
        self._relate("wasAttributedTo", {"prov:entity": name, "prov:agent": self._recorder(event)})
        if event.fields.get("report"):
            self._rests_on(name, activity, event.fields["report"])
        self._replaces(event, name)
        if event.target:
            self._is_about(event, name, activity, time)
        if event.fields.get("about"):
            self._influenced(name, event.fields["about"], event.fields["type"])

    def _entity(self, event: Logged) -> dict[str, Any]:
        kind, fields = event.fields["type"], event.fields
        found: dict[str, Any] = {
            "prov:type": _term(kind),
            "prov:label": REMOVED if kind == "removed" else summary(fields, event.target_ref or event.target),
            "pt:position": {"$": str(event.position), "type": "xsd:int"},
            "pt:seal": self._seals[event.position - 1],
        }
        for each in ("ref", "authority", "reason", "was"):
            if fields.get(each):
                found[f"pt:{each}"] = fields[each]
        return found

    def _recording(self, event: Logged, time: str) -> str:
        """The recording of an event: those that one recorder has recorded at one instant are one."""
        recorder = self._recorder(event)
        name = f"recording:{event.recorded}-{recorder.removeprefix('recorder:')}"
        if self._is_new(name):
            told = {"prov:startTime": time, "prov:endTime": time, "prov:type": _term("recording")}
            self._put("activity", name, told)
            self._relate("wasAssociatedWith", {"prov:activity": name, "prov:agent": recorder})
        return name

    def _recorder(self, event: Logged) -> str:
        called = event.recorder if self._recorders else SOMEBODY
        name = f"recorder:{_name(called)}"
        if self._is_new(name):
            self._put("agent", name, {"prov:type": _term("recorder"), "prov:label": called})
        return name

    def _source(self, called: str) -> str:
        """Somebody who publishes, or whom a publisher cites."""
        name = f"agent:{_name(called)}"
        if self._is_new(name):
            self._put("agent", name, {"prov:type": _term("Organization", "prov"), "prov:label": called})
        return name

    def _rests_on(self, event: str, activity: str, report: Fields) -> None:
        name = f"report:{sha256(json_text(sorted(report.items())).encode()).hexdigest()}"
        if self._is_new(name):
            self._put("entity", name, _report(report))
            by = {"prov:entity": name, "prov:agent": self._source(report["publisher"])}
            self._relate("wasAttributedTo", {**by, "prov:type": _term("publisher")})
            if report.get("cites"):
                cited = {"prov:entity": name, "prov:agent": self._source(report["cites"])}
                self._relate("wasAttributedTo", {**cited, "prov:type": _term("cited-source")})
        self._relate("used", {"prov:activity": activity, "prov:entity": name})
        self._derived(event, name, "PrimarySource")

    def _replaces(self, event: Logged, name: str) -> None:
        """Of a registration: it revises the one before of the same subject."""
        kind = REGISTRY_TYPES.get(event.fields["type"])
        if kind is None:
            return
        subject = f"{event.fields['kind'] if kind == 'group' else kind}:{event.fields[kind]}"
        if subject in self._registered:
            self._derived(name, self._registered[subject], "Revision")
        self._registered[subject] = name

    def _is_about(self, event: Logged, name: str, activity: str, time: str) -> None:
        kind, target = event.fields["type"], f"event:{event.target}"
        if kind == "corrected":
            self._derived(name, target, "Revision")
        else:
            self._influenced(name, event.target or "", kind)
        if kind == "redacted" or (kind == "retracted" and self._takes_back(event)):
            ended = {"prov:entity": target, "prov:activity": activity, "prov:time": time}
            self._relate("wasInvalidatedBy", {**ended, "prov:type": _term(kind)})

    def _takes_back(self, event: Logged) -> bool:
        """Whether a retraction takes its target back: it does so only where it counts certainly (semantics.md §3)."""
        recorded = self._recorded
        thread = thread_with(self._reader.connection, event.id)
        known = tuple(entry for entry in thread if recorded is None or entry.recorded <= recorded)
        return stand(known, None)[event.id].certain

    def _derived(self, name: str, source: str, kind: str) -> None:
        found = {"prov:generatedEntity": name, "prov:usedEntity": source, "prov:type": _term(kind, "prov")}
        self._relate("wasDerivedFrom", found)

    def _influenced(self, name: str, by: str, kind: str) -> None:
        found = {"prov:influencee": name, "prov:influencer": f"event:{by}", "prov:type": _term(kind)}
        self._relate("wasInfluencedBy", found)

    def _is_new(self, name: str) -> bool:
        is_new = name not in self._told
        self._told.add(name)
        return is_new


def _report(report: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {"prov:type": _term("report"), "prov:label": source_line({**report, "url": None})}
    if report.get("url"):
        found["prov:location"] = report["url"]
    for each in (*OF_REPORTS, *MORE_OF_REPORTS):
        if report.get(each) is not None:
            found[f"pt:{each}"] = report[each]
    return found


def _term(name: str, prefix: str = "pt") -> dict[str, str]:
    return {"$": f"{prefix}:{name}", "type": "prov:QUALIFIED_NAME"}


def _name(text: str) -> str:
    """A text as the part of a name after its prefix.

    >>> _name("Financial Times"), _name("腾讯")
    ('Financial%20Times', '%E8%85%BE%E8%AE%AF')
    """
    return quote(text, safe="")
