"""The ledger's events one by one, in the interchange form with their places: ``log``, ``search`` and ``export``."""

from collections.abc import Iterator, Mapping
from typing import Any

from policytracker.ledger import clock
from policytracker.projections import log as stored
from policytracker.projections.log import Logged
from policytracker.projections.text import folded
from policytracker.questions.books import Books
from policytracker.questions.interchange import in_order
from policytracker.questions.names import names_of
from policytracker.status.directory import Directory


def log(
    books: Books,
    recorded: int | None = None,
    since: int = 0,
    event_type: str | None = None,
    limit: int | None = None,
    before: int | None = None,
) -> list[Logged]:
    """The events recorded by an instant, between two positions, of one type; the newest ``limit``, newest last."""
    return stored.newest(books.connection, recorded, since, event_type, limit, before)


def search(books: Books, text: str, recorded: int | None = None) -> list[Logged]:
    """The events that contain a text, in any field, without case; and those that name whom or what it is a name of.

    So a Chinese name finds the events that write the id alone. In ledger order.
    """
    directory = books.directory_at(recorded)
    return list(stored.containing(books.connection, text, _ids_called(directory, text), recorded))


def _ids_called(directory: Directory, text: str) -> list[str]:
    """The ids of all registered whose name, in some language, or alias contains a text."""
    wanted = folded(text)
    groups = {group: fields for (_, group), fields in directory.groups.items()}
    registered: list[Mapping[str, Mapping[str, Any]]] = [directory.companies, directory.chips]
    return [
        subject
        for subjects in (*registered, directory.authorities, groups)
        for subject, fields in subjects.items()
        if any(wanted in folded(name) for name in names_of(fields))
    ]


def as_object(event: Logged) -> dict[str, Any]:
    """An event in the interchange form, with its id, when and by whom it was recorded, and its position."""
    return {
        **in_order(event.fields),
        "id": event.id,
        "recorded": clock.text(event.recorded),
        "position": event.position,
        "recorder": event.recorder,
    }


def exported(books: Books, recorded: int | None = None) -> Iterator[dict[str, Any]]:
    """Every event recorded by an instant, in ledger order, as lines that an import takes; a target by its ref."""
    for event in stored.logged(books.connection, recorded):
        aim = {"target": event.target_ref} if event.target_ref else {}
        yield {**in_order({**event.fields, **aim}), "id": event.id, "recorded": clock.text(event.recorded)}
