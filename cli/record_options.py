"""The options of ``record TYPE``, made from the fields of the type: nothing here knows any one type.

A report and a quantity are spread into options of their own; a cohort too, as ``--cohort-…``, and what a report says
differently, as ``--instead-…``. A list or an object is one option that may be repeated, in the singular.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from msgspec import Struct

from policytracker.events.describe import Field, field_of, fields
from policytracker.events.fields import Event
from policytracker.questions.drafts import SPACES
from policytracker.status.entries import Fields

ALTERNATIVE = "cohort"
PREFIXED = ("instead",)
"""Parts whose options have the part's name before theirs: what they say is said of the event too."""
NONE = "none"
"""Says that a list is empty, where nothing in it could be called so."""
DATES = ("published", "effective", "until", "launched")
"""Fields that hold dates: their options take a day in words, too."""
SINGULARS = {"names": "name-in", "aliases": "alias"}
"""``--name`` is taken by the name itself."""
TESTED = (
    "whose attributes pass every test: tpp>=4800,tpp<21000; "
    "only some of them: tpp<21000 of vendor:Nvidia,h20; "
    "repeat it for chips that pass other tests"
)
WRITTEN = {
    "numbers": "any of {parts}, as key=number; a range as key=18000..21000, key=18000.. or key=..21000",
    "shares": "{described}: acme=55",
    "range": "{described}: 3, 9..11, 9.. or ..11",
}
"""How values of a style are written, beside what their field is."""


class Spec(NamedTuple):
    """One option, and the place in the event that it fills."""

    flag: str
    path: tuple[str, ...]
    """The field, and the fields within it."""
    style: str
    """How it is read and written, see ``record_values``."""
    description: str
    choices: tuple[str, ...]
    required: bool
    """Whether every event of the type needs it, or one of ``others``."""
    within: bool
    """Whether its part needs it once anything else of the part is given."""
    space: str
    """What it names, of what is registered or recorded; "" for none."""
    others: tuple[str, ...] = ()

    @property
    def parameter(self) -> str:
        """Its name among the values that click hands over."""
        return self.flag.lstrip("-").replace("-", "_")


@cache
def specs(kind: type[Event]) -> tuple[Spec, ...]:
    """The options of a type: those that every event of it needs first, the report's after the event's own."""
    found = [spec for field in fields(kind).values() for spec in _spread(field, (), field.required)]
    return tuple(
        sorted(found, key=lambda spec: (spec.path[0] in ("ref", "note"), not spec.required, spec.path[0] == "report"))
    )


def missing(kind: type[Event], body: Fields, only: Sequence[str] | None = None) -> list[str]:
    """What an event still needs, as its options are called; ``only`` of some fields, where they are given."""
    found = []
    for spec in specs(kind):
        if only is not None and spec.path[0] not in only:
            continue
        part = body.get(spec.path[0])
        if len(spec.path) == 2 and spec.within:
            lacks = spec.path[1] not in part if isinstance(part, dict) else part is None and spec.required
        else:
            lacks = part is None and spec.required
        if lacks:
            found.append(f"{spec.flag} (or {', '.join(spec.others)})" if spec.others else spec.flag)
    return found


def _spread(field: Field, above: tuple[str, ...], required: bool) -> Iterator[Spec]:
    path = (*above, field.name)
    if get_origin(field.kind) in (Union, UnionType) and not _is_range(field.kind):
        yield from _either(field, path, required)
    elif _is_part(field.kind) and not _is_numbers(field.kind):
        found = _parts(field, path, required)
        yield from (_prefixed(spec, field.name) for spec in found) if field.name in PREFIXED else found
    else:
        yield from _single(field, path, required, bool(above) and field.required)


def _prefixed(spec: Spec, name: str) -> Spec:
    return spec._replace(flag=f"--{name}-{spec.flag.lstrip('-')}")


def _parts(field: Field, path: tuple[str, ...], required: bool) -> Iterator[Spec]:
    """A part by its own fields; where none of them is required, any one of them makes the part."""
    parts = list(fields(field.kind).values())
    found = [spec for part in parts for spec in _spread(part, path, required and part.required)]
    if required and not any(part.required for part in parts):
        found[0] = found[0]._replace(required=True, others=tuple(spec.flag for spec in found[1:]))
    yield from found


