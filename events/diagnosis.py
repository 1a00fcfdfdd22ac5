"""What is wrong with a line that is no event: all its faults at once, in the words of interchange.md.

The decoder stops at the first fault, and speaks of its own types. So a line that it does not take is looked at again,
field by field. Only refused lines come here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import inspect

from policytracker.events.describe import fields
from policytracker.events.fields import Event
from policytracker.events.refusals import BadText, FieldMissing, FieldUnknown, Refused, Rest, WrongKind
from policytracker.events.selectors import check_chip_id, check_company_selector, test

_WORDS = {
    "id": ("no id", "write lower-case letters, digits, - and ."),
    "jurisdiction": ("no jurisdiction", "write two capital letters, ISO 3166-1: CN; XX where it is not known"),
    "Admiralty code": ("no Admiralty code", "write a letter from A (best) to F, and a digit from 1 to 6: B2"),
}
_PARTS = {
    "Report": "report",
    "Range": "quantity",
    "Cohort": "cohort",
    "CountRange": "count",
    "Where": "where",
    "Owner": "owner",
    "Attributes": "attributes",
    "Bounds": "range",
    "Instead": "instead",
}
"""What parts of events are called in messages."""
_KINDS: dict[type[inspect.Type], tuple[type, ...]] = {
    inspect.StrType: (str,),
    inspect.IntType: (int,),
    inspect.FloatType: (float, int),
    inspect.BoolType: (bool,),
    inspect.VarTupleType: (list,),
    inspect.DictType: (dict,),
    inspect.StructType: (dict,),
}
_NAMES: dict[type[inspect.Type], str] = {
    inspect.StrType: "a text",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.BoolType: "true or false",
    inspect.VarTupleType: "a list",
    inspect.DictType: "an object",
    inspect.StructType: "an object",
}
_READ: dict[str, Callable[[str], object]] = {
    "company selector": check_company_selector,
    "chip selector": check_chip_id,
    "test": test,
}
"""Texts with a form that no pattern tells."""
Found = Iterator[Refused]
About = dict[str, Any]


def faults_of(kind: type[Event], body: dict[str, Any]) -> tuple[list[Refused], Rest]:
    """The faults of each field of a line by itself, and what its other fields say. Nulls are left out before."""
    known = inspect.type_info(kind)
    assert isinstance(known, inspect.StructType)
    said = {name: value for name, value in body.items() if name != "type"}
    return _struct("", str(kind.__struct_config__.tag), known, said)


def top(path: str) -> str:
    """The outermost field on the way to one at fault."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def _struct(path: str, owner: str, kind: inspect.StructType, body: dict[str, Any]) -> tuple[list[Refused], Rest]:
    names = [field.name for field in sorted(kind.fields, key=lambda field: not field.required)]
    found: list[Refused] = [FieldUnknown(_join(path, name), owner, names) for name in body if name not in names]
    types = {field.name: field.type for field in msgspec.structs.fields(kind.cls)}
    values: dict[str, Any] = {}
    faulty: set[str] = set()
    for field in kind.fields:
        faults = list(_field(path, owner, kind, field, body))
        found += faults
        if faults:
            faulty.add(field.name)
        if field.name in body and not faults:
            values[field.name] = msgspec.convert(body[field.name], type=types[field.name])
        elif field.required:
            values[field.name] = _stand_in(field.type)
    return found, Rest(kind.cls(**values), frozenset(faulty))


def _field(path: str, owner: str, struct: inspect.StructType, field: inspect.Field, body: dict[str, Any]) -> Found:
    inner = _join(path, field.name)
    if field.name in body:
        yield from _value(inner, field.type, body[field.name], {"choices": fields(struct.cls)[field.name].choices})
    elif field.required:
        yield FieldMissing(inner, owner)


def _value(path: str, kind: inspect.Type, value: Any, about: About) -> Found:
    """The faults of one value; ``about`` is what annotations say of it, the outer ones first."""
    forms = list(_forms(kind, about))
    for form, said in forms:
        if isinstance(form, inspect.AnyType | inspect.LiteralType) or _is_of(form, value):
            yield from _formed(path, form, value, said)
            return
    names = {_NAMES[type(form)] for form, _ in forms}
    if "a number" in names:
        names.discard("a whole number")
    form, said = forms[0]
    yield WrongKind(path, f"not {' or '.join(sorted(names))}", value, _give(form, said))


