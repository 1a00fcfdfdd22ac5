"""What a registration says, in cells of a table: given as ``companies``, ``chips`` and ``authorities`` answer."""

from collections.abc import Mapping
from typing import Any

from policytracker.questions.escaping import one_line
from policytracker.questions.names import label
from policytracker.questions.telling import short_source
from policytracker.questions.values import range_in_words

Registration = Mapping[str, Any]


def nothing(subject: str, text: str | None) -> str:
    """What to say where none is registered, or none by a name with this text."""
    return f"no {subject} is registered{'' if text is None else ' that is called so'}"


def name(fields: Registration) -> str:
    """What to call it: its name, and its Chinese name beside it."""
    return one_line(label(fields))


def also_called(fields: Registration) -> str:
    """The other names and identifiers by which it is found, its former names last."""
    others = [*(fields.get("aliases") or ()), *(fields.get("names") or {}).values()]
    numbers = [f"{kind} {value}" for kind, value in (fields.get("identifiers") or {}).items()]
    shown = label(fields).split(" ")[-1]
    known = dict.fromkeys(each for each in (*others, *numbers) if each != shown)
    return one_line(", ".join([*known, *(f"formerly {each}" for each in fields.get("former_names") or ())]))


def owned_by(fields: Registration) -> str:
    """The parent of a company, and its owners, each with its share."""
    owners = [f"{each['share']:g} % {each['company']}" for each in fields.get("owners") or ()]
    parent = fields.get("parent")
    named = {each["company"] for each in fields.get("owners") or ()}
    return ", ".join([*([parent] if parent and parent not in named else []), *owners])


def origin(fields: Registration) -> str:
    """The jurisdiction that a chip comes from."""
    return str(fields.get("origin") or "")


def launch(fields: Registration) -> str:
    """When a chip was launched, as registered."""
    return str(fields.get("launched") or "")


def attributes(fields: Registration) -> str:
    """The figures of a chip that rules test."""
    found = (fields.get("attributes") or {}).items()
    return ", ".join(f"{key} {_number(value)}" for key, value in found)


def _number(value: Any) -> str:
    return range_in_words(value) if isinstance(value, Mapping) else f"{value:g}"


def source(fields: Registration) -> str:
    """The report that a registration cites."""
    report = fields.get("report")
    return one_line(short_source(report)) if report else "no report"
