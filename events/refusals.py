"""Why an event is refused: one class for each failure, each message ends in the way out.

Every class derives from Refused. ``field`` names the field at fault ("" where it is the whole line).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Refused(ValueError):
    """An event that the ledger does not take; ``str()`` tells field, value and way out."""

    rest: "Rest | None" = None
    """Of a line that is no event: the event that its other fields make."""

    def __init__(self, field: str, what: str, way_out: str) -> None:
        named = field if field.isprintable() else ascii(field)[1:-1]
        super().__init__(f"{named}: {what}; {way_out}" if field else f"{what}; {way_out}")
        self.field = field
        self.what = what
        self.way_out = way_out

    @property
    def each(self) -> "tuple[Refused, ...]":
        """Its faults one by one."""
        return (self,)

    def within(self, field: str) -> "Refused":
        """The same refusal, said of a field that encloses the one at fault."""
        twin = Refused.__new__(type(self))
        vars(twin).update(vars(self))
        Refused.__init__(twin, f"{field}.{self.field}" if self.field else field, self.what, self.way_out)
        return twin


class Rest(NamedTuple):
    """What a line with faults says apart from them, so that the ledger can look for more faults in it."""

    event: Any
    """An event of the line's type, with stand-ins for the fields at fault."""
    faulty: frozenset[str]
    """The fields at fault."""
    given: frozenset[str] = frozenset()
    """All fields that the line names."""


class Faults(Refused):
    """Several faults of one event; ``str()`` has a line for each."""

    def __init__(self, faults: Iterable[Refused]) -> None:
        self._each = tuple(faults)
        first = self._each[0]
        super().__init__(first.field, first.what, first.way_out)
        self.args = ("\n".join(map(str, self._each)),)

    @property
    def each(self) -> tuple[Refused, ...]:
        return self._each

    def within(self, field: str) -> "Faults":
        return Faults(fault.within(field) for fault in self._each)


def together(faults: Iterable[Refused]) -> Refused | None:
    """One refusal for all these faults, each told once; None where there are none."""
    found = list({str(each): each for fault in faults for each in fault.each}.values())
    return found[0] if len(found) == 1 else Faults(found) if found else None


def within(field: str, faults: Iterable[Refused]) -> Iterator[Refused]:
    """The same faults, said of a field that encloses those at fault."""
    return (fault.within(field) for fault in faults)


class BadDate(Refused):
    """A date outside the supported subset of the Extended Date/Time Format (semantics.md §2)."""

    def __init__(self, text: str, way_out: str) -> None:
        super().__init__("", f"{shown(text)} is not a date this ledger knows", way_out)


class NotJson(Refused):
    """A line that is not one JSON object in UTF-8."""

    def __init__(self, why: str) -> None:
        super().__init__("", f"not a JSON object in UTF-8: {why}", "write one event a line, as an object in braces")


class LongLine(Refused):
    """A line that is longer than any event. How long it is nobody knows: its rest is not read."""

    def __init__(self, most: int) -> None:
        way_out = "write one event a line, and link to what is long"
        super().__init__("", f"a line of more than {most:,} bytes", way_out)


class LargeEvent(Refused):
    """An event that would fill more of the ledger than any should."""

    def __init__(self, size: int, most: int) -> None:
        way_out = "name groups in place of their members, and link to what is long"
        super().__init__("", f"an event of {size:,} bytes, and the largest may have {most:,}", way_out)


class KeyTwice(Refused):
    """An object that names a key twice, so that readers could differ about it."""

    def __init__(self, key: str) -> None:
        super().__init__(key, "this key stands twice in one object", "keep one of the two")


class UnknownType(Refused):
    """A type that interchange.md does not know."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        super().__init__("type", f"{shown(name)} is no event type", f"use one of: {', '.join(known)}")


class FieldMissing(Refused):
    """A required field is absent or null."""

    def __init__(self, field: str, type_name: str) -> None:
        super().__init__(field, f"missing; every {type_name} needs it", "add it to the event")


class FieldUnknown(Refused):
    """A field that the type does not have."""

    def __init__(self, field: str, type_name: str, known: Iterable[str]) -> None:
        super().__init__(field, f"unknown; {type_name} has no such field", f"remove it, or use: {', '.join(known)}")


class WrongKind(Refused):
    """A value of the wrong kind."""

    def __init__(self, field: str, why: str, value: object, way_out: str) -> None:
        super().__init__(field, f"{why} (here: {shown(value)})", way_out)


class BadText(Refused):
    """A text too long, or with control characters in it."""

    def __init__(self, field: str, why: str, way_out: str) -> None:
        super().__init__(field, why, way_out)


class BadScope(Refused):
    """A selector, a cohort or a ``where`` that cannot be meant (semantics.md §4)."""

    def __init__(self, field: str, why: str, way_out: str) -> None:
        super().__init__(field, why, way_out)


class BackwardsTime(Refused):
    """An ``until`` that is over before ``effective`` begins."""

    def __init__(self, effective: str, until: str) -> None:
        super().__init__(
            "until",
            f"its last day ({until}) is not after the first day of effective ({effective})",
            "until is the first day on which it no longer holds: give a later one, or leave it out for an open end",
        )


class BadRange(Refused):
    """A range whose least is above its most, that has a negative end, or no end at all where it needs one."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why, "give 0 <= min <= max, or leave an end out where it is open")


class BadShare(Refused):
    """Shares of owners that cannot be meant (semantics.md §4)."""

    def __init__(self, field: str, why: str, way_out: str) -> None:
        super().__init__(field, why, way_out)


class UnknownForm(Exception):
    """The ledger holds an event that this version cannot read."""

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"the ledger holds an event of the form {topic!r}, which this version does not know; "
            "upgrade policytracker (pip install --upgrade policytracker) and ask again"
        )


class NotAnEvent(Exception):
    """Stored bytes that this program never wrote as an event, though their hash may hold."""

    def __init__(self, topic: str, why: str) -> None:
        super().__init__(
            f"the ledger is damaged: what it holds as {shown(topic)} is no event ({why}); run `policytracker verify`, "
            "and use no ledger of unknown origin"
        )
        self.why = why


def shown(value: object, limit: int = 60) -> str:
    """A value for a message: quoted, escaped, cut to ``limit`` characters."""
    text = ascii(value) if not isinstance(value, str) or not value.isprintable() else repr(value)
    return text if len(text) <= limit else text[:limit] + "…"
