"""The kinds of values that the options of ``record TYPE`` take, as click asks for them."""

import re
from typing import Any

import click

from policytracker.events.refusals import shown


class Whole(click.ParamType[Any]):
    """A whole number, in plain digits."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not re.fullmatch("-?[0-9]{1,16}", value):
            self.fail(f"{shown(value)} is no whole number; write digits: 200000", param, ctx)
        return int(value)


class Range(click.ParamType[Any]):
    """A whole number, or a range of them."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        found = range_of(value, whole=True)
        if found is None:
            self.fail(f"{shown(value)} is no number and no range; write 3, 9..11, 9.. or ..11", param, ctx)
        return found


class Pair(click.ParamType[Any]):
    """``KEY=TEXT``, as a pair; with ``number`` the text is a number, with ``ranges`` a number or a range."""

    def __init__(self, name: str, number: bool = False, ranges: bool = False) -> None:
        self.name = name
        self.number = number or ranges
        self.ranges = ranges

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        key, sign, text = value.partition("=")
        if not sign or not key:
            self.fail(f"{shown(value)} is no pair; write {self.name}", param, ctx)
        if not self.number:
            return key, text
        number = range_of(text, whole=False) if self.ranges or RANGE not in text else None
        if number is None:
            forms = f", {key}=18000.. or {key}=18000..21000" if self.ranges else ""
            self.fail(f"{shown(text)} is no number; write digits: {key}=4992, {key}=6.04{forms}", param, ctx)
        return key, number


RANGE = ".."
"""Between the ends of a range; one of them may be left out."""


def range_of(text: str, whole: bool) -> Any:
    """A number, or a range ``{"min": …, "max": …}``, as they are written in an option; None for any other text.

    >>> range_of("9..11", whole=True), range_of("18000..", whole=False), range_of("5.92", whole=False)
    ({'min': 9, 'max': 11}, {'min': 18000}, 5.92)
    """
    least, dots, most = text.partition(RANGE)
    if not dots:
        return _number_of(text, whole)
    found = {end: _number_of(part, whole) for end, part in (("min", least), ("max", most)) if part}
    return None if not found or None in found.values() else found


def _number_of(text: str, whole: bool) -> float | int | None:
    if not re.fullmatch("-?[0-9]{1,16}" if whole else r"-?[0-9]{1,16}(\.[0-9]{1,16})?", text):
        return None
    return float(text) if "." in text else int(text)
