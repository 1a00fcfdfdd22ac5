"""The newest reports known at a moment, for readers who want to know what is new."""

from typing import Any

from policytracker.events.dates import moment_text
from policytracker.questions.accounts import sources
from policytracker.questions.telling import called, summary
from policytracker.status.knowledge import Standing
from policytracker.status.view import View


def latest(view: View, count: int) -> list[dict[str, Any]]:
    """The events published last, the newest first, as they stand: at most ``count``."""
    known = [event for event in view.standings.values() if event.known and event.published is not None]
    known.sort(key=lambda event: (event.published or 0, event.entry.position), reverse=True)
    return [_told(view, event) for event in known[:count]]


def _told(view: View, event: Standing) -> dict[str, Any]:
    target = event.fields.get("target")
    aimed = view.standings.get(target) if isinstance(target, str) else None
    aim = called(aimed.entry.id, aimed.fields.get("ref")) if aimed else None
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "published": moment_text(event.published or 0),
        "says": summary(event.fields, aim),
        "sources": sources(event),
    }
