"""Selectors and tests on attributes: who and what a scope names (semantics.md §4)."""

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from policytracker.events.refusals import BadScope, shown

ATTRIBUTES = (
    *("tpp", "performance_density", "dram_bandwidth", "io_bandwidth", "die_area", "memory"),
    "datacentre",
)
_ID = "[a-z0-9.-]+"
_JURISDICTION = "[A-Z]{2}"
_TEST = r" *([a-z_]+) *(<=|>=|<|>|=) *(-?[0-9]+(?:\.[0-9]+)?) *"
VENDOR = "vendor:"
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


class AttributeTest(NamedTuple):
    """One test of a ``where``: an attribute, a comparison and a number in the attribute's unit."""

    attribute: str
    sign: str
    number: float

    def passes(self, value: float) -> bool:
        """Whether a chip whose attribute has this value passes."""
        return _COMPARE[self.sign](value, self.number)


@lru_cache(maxsize=4_096)
def test(text: str) -> AttributeTest:
    """Read one test of a ``where``.

    >>> test("tpp<21000")
    AttributeTest(attribute='tpp', sign='<', number=21000.0)
    >>> test("tpp < 21000") == test("tpp<21000")
    True

    Raises BadScope when it is no test or names an attribute that does not exist.
    """
    found = re.fullmatch(_TEST, text)
    if found is None:
        raise BadScope("where", f"{shown(text)} is no test", "write attribute, sign and number: tpp<21000")
    if found[1] not in ATTRIBUTES:
        raise BadScope("where", f"there is no attribute {shown(found[1])}", f"use one of: {', '.join(ATTRIBUTES)}")
    return AttributeTest(found[1], found[2], float(found[3]))


@lru_cache(maxsize=4_096)
def check_company_selector(text: str) -> str | None:
    """Check the form of a company selector; return the id that it names, if it names one.

    Raises BadScope for a form that semantics.md §4 does not know.
    """
    if text == "all":
        return None
    kind, colon, rest = text.partition(":")
    if not colon and re.fullmatch(_ID, text):
        return text
    if kind in ("under", "owned") and re.fullmatch(_ID, rest):
        return rest
    if kind in ("in", "hq") and re.fullmatch(_JURISDICTION, rest):
        return None
    raise BadScope(
        "",
        f"{shown(text)} is no company selector",
        "use an id, under:ID, owned:ID, in:CN, hq:CN (two capital letters) or all",
    )


@lru_cache(maxsize=4_096)
def check_chip_id(text: str) -> str | None:
    """Check the form of a chip selector that is a text; return the id that it names, if any."""
    if text == "all" or (text.startswith(VENDOR) and text.removeprefix(VENDOR).strip()):
        return None
    if re.fullmatch(_ID, text):
        return text
    raise BadScope("", f"{shown(text)} is no chip selector", 'use an id, vendor:NAME, {"where": [tests]} or all')


@lru_cache(maxsize=4_096)
def jurisdiction_of(selector: str) -> str | None:
    """The jurisdiction that a company selector names, if it names one and has a right form."""
    kind, _, rest = selector.partition(":")
    return rest if kind in ("in", "hq") and re.fullmatch(_JURISDICTION, rest) else None


def vendor_of(selector: str) -> str | None:
    """The vendor that a chip selector names, in lower case as it is compared, if it names one.

    >>> vendor_of("vendor:Nvidia"), vendor_of("h20")
    ('nvidia', None)
    """
    return selector.removeprefix(VENDOR).strip().casefold() if selector.startswith(VENDOR) else None
