"""From an event as a person writes it to the interchange format: names become ids, a prefix becomes a target."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields
from policytracker.events.refusals import KeyTwice
from policytracker.questions import names
from policytracker.questions.errors import QuestionError
from policytracker.questions.names import Names
from policytracker.questions.reader import Reader
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields

SPACES = {
    "authority": "authority",
    "companies": "company",
    "except_companies": "company",
    "of": "company",
    "named": "company",
    "excluded": "company",
    "parent": "company",
    "chips": "chip",
    "except_chips": "chip",
    "members": "member",
    "target": "event",
    "about": "event",
}
"""Fields that name what is registered or recorded, and what they name; a member is what its group's kind says."""

_OF_THE_SAME = ("of", "named", "excluded", "company")
"""Fields of a cohort, of a ``where`` and of an owner: they name what the field names that holds them."""
EVENTS = ("target", "about")
Refuse = Callable[[str, str, QuestionError], None]
"""Hears which field, or item of one, holds which text that names nothing, and why."""
DEEPEST = 100
"""More brackets than any field has: such a text is not taken for JSON."""


def finished(reader: Reader, draft: Fields) -> Fields:
    """The event in the interchange format.

    Raises UnknownName, AmbiguousName, NoSuchEvent or AmbiguousEvent.
    """
    found = dict(resolved(reader.directory, draft))
    for field in EVENTS:
        if field in found:
            found[field] = reader.event_id(found[field])
    if "changes" in found:
        found["changes"] = _changes(reader, found["target"], found["changes"])
    return found


def resolved(directory: Names, draft: Fields, refuse: Refuse | None = None) -> Fields:
    """The same event with ids in place of names; selectors stay.

    ``refuse`` hears of each name that leads to no id, which then stays; without it this raises UnknownName,
    AmbiguousName or EmptyName.
    """
    resolving = _Resolving(directory, "chip" if draft.get("kind") == "chip" else "company", refuse)
    subject = REGISTRY_TYPES.get(draft["type"]) if "type" in draft else None
    return {
        field: value if field == subject else resolving.value(_space(field), value, field)
        for field, value in draft.items()
    }


def _space(field: str) -> str:
    """What a field of an event names; ``owners`` has companies in a part of each."""
    return "company" if field == "owners" else SPACES.get(field, "")


class _Resolving(NamedTuple):
    """How names become ids in one event."""

    directory: Names
    members: str
    """What the members of a group are."""
    refuse: Refuse | None

    def value(self, space: str, value: Any, path: str) -> Any:
        """The value of a field, or of a part of one, with ids in place of names."""
        if space in ("", "event"):
            return value
        if isinstance(value, list):
            return [self.value(space, item, f"{path}[{place}]") for place, item in enumerate(value)]
        if isinstance(value, dict):
            spaces = {part: space if part in _OF_THE_SAME else "" for part in value}
            return {part: self.value(spaces[part], item, f"{path}.{part}") for part, item in value.items()}
        return self._text(space, value, path) if isinstance(value, str) else value

    def _text(self, space: str, text: str, path: str) -> str:
        try:
            if space == "authority":
                return names.authority(self.directory, text)
            return _selector(self.directory, self.members if space == "member" else space, text)
        except QuestionError as error:
            if self.refuse is None:
                raise
            self.refuse(path, text, error)
            return text


def _selector(directory: Names, space: str, text: str) -> str:
    kind, colon, rest = text.partition(":")
    if names.folded(text) == "all":
        return "all"
    if space == "company" and colon and kind in ("in", "hq"):
        return text
    if space == "company" and colon and kind == "under":
        return f"under:{names.company(directory, rest)}"
    if space == "company" and colon and kind == "owned":
        return f"owned:{names.member(directory, space, rest)}"
    if space == "chip" and colon and kind == "vendor":
        return text
    return names.member(directory, space, text)


def _changes(reader: Reader, event_id: str, written: Mapping[str, str]) -> Fields:
    """What a correction changes, from ``FIELD=JSON or text``: a field that holds a text takes it without quotes."""
    row = reader.connection.execute("SELECT type FROM entries WHERE id = ?", (event_id,)).fetchone()
    known = fields(TYPES[row[0]])
    return {
        field: _changed(text, field in known and (known[field].kind is str or bool(known[field].choices)))
        for field, text in written.items()
    }


def _changed(text: str, is_text: bool) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=_object) if text.count("[") + text.count("{") <= DEEPEST else text
    except (ValueError, RecursionError) as error:
        if isinstance(error, KeyTwice):
            raise
        return text
    return value if not is_text or value is None or isinstance(value, str) else text


def _object(pairs: list[tuple[str, Any]]) -> Fields:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise KeyTwice(next(key for key in keys if keys.count(key) > 1))
    return dict(pairs)
