"""For cog: the answers of the Python API, as frozen classes made from the types of what the questions give."""

import inspect
import textwrap
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from policytracker.questions.answers import (
    CellChange,
    CellInterval,
    CellState,
    CheckedCell,
    Day,
    MatrixRow,
    Possible,
)
from policytracker.questions.conflict_answers import Conflict
from policytracker.questions.difference_answers import Became, CellStep
from policytracker.questions.digest_answers import Brief, BriefKind, Digest, DigestKind
from policytracker.questions.quantity_answers import QuantityRange
from policytracker.questions.why_answers import GateExplanation
from policytracker.status.words import Status, Summary
from policytracker.web.schemas import descriptions

NAMED = {
    Status: "Status",
    Summary: "Summary",
    DigestKind: "DigestKind",
    BriefKind: "BriefKind",
    Became: "Became",
}
"""Sets of words that have a name."""
WIDTH = 120


ANSWERS = (
    CellState,
    CheckedCell,
    MatrixRow,
    CellInterval,
    CellChange,
    CellStep,
    GateExplanation,
    QuantityRange,
    Conflict,
    Digest,
    Brief,
)
"""What methods of ``policytracker.Ledger`` give; of these, and of what they are made of, there are classes."""


def structs(name: str) -> None:
    """Print a class for each answer of a module of ``policytracker.questions``."""
    wanted = dict.fromkeys(part for answer in ANSWERS for part in parts_of(answer))
    module = import_module(f"policytracker.questions.{name}")
    for kind in vars(module).values():
        if is_typeddict(kind) and kind in wanted and kind.__module__ == module.__name__:
            print("\n".join(("", "", *_lines(kind))))
    print("\n")


def parts_of(hint: Any) -> Iterator[Any]:
    """The classes of objects of which an answer is made, itself included."""
    if is_typeddict(hint):
        yield hint
    for part in get_type_hints(hint).values() if is_typeddict(hint) else get_args(hint):
        yield from parts_of(part)


def _lines(kind: Any) -> Iterator[str]:
    yield f"class {kind.__name__}(Answer, frozen=True, kw_only=True):"
    yield from _text(inspect.cleandoc(kind.__doc__ or ""))
    yield ""
    texts = descriptions(kind)
    for field, hint in get_type_hints(kind, include_extras=True).items():
        yield f"    {_field(kind, field, hint)}"
        if field in texts:
            yield from _text(texts[field])


def _field(kind: Any, field: str, hint: Any) -> str:
    optional = field in kind.__optional_keys__
    kind_of = _type(get_args(hint)[0] if get_origin(hint) is NotRequired else hint)
    if field == "from":
        return f'from_: {kind_of} = field(name="from")'
    return (
        f"{field}: {kind_of} | None = None"
        if optional and "None" not in kind_of
        else f"{field}: {kind_of}" + (" = None" if optional else "")
    )


def _type(hint: Any) -> str:
    if hint in NAMED:
        return NAMED[hint]
    if hint == Day:
        return "date"
    if hint == Possible:
        return "tuple[Status, ...]"
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(parts[0])
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(map(_type, parts)))
    if origin is Literal:
        return f"Literal[{', '.join(_quoted(part) for part in parts)}]"
    if origin is list:
        return f"tuple[{_type(parts[0])}, ...]"
    if origin is dict:
        return f"dict[{', '.join(map(_type, parts))}]"
    return {NoneType: "None", Any: "Any", date: "date"}.get(hint) or str(hint.__name__)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _text(text: str) -> Iterator[str]:
    *lines, last = textwrap.wrap(f'"""{text}', WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
    yield from (*lines, f'{last}"""')
