"""Why an event is refused: one class for each failure, each message ends in the way out.

Every class derives from Refused. ``field`` names the field at fault ("" where it is the whole line).
"""

from collections.abc import Iterable


class Refused(ValueError):
    """An event that the ledger does not take; ``str()`` tells field, value and way out."""

    def __init__(self, field: str, what: str, way_out: str) -> None:
        named = field if field.isprintable() else ascii(field)[1:-1]
        super().__init__(f"{named}: {what}; {way_out}" if field else f"{what}; {way_out}")
        self.field = field
        self.what = what
        self.way_out = way_out

    def within(self, field: str) -> "Refused":
        """The same refusal, said of a field that encloses the one at fault."""
        twin = Refused.__new__(type(self))
        Refused.__init__(twin, f"{field}.{self.field}" if self.field else field, self.what, self.way_out)
        return twin


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
            "give a later end, or leave it out for an open one",
        )


class BadRange(Refused):
    """A quantity whose least is above its most, or that is negative."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why, "give 0 <= min <= max, or leave an end out where it is open")


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