def _forms(kind: inspect.Type, about: About) -> Iterator[tuple[inspect.Type, About]]:
    """The forms that a value may take, each with what is said of it."""
    if isinstance(kind, inspect.Metadata):
        yield from _forms(kind.type, {**(kind.extra_json_schema or {}), **(kind.extra or {}), **about})
    elif isinstance(kind, inspect.UnionType):
        for option in kind.types:
            yield from _forms(option, about)
    elif not isinstance(kind, inspect.NoneType):
        yield kind, about


def _formed(path: str, form: inspect.Type, value: Any, about: About) -> Found:
    """The faults of a value that has the kind wanted."""
    if isinstance(form, inspect.LiteralType):
        if not any(type(value) is type(choice) and value == choice for choice in form.values):
            choices = about.get("choices") or form.values
            yield WrongKind(path, "no word for it", value, f"use one of: {', '.join(map(str, choices))}")
    elif isinstance(form, inspect.StrType):
        yield from _text(path, form, value, about)
    elif isinstance(form, inspect.IntType):
        if form.ge is not None and value < form.ge:
            yield WrongKind(path, f"below {form.ge}", value, _give(form, about))
    elif isinstance(form, inspect.StructType):
        yield from _part(path, form, value)
    elif isinstance(form, inspect.VarTupleType | inspect.DictType):
        yield from _items(path, form, value, about)


def _text(path: str, kind: inspect.StrType, value: str, about: About) -> Found:
    read = _READ.get(about.get("is", ""))
    if read is not None:
        try:
            read(value)
        except Refused as refused:
            yield refused.within(path.partition("[")[0])
    elif about.get("is") == "ref":
        yield from _ref(path, value)
    elif kind.pattern is not None and not re.search(kind.pattern, value):
        why, way_out = _WORDS[about["is"]]
        yield WrongKind(path, why, value, way_out)
    elif kind.min_length is not None and len(value) < kind.min_length:
        yield WrongKind(path, "an empty text", value, _give(kind, about))
    elif kind.max_length is not None and len(value) > kind.max_length:
        yield BadText(path, f"a text of {len(value):,} characters", f"keep it within {kind.max_length:,}")


def _ref(path: str, value: str) -> Found:
    if re.fullmatch("[0-9a-fA-F]+", value):
        why = "hexadecimal digits alone could be taken for the beginning of an id"
        yield WrongKind(
            path, why, value, f"write {value}-1, or another name" if value[0].isalpha() else f"write r{value}"
        )
    elif not re.fullmatch("[A-Za-z0-9_.-]+", value):
        yield WrongKind(path, "no ref", value, "write a letter, then letters, digits, -, _ and .")


def _items(path: str, kind: inspect.VarTupleType | inspect.DictType, value: Any, about: About) -> Found:
    if kind.min_length is not None and len(value) < kind.min_length:
        yield WrongKind(path, "nothing in it", value, _give(kind, about))
    inner = {"description": about.get("description")}
    if isinstance(kind, inspect.DictType):
        for key, item in value.items():
            yield from _value(_join(path, key), kind.value_type, item, inner)
        return
    for place, item in enumerate(value):
        yield from _value(f"{path}[{place}]", kind.item_type, item, inner)


def _part(path: str, kind: inspect.StructType, value: dict[str, Any]) -> Found:
    """The faults of a part: of its fields one by one, and of what those make that are right."""
    faults, rest = _struct(path, _PARTS.get(kind.cls.__name__, "part"), kind, value)
    yield from faults
    for fault in (*rest.event.faults(), *rest.event.new_faults()):
        # What is said of the part as a whole may only come of a field that was left out here.
        if top(fault.field) not in rest.faulty and (fault.field or not faults):
            yield fault.within(path)


def _is_of(kind: inspect.Type, value: Any) -> bool:
    """Whether a value as decoded from JSON has the kind that a type wants: true is no number."""
    kinds = _KINDS[type(kind)]
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _give(kind: inspect.Type, about: About) -> str:
    """The way out that a field's description gives."""
    if about.get("description"):
        return f"give {about['description']}"
    if isinstance(kind, inspect.StructType):
        needed = [field.name for field in kind.fields if field.required] or [field.name for field in kind.fields]
        return f"give an object with {', '.join(needed)}"
    return f"give {_NAMES[type(kind)]}"


def _stand_in(kind: inspect.Type) -> Any:
    """A value for a field that is missing or wrong, so that the others can be looked at. It is never told or stored."""
    form, _ = next(_forms(kind, {}))
    if isinstance(form, inspect.LiteralType):
        return form.values[0]
    if isinstance(form, inspect.StructType):
        return form.cls(**{field.name: _stand_in(field.type) for field in form.fields if field.required})
    return {inspect.VarTupleType: ("all",), inspect.DictType: {"-": "-"}, inspect.StrType: "2026"}.get(type(form), 1)


def _join(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