def _either(field: Field, path: tuple[str, ...], required: bool) -> Iterator[Spec]:
    """A list of selectors, or a cohort."""
    plain, part = (field_of(field.name, field.required, option) for option in get_args(field.kind))
    cohort = [_prefixed(spec._replace(flag=spec.path[-1]), ALTERNATIVE) for spec in _parts(part, path, False)]
    needed = tuple(spec.flag for spec in cohort if spec.within) if required else ()
    yield from (spec._replace(others=needed) for spec in _single(plain, path, required, False))
    yield from cohort


def _single(field: Field, path: tuple[str, ...], required: bool, within: bool) -> Iterator[Spec]:
    style, space = _style(field), SPACES.get(field.name, "")
    flag = f"--{_word(field.name, style).replace('_', '-')}"
    spec = Spec(flag, path, style, _description(field, style), field.choices, required, within, space)
    if style != "list" or not any(_is_part(item) for item in _items(field.kind)):
        yield spec
        return
    tests = flag.replace("chip", "where")
    described, says_forms, _ = field.description.partition(", or {")
    words = f"chips {TESTED}" if says_forms else f"{described}: those {TESTED}"
    yield spec._replace(others=(tests,) if required else (), description=described)
    yield Spec(tests, path, "tests", words, (), False, False, "")


def _description(field: Field, style: str) -> str:
    if style not in WRITTEN:
        return field.description
    parts = ", ".join(fields(field.kind)) if style == "numbers" else ""
    return WRITTEN[style].format(parts=parts, described=field.description)


def _style(field: Field) -> str:
    if field.choices:
        return "choice"
    if _is_range(field.kind):
        return "range"
    if _is_part(field.kind):
        return "numbers"
    origin = get_origin(field.kind) or field.kind
    if origin is dict:
        return "map" if get_args(field.kind)[1] is str else "changes"
    if origin is tuple and all(_is_share(item) for item in _items(field.kind)):
        return "shares"
    if origin is tuple and any(_excludes(item, NONE) for item in get_args(field.kind)):
        return "codes"
    return {str: "text", bool: "flag", int: "whole", tuple: "list"}[origin]


def _excludes(item: Any, word: str) -> bool:
    """Whether the pattern of an item says that it cannot be a word."""
    extras = get_args(item)[1:] if get_origin(item) is Annotated else ()
    return any(getattr(extra, "pattern", None) and not re.search(extra.pattern, word) for extra in extras)


def _word(name: str, style: str) -> str:
    """A field's name, in the singular where its option may be repeated."""
    if style not in ("list", "map", "numbers", "shares", "changes"):
        return name
    if name in SINGULARS:
        return SINGULARS[name]
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _items(kind: Any) -> tuple[Any, ...]:
    """What a list may hold."""
    if get_origin(kind) is not tuple:
        return ()
    item = get_args(kind)[0]
    return get_args(item) if get_origin(item) in (Union, UnionType) else (item,)


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _is_numbers(kind: Any) -> bool:
    """Whether a part holds nothing but numbers and ranges of them, as attributes do."""
    found = [field.kind for field in fields(kind).values()]
    return len(found) > 3 and all(_is_range(each) or _is_number(each) for each in found)


def _is_range(kind: Any) -> bool:
    """Whether a value is a number, or a range with ``min`` and ``max``."""
    options = get_args(kind) if get_origin(kind) in (Union, UnionType) else ()
    return any(_is_part(option) for option in options) and all(
        _is_number(option) or (_is_part(option) and set(fields(option)) == {"min", "max"}) for option in options
    )


def _is_number(kind: Any) -> bool:
    bare = field_of("", True, kind)
    return bare.kind in (int, float) or all(isinstance(choice, int) for choice in bare.choices or ("",))


def _is_share(kind: Any) -> bool:
    """Whether an item is a number by the id of a company."""
    return _is_part(kind) and set(fields(kind)) == {"company", "share"}
