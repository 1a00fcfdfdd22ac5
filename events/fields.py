"""The kinds of fields that events are made of, with the words that explain them.

The descriptions serve the JSON Schema (``policytracker schema``) and the help of ``record`` alike. A pattern says what
was ever stored; what only a new event is held to stands in ``Event.new_faults``.
"""

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_letters
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from policytracker.events.codes import CHIPS, unit_faults
from policytracker.events.dates import is_open, span
from policytracker.events.refusals import (
    BackwardsTime,
    BadDate,
    BadRange,
    BadScope,
    Refused,
    WrongKind,
    together,
)

_ID_WORDS = "lower-case letters, digits, - and ."
Id = Annotated[str, Meta(pattern="^[a-z0-9.-]+$", description=f"an id: {_ID_WORDS}", extra={"is": "id"})]
_LETTERS = frozenset(ascii_letters)
Ref = Annotated[
    str,
    Meta(
        pattern="^(?![0-9a-fA-F]+$)[A-Za-z0-9_.-]+$",
        description="a short name, unique in the ledger, by which other lines may target this event",
        extra_json_schema={"pattern": "^(?![0-9a-fA-F]+$)[A-Za-z][A-Za-z0-9_.-]*$"},
        extra={"is": "ref"},
    ),
]
Country = Annotated[
    str,
    Meta(
        pattern="^[A-Z]{2}$",
        description="a jurisdiction, ISO 3166-1 alpha-2: CN; XX where it is not known",
        extra={"is": "jurisdiction"},
    ),
]
Name = Annotated[str, Meta(min_length=1, description="the name people use")]
Names = Annotated[dict[str, str], Meta(description="names by language: zh=腾讯")]
_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
_INSTANT = f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})"
_DATES = "a day, month, year or interval: 2026-01-28, 2026-01, 2026-01-12/2026-01-14"


def _dated(description: str, pattern: str = f"{_DAY}(/{_DAY})?") -> Meta:
    return Meta(description=description, extra_json_schema={"pattern": f"^({pattern})$"})


