"""The kinds of fields that events are made of, with the words that explain them.

The descriptions serve the JSON Schema (``policytracker schema``) and the help of ``record`` alike.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from policytracker.events.dates import span
from policytracker.events.refusals import BackwardsTime, BadRange, BadScope, Refused

Id = Annotated[str, Meta(pattern="^[a-z0-9.-]+$", description="an id: lower-case letters, digits, - and .")]
Ref = Annotated[
    str,
    Meta(
        pattern="^(?![0-9a-fA-F]+$)[A-Za-z0-9_.-]+$",
        description="a short name, unique in the ledger, by which other lines may target this event",
    ),
]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="a jurisdiction, ISO 3166-1 alpha-2: CN")]
Name = Annotated[str, Meta(min_length=1, description="the name people use")]
Names = Annotated[dict[str, str], Meta(description="names by language: zh=腾讯")]
_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_INSTANT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z"
Date = Annotated[
    str,
    Meta(
        description="a day, month, year or interval: 2026-01-28, 2026-01, 2026-01-12/2026-01-14",
        extra_json_schema={"pattern": f"^{_DAY}(/{_DAY})?$"},
    ),
]
Moment = Annotated[
    str,
    Meta(
        description="a date, or a UTC instant: 2026-01-28, 2026-01-28T06:30Z",
        extra_json_schema={"pattern": f"^({_DAY}(/{_DAY})?|{_INSTANT})$"},
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


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A record inside an event."""


class Range(Part, frozen=True, kw_only=True):
    """A quantity of chips that keeps the report's own vagueness; an absent end is open (semantics.md §8)."""

    min: Annotated[int, Meta(description="at least so many chips", extra_json_schema={"minimum": 0})] | None = None
    max: Annotated[int, Meta(description="at most so many chips", extra_json_schema={"minimum": 0})] | None = None
    wording: Annotated[str, Meta(description="the report's own words: several hundred thousand")] | None = None

    def check(self) -> None:
        """Raise BadRange unless 0 <= min <= max."""
        if (self.min or 0) < 0 or (self.max or 0) < 0:
            raise BadRange("", "an end is negative")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise BadRange("", f"min ({self.min}) is above max ({self.max})")


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One immutable fact in the ledger; its stored name is ``__struct_config__.tag``."""

    ref: Ref | None = None
    note: Annotated[str, Meta(description="free text")] | None = None

    def check(self) -> None:
        """Raise Refused where fields that are right one by one do not fit together."""


def check_date(field: str, text: str | None) -> None:
    """Raise Refused, naming the field, when a text is no date."""
    if text is not None:
        try:
            span(text)
        except Refused as refused:
            raise refused.within(field) from None


def check_period(effective: str | None, until: str | None) -> None:
    """Raise Refused for a wrong date, or an ``until`` that is over before ``effective`` begins."""
    check_date("effective", effective)
    check_date("until", until)
    if effective and until and span(until).last <= span(effective).first:
        raise BackwardsTime(effective, until)


def check_keys(field: str, texts: Mapping[str, Any] | None) -> None:
    """Raise Refused for an empty key or wording."""
    for key, wording in (texts or {}).items():
        if not key or not wording:
            raise BadScope(field, "a key or its wording is empty", "write both: key=wording")
