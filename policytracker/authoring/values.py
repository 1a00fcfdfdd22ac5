"""From the values of TOML to those of the interchange format."""

import math
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from policytracker.events.refusals import Refused, WrongKind

Refuse = Callable[[Refused], None]


def plain(value: Any, path: str, refuse: Refuse) -> Any:
    """The same value as JSON has it: dates and times as texts. ``refuse`` hears of what JSON does not have.

    A time without an offset stays one: the ledger refuses it where a date is meant, and tells how to write it.
    """
    if isinstance(value, dict):
        return {key: plain(item, f"{path}.{key}" if path else key, refuse) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, f"{path}[{place}]", refuse) for place, item in enumerate(value)]
    if isinstance(value, float) and not math.isfinite(value):
        refuse(WrongKind(path, "no number", str(value), "give a number"))
        return None
    if isinstance(value, datetime) and value.microsecond:
        whole = value.replace(microsecond=0).isoformat()
        refuse(WrongKind(path, "a time with a part of a second", value.isoformat(), f"write {whole}"))
        return None
    return value.isoformat() if isinstance(value, date | time) else value
