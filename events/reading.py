"""From a line of text to a frozen event: strict, once, at the border (interchange.md)."""

import json
import re
import unicodedata
from collections import Counter
from typing import Any, NoReturn

from policytracker.events.limits import LONGEST_LINE, LONGEST_TEXT
from policytracker.events.refusals import BadText, KeyTwice, LongLine, NotJson, Refused, WrongKind, shown

MOST_MARKS = 30
"""Combining marks in a row, the most in a Stream-Safe Text (UAX #15, section 13); more take quadratic time to order."""
LARGEST_NUMBER = 2**53
"""Beyond it readers of JSON differ about whole numbers."""
DEEPEST = 16
OF_LINES = ("note", "text")
"""Fields whose text may have several lines, and tabs."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_object(line: bytes) -> dict[str, Any]:
    """Decode one line to plain values, whole numbers as ``int``; ``cleaned`` is still to be asked.

    Raises LongLine, NotJson or KeyTwice.
    """
    _check_length(line)
    if line.startswith(b"\xef\xbb\xbf"):
        raise NotJson("it begins with a byte order mark")
    try:
        text = line.decode("utf-8")
        value = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise NotJson(f"byte {error.start + 1} is not UTF-8") from None
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at character {error.pos + 1}") from None
    except Refused:
        raise
    except ValueError:
        raise NotJson("a number in it is too long") from None
    if not isinstance(value, dict):
        raise NotJson(f"it holds {shown(value)}")
    if text.count("[") + text.count("{") > DEEPEST:
        check_depth(value)
    return value


def cleaned(value: dict[str, Any]) -> tuple[dict[str, Any], list[Refused]]:
    """The same fields with every text in NFC, but for those that no ledger should hold, and why they are left out."""
    found: dict[str, Any] = {}
    faults: list[Refused] = []
    for key, item in value.items():
        try:
            name = _clean_text(key, "a key")
            if name in found:
                raise KeyTwice(name)
            found[name] = clean(item, name)
        except Refused as refused:
            faults.append(refused)
    return found, faults


def clean(value: Any, field: str) -> Any:
    """The same value with every text in NFC; Refused for one that no ledger should hold."""
    if isinstance(value, str):
        return _clean_text(value, field)
    if isinstance(value, list):
        return [clean(item, field) for item in value]
    if isinstance(value, dict):
        return _clean_object(value, field)
    if isinstance(value, int | float):
        return _clean_number(value, field)
    return value


def without_nulls(value: dict[str, Any]) -> dict[str, Any]:
    """Absent and null mean the same, but for the fields that a correction changes."""
    return {key: _kept(item, key) for key, item in value.items() if item is not None}


def check_depth(value: dict[str, Any]) -> None:
    """Raise NotJson for an object nested more deeply than any event."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        inner = (item for outer in level for item in (outer.values() if isinstance(outer, dict) else outer))
        level = [item for item in inner if isinstance(item, dict | list)]
    if level:
        raise NotJson("it is nested too deeply")


def _check_length(line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise LongLine(LONGEST_LINE)


def _kept(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return [_kept(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    if key == "changes":
        return {field: _kept(item, field) for field, item in value.items()}
    return without_nulls(value)


def _clean_object(value: dict[str, Any], field: str) -> dict[str, Any]:
    pairs = [(_clean_text(key, field or "a key"), item) for key, item in value.items()]
    return {key: clean(item, f"{field}.{key}" if field else key) for key, item in _object(pairs).items()}


def _clean_number(value: float | int, field: str) -> float | int:
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise WrongKind(field, "out of range", value, f"give a number within ±{LARGEST_NUMBER:,}")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _clean_text(text: str, field: str) -> str:
    if not text.isascii():
        _check_marks(text, field)
        text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST_TEXT:
        raise BadText(
            field, f"a text of {len(text):,} characters", f"keep it within {LONGEST_TEXT:,}; link to the rest"
        )
    if not text.isprintable():
        if _SURROGATE.search(text):
            raise BadText(field, "half a character (a lone surrogate) in the text", "write the whole character")
        found = (_CONTROL_BUT_LINES if field.removeprefix("changes.") in OF_LINES else _CONTROL).search(text)
        if found:
            raise BadText(
                field,
                f"a control character (U+{ord(found[0]):04X}) in the text",
                f"remove it (line ends and tabs may stand in {' and '.join(OF_LINES)} only)",
            )
    return text


def _check_marks(text: str, field: str) -> None:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MOST_MARKS:
            why = f"more than {MOST_MARKS} combining marks on one letter"
            raise BadText(field, why, "remove those that no language needs")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise KeyTwice(next(key for key, count in counts.items() if count > 1))
    return value


def _number(text: str) -> float | int:
    number = float(text)
    return _within_range(int(number) if number.is_integer() else number, text)


def _whole_number(text: str) -> float | int:
    return _within_range(int(text), text)


def _within_range(number: float | int, text: str) -> float | int:
    if abs(number) > LARGEST_NUMBER:
        raise NotJson(f"the number {shown(text)} is out of range")
    return number


def _no_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_number, parse_int=_whole_number, parse_constant=_no_constant
)
