"""For cog: what each command prints with --json, from the types of the answers; and the exit codes."""

import json
import re
import shlex
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, get_type_hints

from docs.shown import answer_of
from docs.structs import parts_of
from policytracker.cli.exit_codes import OF_ANY, OF_COMMAND
from policytracker.cli.json_shapes import BY_COMMAND, EVENTS_IN, PLACE, parts
from policytracker.status.words import STATUSES

POINT = "--at 2026-01-28 --known 2026-01-28"
RECORD = (
    "record blocked --authority cn-regulators --company tencent --chip h200 --effective 2026-10-01 "
    "--publisher Reuters --published 2026-10-02"
)
EXAMPLES = {
    "state": f"state Tencent H200 {POINT}",
    "matrix": f"matrix --company Tencent --chip H20 --chip H200 {POINT}",
    "check": f"check Tencent H200 {POINT}",
    "why": f"why Tencent H200 {POINT}",
    "timeline": "timeline JD H200 --from 2026-03",
    "diff": "diff Tencent H200 --at 2026-01-28 --known 2026-01-28T12:00Z --to-known 2026-01-28",
    "conflicts": f"conflicts --chip H200 {POINT}",
    "claims": f"claims --company Tencent --chip H200 --type batch-approved {POINT}",
    "quantities": f"quantities H200 {POINT}",
    "companies": f"companies Inspur {POINT}",
    "chips": f"chips H800 {POINT}",
    "authorities": f"authorities {POINT}",
    "log": "log --type batch-approved --limit 1",
    "show": "show cn-2026-01-28-batch --known 2026-01-28",
    "search": "search 腾讯",
    "digest": "digest --since 2026-05-10 --at 2026-10-09 --company Tencent --chip H200",
    "brief": f"brief Tencent H200 {POINT}",
    "record": RECORD,
    "record --dry-run": f"{RECORD} --dry-run",
    "upgrade": "upgrade",
    "verify": "verify",
    "backup": "backup policy.backup",
    "restore": "restore policy.backup",
    "doctor": "doctor",
    "where": "where",
}
"""A question to the shipped history for each command that has --json."""
OF_A_LEDGER = ("record", "upgrade", "backup", "restore", "doctor", "where")
"""Commands whose answers tell of a ledger as such."""
DIFFERING = ("identity", "root", "ledger", "read_models", "backup", "checkpoint", "bytes", "says", "do")
"""Fields of these answers that differ from ledger to ledger, or from machine to machine."""
DEEPEST = 2
"""An object or a list further down is left out."""
LONGEST = 48
ID = 12
"""So many characters of an id are shown."""
MORE = "…"
WIDTH = 118
TYPES = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null", "number": "number"}
SUMMARIES = {*STATUSES, "uncertain", "unknown"}


def commands() -> None:
    """Print, for each command, what its objects hold, and an example."""
    shown: dict[Any, str] = {}
    for command, shape in BY_COMMAND.items():
        print(f"### {command}\n")
        if shape.kind in shown:
            print(f"The objects are those of {_to(shown[shape.kind])}.\n")
        else:
            base = max((kind for kind in shown if _extends(shape.kind, kind)), key=_count, default=None)
            more = f" It has the fields of {_to(shown[base])}, and these:" if base else ""
            one = " The array has one object." if shape.is_one else ""
            print(f"{_sentence(shape.kind)}{one}{more}\n")
            _print_fields(shape.kind, get_type_hints(base) if base else {})
            shown[shape.kind] = command
        _print_example(command)


def _to(command: str) -> str:
    return f"[{command}](#{_anchor(command)})"


def _extends(kind: Any, base: Any) -> bool:
    return get_type_hints(base).items() < get_type_hints(kind).items()


def _count(kind: Any) -> int:
    return len(get_type_hints(kind))


def shared_parts() -> None:
    """Print what the objects of commands are made of."""
    tops = [shape.kind for shape in BY_COMMAND.values()]
    for kind in sorted({part for top in tops for part in parts_of(top)} - set(tops), key=_name):
        print(f"### {_name(kind)}\n\n{_sentence(kind)}\n")
        _print_fields(kind)


def exit_codes() -> None:
    """Print the exit codes of any command, then those of some."""
    print("| code | command | means |\n| --- | --- | --- |")
    for code, means in OF_ANY.items():
        print(f"| {code} | any | {means} |")
    for command, codes in OF_COMMAND.items():
        for code, means in codes.items():
            print(f"| {code} | `{command}` | {means} |")


