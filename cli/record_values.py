"""Between the options of ``record TYPE`` and an event in the interchange format, both ways."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from policytracker.cli.record_options import NONE, Spec, specs
from policytracker.events.catalogue import TYPES, name_of
from policytracker.events.fields import Event
from policytracker.events.refusals import shown
from policytracker.status.entries import Fields


class Whole(click.ParamType[Any]):
    """A whole number, in plain digits."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not re.fullmatch("-?[0-9]{1,16}", value):
            self.fail(f"{shown(value)} is no whole number; write digits: 200000", param, ctx)
        return int(value)


class Pair(click.ParamType[Any]):
    """``KEY=TEXT``, as a pair."""

    def __init__(self, name: str, number: bool = False) -> None:
        self.name = name
        self.number = number

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        key, sign, text = value.partition("=")
        if not sign or not key:
            self.fail(f"{shown(value)} is no pair; write {self.name}", param, ctx)
        if not self.number:
            return key, text
        if not re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,16})?", text):
            self.fail(f"{shown(text)} is no number; write digits: {key}=4992 or {key}=6.04", param, ctx)
        return key, float(text) if "." in text else int(text)


def body_of(kind: type[Event], values: Mapping[str, Any]) -> Fields:
    """The event that option values say. Raises UsageError where two of them exclude each other."""
    body: dict[str, Any] = {"type": name_of(kind)}
    for spec in specs(kind):
        value = values.get(spec.parameter)
        if value is not None and value is not False and value != ():
            _put(body, spec, _READ.get(spec.style, _as_it_is)(spec, value))
    return body


def _put(body: dict[str, Any], spec: Spec, value: Any) -> None:
    field, *inner = spec.path
    there = body.get(field)
    if inner:
        if isinstance(there, list):
            raise click.UsageError(f"{spec.flag} and {_flag_of(body, field)} exclude each other; give one of them")
        body.setdefault(field, {})[inner[0]] = value
    else:
        body[field] = [*there, *value] if isinstance(there, list) else value


def _flag_of(body: Fields, field: str) -> str:
    return next(spec.flag for spec in specs(TYPES[body["type"]]) if spec.path == (field,))


def _as_it_is(spec: Spec, value: Any) -> Any:
    return value


def _list(spec: Spec, value: Sequence[str]) -> list[str]:
    return list(value)


def _codes(spec: Spec, value: Sequence[str]) -> list[str]:
    return [] if list(value) == [NONE] else list(value)


def _pairs(spec: Spec, value: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in value]
    for key in keys:
        if keys.count(key) > 1:
            raise click.UsageError(f"{spec.flag} names {shown(key)} twice; keep one of them")
    return dict(value)


def _tests(spec: Spec, value: Sequence[str]) -> list[dict[str, list[str]]]:
    return [{"where": ["".join(test.split()) for test in text.split(",")]} for text in value]


_READ: dict[str, Callable[[Spec, Any], Any]] = {
    "list": _list,
    "codes": _codes,
    "map": _pairs,
    "numbers": _pairs,
    "changes": _pairs,
    "tests": _tests,
}


def arguments_of(fields: Fields) -> list[str]:
    """The arguments of ``record`` that say an event, given in the interchange format; the type comes first."""
    kind = TYPES[fields["type"]]
    return [fields["type"], *(word for spec in specs(kind) for word in _words(spec, fields))]


def _words(spec: Spec, fields: Fields) -> Iterator[str]:
    value: Any = fields
    for name in spec.path:
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or (isinstance(value, Mapping) and spec.style == "list"):
        return
    if spec.style == "flag":
        yield from [spec.flag] if value else []
        return
    for text in _written(spec, value):
        yield from (spec.flag, text)


def _written(spec: Spec, value: Any) -> list[str]:
    match spec.style:
        case "list":
            return [item for item in value if isinstance(item, str)]
        case "codes":
            return list(value) or [NONE]
        case "tests":
            return [",".join(item["where"]) for item in value if isinstance(item, Mapping)]
        case "map" | "numbers":
            return [f"{key}={item}" for key, item in value.items()]
        case "changes":
            return [f"{key}={json.dumps(item, ensure_ascii=False)}" for key, item in value.items()]
        case _:
            return [str(value)]


MADE_UP: tuple[Fields, ...] = (
    {"type": "retracted", "target": "cn-2026-01-28-queue"},
    {
        "type": "conditions-met",
        "target": "cn-2026-01-30-deepseek",
        "conditions": ["conditions-open"],
        "report": {"publisher": "Caixin", "published": "2026-02-03"},
    },
)
"""Examples of what did not happen in the shipped history."""


def example_of(name: str) -> list[str]:
    """The arguments that say the shortest event of a type in the shipped history, under no ref; [] for none."""
    from policytracker.questions.history import shipped_lines

    lines = (*(json.loads(line.text) for line in shipped_lines()), *MADE_UP)
    found = [arguments_of(_short(line)) for line in lines if line["type"] == name]
    return min(found, key=lambda words: len(" ".join(words)), default=[])


def _short(fields: Fields) -> Fields:
    """An event without what an example can do without."""
    kept = {key: value for key, value in fields.items() if key not in ("ref", "note", "url", "archived", "title")}
    if "report" in kept:
        kept["report"] = _short(kept["report"])
    return kept
