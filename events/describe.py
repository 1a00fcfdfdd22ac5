"""What the fields of a type are, in words: for messages, for the JSON Schema, for the options of ``record``."""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from policytracker.events.fields import Event


class Field(NamedTuple):
    """One field of an event or of a part of one."""

    name: str
    required: bool
    description: str
    choices: tuple[str, ...]
    kind: Any
    """Its type without annotations and without None."""


WRITTEN_BY_EXPORT = {
    "id": {"description": "the event's id; ignored by import", "type": ["string", "null"]},
    "recorded": {"description": "when it was recorded; ignored by import", "type": ["string", "null"]},
}


@cache
def fields(record: type[msgspec.Struct]) -> dict[str, Field]:
    """The fields of a record, required ones first, then in the order in which they are declared."""
    hints = get_type_hints(record, include_extras=True)
    found = [field_of(field.name, field.required, hints[field.name]) for field in msgspec.structs.fields(record)]
    return {field.name: field for field in sorted(found, key=lambda field: not field.required)}


def schema(kinds: tuple[type[Event], ...]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one type, or of any of several, as ``export`` writes and ``import`` reads."""
    wanted = kinds[0] if len(kinds) == 1 else Union[kinds]  # noqa: UP007 - made at run time
    document = msgspec.json.schema(wanted)
    for kind in kinds:
        document["$defs"][kind.__name__]["properties"].update(WRITTEN_BY_EXPORT)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}


def field_of(name: str, required: bool, hint: Any) -> Field:
    """A field, or one of the forms that it may take, from its type with annotations."""
    descriptions: list[str] = []
    kind = _bare(hint, descriptions)
    choices = tuple(get_args(kind)) if get_origin(kind) is Literal else ()
    return Field(name, required, descriptions[0] if descriptions else "", choices, kind)


def _bare(hint: Any, descriptions: list[str]) -> Any:
    if get_origin(hint) is Annotated:
        inner, *extras = get_args(hint)
        outermost_first = reversed(extras)
        descriptions += [extra.description for extra in outermost_first if getattr(extra, "description", None)]
        return _bare(inner, descriptions)
    if get_origin(hint) in (Union, UnionType):
        options = [option for option in get_args(hint) if option is not NoneType]
        if len(options) == 1:
            return _bare(options[0], descriptions)
        for option in options:
            _bare(option, descriptions)
        return Union[tuple(options)]  # noqa: UP007 - made at run time
    return hint