def _print_fields(kind: Any, without: Mapping[str, Any] = MappingProxyType({})) -> None:
    schema = _schemas()[_name(kind)]
    print("| field | value | meaning |\n| --- | --- | --- |")
    for field in [each for each in get_type_hints(kind) if each not in without]:
        told = schema["properties"][field]
        value = _value(told) + ("" if field in schema["required"] else ", or absent")
        print(f"| `{field}` | {value} | {told.get('description', '').replace('|', '/')} |")
    if kind in EVENTS_IN:
        print("| … | | every other field that the event has, as [Event types](events.md) says |")
    print()


def _value(schema: Mapping[str, Any]) -> str:
    """What may stand in a field."""
    if "$ref" in schema:
        return _link(schema["$ref"].removeprefix(PLACE))
    if "anyOf" in schema:
        kept = {key: schema[key] for key in ("format",) if key in schema}
        return " or ".join(
            _value({**each, **kept} if each.get("type") == "string" else each) for each in schema["anyOf"]
        )
    if "enum" in schema:
        return _words(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_value(schema['items'])}"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"object of {_value(inner)}" if inner else "object"
    return str(schema.get("format") or TYPES[schema["type"]])


def _words(values: list[Any]) -> str:
    words = {value for value in values if value is not None}
    *others, last = [f"`{value}`" for value in values if value is not None]
    told = f"{', '.join(others)} or {last}" if others else last
    if words in ({*STATUSES}, SUMMARIES):
        told = "status" if words == {*STATUSES} else "status, `uncertain` or `unknown`"
    return f"{told} or null" if None in values else told


def _link(name: str) -> str:
    of_command = next((command for command, shape in BY_COMMAND.items() if _name(shape.kind) == name), name)
    return f"[{name}](#{_anchor(of_command)})"


def _anchor(heading: str) -> str:
    return re.sub("[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _sentence(kind: Any) -> str:
    told = " ".join(str(_schemas()[_name(kind)]["description"]).split())
    return re.sub(", as of `[^`]+`", "", told)


def _name(kind: Any) -> str:
    return str(kind.__name__)


@cache
def _schemas() -> dict[str, Any]:
    return parts(dict.fromkeys(shape.kind for shape in BY_COMMAND.values()))


def _print_example(command: str) -> None:
    """Print a command and the first object of its answer, shortened."""
    line = f"{EXAMPLES[command]} --json"
    rows = json.loads(_answer(command, shlex.split(line)))
    text = json.dumps([_short(command, row) for row in rows[:1]], ensure_ascii=False)
    text = text.replace(f'"{MORE}"', MORE)
    if len(rows) > 1:
        text = f"{text[:-1]}, {MORE}]"
    folded = textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    print("\n".join(["```console", f"$ policytracker {line}", *folded, "```\n"]))


def _answer(command: str, words: list[str]) -> str:
    if command not in OF_A_LEDGER:
        return answer_of(*words)
    with TemporaryDirectory() as folder:
        if command == "restore":
            answer_of("backup", "policy.backup", folder=folder)
            return answer_of(*words, ledger="restored.ledger", folder=folder)
        return answer_of(*words, copied=command == "record", folder=folder)


def _short(command: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """An object without what is too long to show, and without what differs each time."""
    differing = {"recorded", *(DIFFERING if command in OF_A_LEDGER else ())}
    return {name: MORE if name in differing and value else _cut(value, 1) for name, value in row.items()}


def _cut(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        if re.fullmatch("[0-9a-f]{64}", value):
            return f"{value[:ID]}{MORE}"
        return f"{value[:LONGEST]}{MORE}" if len(value) > LONGEST else value
    if not isinstance(value, list | dict) or not value:
        return value
    if depth > DEEPEST:
        return MORE
    return list(_items(value, depth)) if isinstance(value, list) else {n: _cut(v, depth + 1) for n, v in value.items()}


def _items(values: list[Any], depth: int) -> Iterator[Any]:
    """The first item; all where they are short texts, as statuses are."""
    most = len(values) if all(isinstance(each, str) and len(each) < LONGEST for each in values) else 1
    for value in values[:most]:
        yield _cut(value, depth + (not isinstance(value, str)))
    if len(values) > most:
        yield MORE
