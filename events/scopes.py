"""Scopes: the companies and chips that an event is about (semantics.md §4)."""

from collections.abc import Callable, Iterable
from typing import Annotated

from msgspec import Meta

from policytracker.events.fields import Id, Part
from policytracker.events.refusals import BadScope, Refused
from policytracker.events.selectors import ATTRIBUTES, check_chip_id, check_company_selector, test

Selector = Annotated[str, Meta(extra_json_schema={"pattern": "^((under:)?[a-z0-9.-]+|(in|hq):[A-Z]{2})$"})]
ChipId = Annotated[str, Meta(extra_json_schema={"pattern": "^[a-z0-9.-]+$"})]
Test = Annotated[str, Meta(extra_json_schema={"pattern": f"^({'|'.join(ATTRIBUTES)})(<=?|>=?|=)-?[0-9]+(\\.[0-9]+)?$"})]
NOT_EMPTY = {"minItems": 1}


class Cohort(Part, frozen=True, kw_only=True):
    """Some companies out of a pool, not all of them named."""

    of: Annotated[tuple[Selector, ...], Meta(description="the pool: selectors", extra_json_schema=NOT_EMPTY)]
    count: Annotated[int, Meta(ge=1, description="how many companies it has, if that was said")] | None = None
    named: Annotated[tuple[Id, ...], Meta(description="companies that belong to it")] = ()
    excluded: Annotated[tuple[Id, ...], Meta(description="companies that do not")] = ()

    def check(self) -> None:
        """Raise BadScope for an empty pool, too many names, or a company both named and excluded."""
        if not self.of:
            raise BadScope("of", "the cohort has no selectors", "say out of which companies: a group, in:CN, all")
        check_selectors("of", self.of)
        both = sorted(set(self.named) & set(self.excluded))
        if both:
            raise BadScope("excluded", f"{both[0]} is both named and excluded", "keep it in one of the two lists")
        if self.count is not None and len(set(self.named)) > self.count:
            raise BadScope(
                "named",
                f"{len(set(self.named))} companies named of {self.count}",
                "raise count, or name fewer",
            )


class Where(Part, frozen=True, kw_only=True):
    """Chips whose attributes pass every test."""

    where: Annotated[
        tuple[Test, ...],
        Meta(description="tests such as tpp<21000, all to be passed", extra_json_schema=NOT_EMPTY),
    ]

    def check(self) -> None:
        """Raise BadScope when there is no test, or a test that cannot be read."""
        if not self.where:
            raise BadScope("where", "no test in it", 'add one, such as "tpp<21000", or select all')
        for text in self.where:
            test(text)


CompanySelectors = Annotated[
    tuple[Selector, ...], Meta(description="an id of a company or group, under:ID, in:CN, hq:CN, all")
]
ChipSelectors = Annotated[
    tuple[ChipId | Where, ...], Meta(description='an id of a chip or group, all, or {"where": ["tpp<21000"]}')
]


Named = tuple[str, str, str]
"""Name space, field and id of something registered that an event names."""


def check_selectors(field: str, selectors: tuple[str, ...]) -> None:
    """Raise BadScope, naming the field, for a company selector that cannot be read."""
    try:
        for selector in selectors:
            check_company_selector(selector)
    except Refused as refused:
        raise refused.within(field) from None


def check_companies(companies: tuple[str, ...] | Cohort) -> None:
    """Raise BadScope when the companies of an event cannot be read or are none."""
    if isinstance(companies, Cohort):
        try:
            companies.check()
        except Refused as refused:
            raise refused.within("companies") from None
        return
    if not companies:
        raise BadScope("companies", "no selector in it", "name companies, a group, in:CN or all")
    check_selectors("companies", companies)


def check_chips(field: str, chips: tuple[str | Where, ...]) -> None:
    """Raise BadScope when chip selectors cannot be read."""
    try:
        for chip in chips:
            chip.check() if isinstance(chip, Where) else check_chip_id(chip)
    except Refused as refused:
        raise refused.within(field) from None


def company_ids(field: str, companies: tuple[str, ...] | Cohort) -> tuple[Named, ...]:
    """The companies and groups that a scope names. Raises BadScope for a selector that cannot be read."""
    if not isinstance(companies, Cohort):
        return _ids("company", field, companies, check_company_selector)
    members = (("named", companies.named), ("excluded", companies.excluded))
    return _ids("company", f"{field}.of", companies.of, check_company_selector) + tuple(
        ("company", f"{field}.{part}", member) for part, ids in members for member in ids
    )


def chip_ids(field: str, chips: tuple[str | Where, ...]) -> tuple[Named, ...]:
    """The chips and chip groups that a scope names. Raises BadScope for a selector that cannot be read."""
    return _ids("chip", field, [chip for chip in chips if isinstance(chip, str)], check_chip_id)


def _ids(space: str, field: str, texts: Iterable[str], read: Callable[[str], str | None]) -> tuple[Named, ...]:
    try:
        return tuple([(space, field, name) for text in texts if (name := read(text)) is not None])
    except Refused as refused:
        raise refused.within(field) from None
