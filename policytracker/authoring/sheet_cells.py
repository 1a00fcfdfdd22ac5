"""From the cells of a spreadsheet to the fields of an event: what a cell means depends on the field of its column."""

import json
import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from policytracker.authoring.events import CHANGES, DRAFT, WITHOUT
from policytracker.authoring.values import Refuse
from policytracker.events.catalogue import TYPES
from policytracker.events.describe import field_of, fields
from policytracker.events.refusals import Refused, WrongKind, shown

_WHOLE, _NUMBER = re.compile("-?[0-9]+"), re.compile(r"-?[0-9]+\.[0-9]+")
_OWN: dict[str, Any] = {"type": str, DRAFT: bool, WITHOUT: tuple[str, ...]}
"""Columns that an event has beside the fields of its type."""


def fields_of(kind: str, cells: Mapping[str, Any], refuse: Refuse) -> dict[str, Any]:
    """The fields of an event of a type; ``cells`` are those that hold something, by their columns.

    A dotted column is a part of a field: ``report.publisher``. ``refuse`` hears of what no such event has.
    """
    found: dict[str, Any] = {}
    for column, cell in cells.items():
        *outer, last = path = column.split(".") if not column.startswith(f"{CHANGES}.") else column.split(".", 2)
        wanted = _kind_at(kind, path)
        if wanted is None:
            way_out = "empty the cell, or see `policytracker record` for the fields of each type"
            refuse(WrongKind(column, f"no field of {kind}", str(cell), way_out))
            continue
        part: Any = found
        for name in outer:
            part = part.setdefault(name, {}) if isinstance(part, dict) else None
        if not isinstance(part, dict) or isinstance(part.get(last), dict):
            refuse(WrongKind(column, "a part of a field that another column gives", str(cell), "keep one of the two"))
            continue
        part[last] = _value(wanted, cell)
    return found


def _kind_at(kind: str, path: list[str]) -> Any:
    """The kind of a field, or of a part of one; None where no event of the type has it."""
    found: Any = _OWN.get(path[0]) if len(path) == 1 else None
    if found is not None:
        return found
    found = TYPES[kind]
    if path[0] == CHANGES and kind == "corrected" and len(path) > 1:
        found, path = _holder_of(path[1]), path[1:]
    for name in path:
        found = next((inner for each in _forms(found) if (inner := _part(each, name)) is not None), None)
    return found


def _holder_of(field: str) -> Any:
    """A type that has a field which a correction changes: fields of one name are alike in all types."""
    return next((each for each in TYPES.values() if field in fields(each)), None)


def _part(kind: Any, name: str) -> Any:
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if _is_struct(kind):
        found = fields(kind).get(name)
        return None if found is None else found.kind
    return None


def _forms(kind: Any) -> Iterator[Any]:
    """The forms that a value may take, bare: a cohort or a list of selectors."""
    bare = field_of("", True, kind).kind
    yield from (field_of("", True, each).kind for each in get_args(bare)) if _is_union(bare) else (bare,)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def _value(kind: Any, cell: Any) -> Any:
    """A cell as a field of a kind takes it. What it cannot be stays a text, and the ledger refuses it."""
    if not isinstance(cell, str):
        return cell
    forms = list(_forms(kind))
    has_parts = any(get_origin(form) is dict or _is_struct(form) for form in forms)
    if (cell.startswith("{") and has_parts) or cell.startswith("["):
        return _json(cell) if str not in forms else cell
    if any(get_origin(form) is tuple for form in forms):
        return [_item(item) for item in _items(cell)]
    if any(get_origin(form) is dict for form in forms):
        return _pairs(cell)
    if bool in forms and cell.casefold() in ("true", "false"):
        return cell.casefold() == "true"
    if int in forms or float in forms:
        return int(cell) if _WHOLE.fullmatch(cell) else float(cell) if _NUMBER.fullmatch(cell) else cell
    return cell


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "__struct_fields__")


def _items(cell: str) -> Iterator[str]:
    return (item for part in cell.split(";") if (item := part.strip()))


def _item(item: str) -> Any:
    return _json(item) if item.startswith("{") else item


def _pairs(cell: str) -> Any:
    """``key=wording; key=wording`` as an object; a text that is none stays."""
    pairs = [item.partition("=") for item in _items(cell)]
    return {key.strip(): value.strip() for key, _, value in pairs} if all(sign for _, sign, _ in pairs) else cell


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def no_type(cell: Any) -> Refused:
    """A row whose column ``type`` names no type of event."""
    return WrongKind("type", "no type of event", shown(cell), f"write one of {', '.join(TYPES)}")
