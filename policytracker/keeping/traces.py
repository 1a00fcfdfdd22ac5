"""Where else a text may be that is redacted: in other events of the ledger, and in files that lie beside it.

What this program wrote elsewhere it does not know, nor what others made of it.
"""

import json
import mmap
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import LedgerFile
from policytracker.ledger.where import Where
from policytracker.projections.log import Logged, logged, thread_of

TEXTS = frozenset(
    (
        "name",
        "names",
        "aliases",
        "note",
        "text",
        "title",
        "summary",
        "quote",
        "url",
        "archived",
        "wording",
        "conditions",
    )
)
"""The fields that are in somebody's own words."""
LEAST = 6
"""A shorter text is found in too much that has nothing to do with it."""
BEGINNING = 60
"""So much of a longer text is looked for in files: some fold the rest, or cut it off."""
DEPTH = 3
MOST_FILES = 5_000
LARGEST = 2_000_000_000
"""How far down, how many and how large files are looked through."""


class Traces(NamedTuple):
    """What else may hold the text of an event."""

    texts: list[str]
    """Its own texts; none where its content is removed already."""
    about: list[Logged]
    """The events about it: corrections may repeat its text, and what they say stays."""
    repeating: list[Logged]
    """Other events that hold one of its texts."""


class Copies(NamedTuple):
    """The files that were looked through."""

    folder: Path
    looked: int
    """How many."""
    all: bool
    """Whether no file was left out, as there were too many, or it was too large or closed."""
    found: list[Path]
    """Those that hold one of the texts or, in a ledger, the event itself; of files in folders below, that folder, for
    each."""


def traces_of(connection: sqlite3.Connection, event_id: str) -> Traces:
    """What else in the ledger may hold the text of an event, by its read models."""
    thread = thread_of(connection, event_id)
    its = next(event for event in thread if event.id == event_id)
    texts = list(dict.fromkeys(texts_of(its.fields)))
    gone = {event_id}
    events = list(logged(connection))
    for event in events:
        if event.target in gone or event.fields.get("about") in gone:
            gone.add(event.id)
    speaking = [event for event in events if event.fields["type"] not in ("redacted", "removed")]
    about = [event for event in speaking if event.id in gone and event.id != event_id]
    others = (event for event in speaking if event.id not in gone)
    return Traces(texts, about, [event for event in others if _holds(event.fields, texts)])


def texts_of(fields: Any, own: bool = False) -> Iterator[str]:
    """The texts in somebody's own words, of an event in the interchange form."""
    if isinstance(fields, dict):
        for name, value in fields.items():
            yield from texts_of(value, own or name in TEXTS)
    elif isinstance(fields, list):
        for value in fields:
            yield from texts_of(value, own)
    elif own and isinstance(fields, str) and len(fields) >= LEAST:
        yield fields


def _holds(fields: Any, texts: Sequence[str]) -> bool:
    return any(text in held for held in texts_of(fields) for text in texts)


def copies_beside(ledger: Where, event_id: str, texts: Sequence[str]) -> Copies | None:
    """The files beside a ledger that hold the event or one of its texts; None for a ledger on a server.

    Without texts, those that name the event.
    """
    if not isinstance(ledger, Path):
        return None
    folder = ledger.absolute().parent
    wanted = [form for text in texts for form in _spellings(text[:BEGINNING])] or [event_id.encode()]
    files = list(islice(_files(folder, ledger.name), MOST_FILES + 1))
    looked = [(file, _found_in(file, event_id, wanted)) for file in files[:MOST_FILES]]
    whole = len(files) <= MOST_FILES and all(found is not None for _, found in looked)
    found = [folder / file.relative_to(folder).parts[0] for file, found in looked if found]
    return Copies(folder, len(looked), whole, found)


def _spellings(text: str) -> set[bytes]:
    """A text as files of JSON, CSV and HTML spell it."""
    plain = json.dumps(text, ensure_ascii=False)[1:-1]
    spelled = (text, plain, json.dumps(text)[1:-1], escape(text), escape(plain), text.replace('"', '""'))
    return {each.encode("utf-8", "surrogatepass") for each in spelled}


def _files(folder: Path, name: str) -> Iterator[Path]:
    """The files in and under a folder, but for the ledger itself and its read models."""
    own = (name, f"{name}-wal", f"{name}-shm")
    for here, folders, files in os.walk(folder):
        at = Path(here)
        if len(at.relative_to(folder).parts) >= DEPTH:
            folders.clear()
        for each in sorted(files):
            is_own = at == folder and (each in own or each.startswith((f"{name}.views", f".{name}.views.")))
            if not is_own and not (at / each).is_symlink():
                yield at / each


def _found_in(file: Path, event_id: str, wanted: Iterable[bytes]) -> bool | None:
    """Whether a file holds it; None where that cannot be told."""
    try:
        size = file.stat().st_size
        if not file.is_file() or not 0 < size <= LARGEST:
            return False if file.is_file() and not size else None
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[:16] == b"SQLite format 3\x00" and _is_kept_in(file, event_id):
                return True
            return any(content.find(form) >= 0 for form in wanted)
    except (OSError, ValueError):
        return None


def _is_kept_in(file: Path, event_id: str) -> bool:
    """Whether a file is a ledger, a backup perhaps, in which the event has its content still."""
    query = """SELECT 1 FROM ledger_entries e JOIN stored_events s ON s.originator_id = e.stream
        AND s.originator_version = e.version WHERE e.id = ? AND length(s.state) > 0"""
    try:
        with LedgerFile(file) as opened:
            return bool(list(opened.ask(query, (event_id,))))
    except (LedgerError, sqlite3.Error, OSError):
        return False
