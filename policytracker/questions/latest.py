"""The newest reports known at a moment, for readers who want to know what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytracker.events.dates import moment_text
from policytracker.questions.accounts import sources
from policytracker.questions.corrections import before_in
from policytracker.questions.newest import newest, published
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import called, summary
from policytracker.questions.turning import Publications
from policytracker.status.instead import corrections_giving
from policytracker.status.knowledge import Standing

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import NewEvent

LOOKED_AT = 1_000
"""Threads that are read at the most."""


def latest(reader: Reader, clocks: Clocks, publications: Publications, count: int) -> list[NewEvent]:
    """The events published last, the newest first, as they stand: at most ``count``."""
    return newest(reader, clocks, publications, _told, count, LOOKED_AT).events


def _told(standings: dict[str, Standing], event: Standing) -> NewEvent:
    target = event.fields.get("target")
    aimed = standings.get(target) if isinstance(target, str) else None
    aim = called(aimed.entry.id, aimed.fields.get("ref")) if aimed else None
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "published": moment_text(published(event) or 0),
        "says": summary(event.fields, aim, before_in(standings, event)),
        "sources": [source for each in (event, *corrections_giving(event, event.fields)) for source in sources(each)],
    }