Date = Annotated[str, _dated(_DATES)]
Effective = Annotated[
    str,
    _dated(
        f"from when it holds: {_DATES}; ../2026-06-29 for a day up to then that nobody names",
        f"{_DAY}|({_DAY}|\\.\\.)/{_DAY}",
    ),
]
Until = Annotated[str, _dated(f"the first day on which it no longer holds: {_DATES}")]
Moment = Annotated[
    str,
    _dated(
        "a date, or an instant with Z or an offset: 2026-01-28, 2026-01-28T06:30Z, 2026-01-28T14:30+08:00",
        f"{_DAY}(/{_DAY})?|{_INSTANT}",
    ),
]
Conditions = Annotated[
    dict[str, str],
    Meta(min_length=1, description="a key and its wording: revenue-share=a quarter of the price"),
]
Target = Annotated[str, Meta(min_length=1, description="the ref or id of an earlier event")]
Direction = Annotated[Literal["export", "import"], Meta(description="what it decides on for its jurisdiction")]
Review = Literal["policy-of-denial", "presumption-of-denial", "case-by-case", "presumption-of-approval", "unstated"]
Form = Literal["rule", "letter", "licence", "guidance", "instruction", "announcement", "practice"]
Basis = Annotated[
    Literal["total", "added"], Meta(description="total replaces what was known before, added comes on top")
]
Number = float | int


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A record inside an event."""

    def faults(self) -> Iterator[Refused]:
        """What makes it no part of an event, though each of its fields is right by itself."""
        yield from ()

    def new_faults(self) -> Iterator[Refused]:
        """What only a new event is held to."""
        yield from ()


class Range(Part, frozen=True, kw_only=True):
    """A quantity that keeps the report's own vagueness; an absent end is open (semantics.md §8)."""

    min: Annotated[int, Meta(description="how many at least", extra_json_schema={"minimum": 0})] | None = None
    max: Annotated[int, Meta(description="how many at most", extra_json_schema={"minimum": 0})] | None = None
    wording: Annotated[str, Meta(description="the report's own words: several hundred thousand")] | None = None
    unit: (
        Annotated[
            str,
            Meta(
                description="what is counted: chips (so unless it says otherwise), or a currency of ISO 4217: USD",
                extra_json_schema={"pattern": f"^({CHIPS}|[A-Z]{{3}})$"},
            ),
        ]
        | None
    ) = None
    per: (
        Annotated[Literal["company"], Meta(description="whose quantity it is: each company of the scope has so many")]
        | None
    ) = None

    def faults(self) -> Iterator[Refused]:
        """Unless 0 <= min <= max, a BadRange."""
        yield from range_faults(self.min, self.max)

    def new_faults(self) -> Iterator[Refused]:
        yield from unit_faults("unit", self.unit)


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One immutable fact in the ledger; its stored name is ``__struct_config__.tag``."""

    ref: Ref | None = None
    note: Annotated[str, Meta(description="free text, of several lines where that is needed")] | None = None

    def check(self) -> None:
        """Raise Refused where fields that are right one by one do not fit together."""
        refused = together(self.faults())
        if refused is not None:
            raise refused

    def faults(self) -> Iterator[Refused]:
        """What makes it no event, though each of its fields is right by itself. Stored events are held to it too."""
        yield from ()

    def new_faults(self) -> Iterator[Refused]:
        """What only a new event is held to: what is recorded stays readable when the rules become stricter."""
        if self.ref is not None and self.ref[0] not in _LETTERS:
            yield WrongKind("ref", "it does not begin with a letter", self.ref, f"begin it with a letter: r{self.ref}")


def range_faults(least: Number | None, most: Number | None) -> Iterator[Refused]:
    """A BadRange unless 0 <= least <= most; an absent end is open."""
    if (least or 0) < 0 or (most or 0) < 0:
        yield BadRange("", "an end is negative")
    if least is not None and most is not None and least > most:
        yield BadRange("", f"min ({least}) is above max ({most})")


def bounds_faults(least: Number | None, most: Number | None) -> Iterator[Refused]:
    """A BadRange unless 0 <= least <= most, with one of them at least."""
    if least is None and most is None:
        yield BadRange("", "it has neither min nor max")
    yield from range_faults(least, most)


def date_faults(field: str, text: str | None, may_be_open: bool = False) -> Iterator[Refused]:
    """Why a text is no date. Only an ``effective`` may be open at its start (semantics.md §2)."""
    if text is None:
        return
    try:
        span(text)
        if is_open(text) and not may_be_open:
            why = "only effective may be open at its start; write the first day, or leave it out"
            yield BadDate(text, why).within(field)
    except Refused as refused:
        yield refused.within(field)


def period_faults(effective: str | None, until: str | None) -> Iterator[Refused]:
    """A wrong date, or an ``until`` that is over before ``effective`` begins."""
    wrong = False
    for fault in (*date_faults("effective", effective, may_be_open=True), *date_faults("until", until)):
        wrong = True
        yield fault
    if effective and until and not wrong and span(until).last <= span(effective).first:
        yield BackwardsTime(effective, until)


def key_faults(field: str, texts: Mapping[str, Any] | None) -> Iterator[Refused]:
    """An empty key or wording."""
    for key, wording in (texts or {}).items():
        if not key or not wording:
            yield BadScope(field, "a key or its wording is empty", "write both: key=wording")


def both_lists_faults(named: Iterable[str], excluded: Iterable[str]) -> Iterator[Refused]:
    """A company that is named and excluded at once."""
    for both in sorted(set(named) & set(excluded)):
        yield BadScope("excluded", f"{both} is both named and excluded", "keep it in one of the two lists")


def part_faults(field: str, part: Part | None) -> Iterator[Refused]:
    """The faults of a part, said of the field that holds it."""
    if part is not None:
        for fault in part.faults():
            yield fault.within(field)


def new_part_faults(field: str, part: Part | None) -> Iterator[Refused]:
    """The faults of a part that only a new event is held to, said of the field that holds it."""
    if part is not None:
        for fault in part.new_faults():
            yield fault.within(field)
