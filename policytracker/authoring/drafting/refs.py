"""A ref for each drafted event, so that the file can be imported again after an edit."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from policytracker.events.dates import iso

_NO_REF = re.compile(r"[^a-z0-9]+")


def with_ref(fields: dict[str, Any], day: int | None, is_taken: Callable[[str], bool]) -> dict[str, Any]:
    """The event with a ref: its chips or its authority, the day of its report, its type; numbered where it is taken.

    An event that has one or that is about another stays as it is, and so does one of a day that is not known.
    """
    if "ref" in fields or "target" in fields or day is None:
        return fields
    chips = [each for each in fields.get("chips", ()) if isinstance(each, str)]
    subject = _NO_REF.sub("-", "-".join(chips[:2]).casefold()).strip("-") or str(fields.get("authority", "report"))
    kind = str(fields.get("kind") or fields["type"])
    base = f"{subject}-{iso(day)}-{kind}"
    base = base if base[0].isalpha() else f"chip-{base}"
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    ref = next(name for name in names if not is_taken(name))
    return {"type": fields["type"], "ref": ref, **{key: value for key, value in fields.items() if key != "type"}}
