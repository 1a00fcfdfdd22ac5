"""Between the options of ``record TYPE`` and an event in the interchange format, both ways."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from policytracker.cli.record_options import DATES, NONE, Spec, specs
from policytracker.cli.record_types import RANGE
from policytracker.events.catalogue import TYPES, name_of
from policytracker.events.dates import iso
from policytracker.events.fields import Event
from policytracker.events.refusals import shown
from policytracker.ledger import clock
from policytracker.questions.asked import in_words
from policytracker.status.entries import Fields


def body_of(kind: type[Event], values: Mapping[str, Any]) -> Fields:
    """The event that option values say. Raises UsageError where two of them exclude each other."""
    body: dict[str, Any] = {"type": name_of(kind)}
    for spec in specs(kind):
        value = values.get(spec.parameter)
        if value is not None and value is not False and value != ():
            _put(body, spec, _READ.get(spec.style, _as_it_is)(spec, value))
    return body


def _put(body: dict[str, Any], spec: Spec, value: Any) -> None:
    *outer, field = spec.path
    part = body
    for name in outer:
        if isinstance(part.get(name), list):
            raise click.UsageError(f"{spec.flag} and {_flag_of(body, name)} exclude each other; give one of them")
        part = part.setdefault(name, {})
    there = part.get(field)
    part[field] = [*there, *value] if isinstance(there, list) else value


def _flag_of(body: Fields, field: str) -> str:
    return next(spec.flag for spec in specs(TYPES[body["type"]]) if spec.path == (field,))


def _as_it_is(spec: Spec, value: Any) -> Any:
    return value


def _text(spec: Spec, value: str) -> str:
    """A text; a day in words is written out where a date is meant."""
    day = in_words(value, clock.today()) if spec.path[-1] in DATES else None
    return value if day is None else iso(day)


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


def _shares(spec: Spec, value: Sequence[tuple[str, Any]]) -> list[Fields]:
    return [{"company": company, "share": share} for company, share in _pairs(spec, value).items()]


def _tests(spec: Spec, value: Sequence[str]) -> list[Fields]:
    return [_where(spec, text) for text in value]


def _where(spec: Spec, text: str) -> Fields:
    """Chips by their attributes: ``TESTS``, ``TESTS of SELECTORS``, or the object as JSON."""
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise click.UsageError(f"{spec.flag}: {shown(text)} is no JSON object; write tests: tpp>=4800,tpp<21000")
        return found
    tests, of, selectors = text.partition(OF)
    where: dict[str, Any] = {"where": ["".join(test.split()) for test in tests.split(",")]}
    return {**where, "of": [each.strip() for each in selectors.split(",")]} if of else where


OF = " of "
"""Between the tests of chips and the selectors of those that are meant."""

_READ: dict[str, Callable[[Spec, Any], Any]] = {
    "text": _text,
    "list": _list,
    "codes": _codes,
    "map": _pairs,
    "numbers": _pairs,
    "shares": _shares,
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
            return [_where_text(spec, item) for item in value if isinstance(item, Mapping)]
        case "map":
            return [f"{key}={item}" for key, item in value.items()]
        case "numbers":
            return [f"{key}={_range_text(item)}" for key, item in value.items()]
        case "shares":
            return [f"{item['company']}={item['share']}" for item in value]
        case "changes":
            return [f"{key}={json.dumps(item, ensure_ascii=False)}" for key, item in value.items()]
        case "range":
            return [_range_text(value)]
        case _:
            return [str(value)]


def _range_text(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    least, most = (str(value.get(end, "")) for end in ("min", "max"))
    return f"{least}{RANGE}{most}"


def _where_text(spec: Spec, item: Fields) -> str:
    """Chips by their attributes, in the short form where that says the same."""
    if all(isinstance(each, str) for each in item.get("of", ())):
        of = f"{OF}{','.join(item['of'])}" if item.get("of") else ""
        text = f"{','.join(item['where'])}{of}"
        if _where(spec, text) == item:
            return text
    return json.dumps(item, ensure_ascii=False)


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
