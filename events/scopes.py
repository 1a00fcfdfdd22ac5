"""Scopes: the companies and chips that an event is about (semantics.md §4)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

from msgspec import Meta

from policytracker.events.codes import code_faults
from policytracker.events.fields import Id, Part, both_lists_faults, bounds_faults, part_faults
from policytracker.events.refusals import BadScope, Refused, within
from policytracker.events.selectors import ATTRIBUTES, check_chip_id, check_company_selector, jurisdiction_of, test

Selector = Annotated[
    str,
    Meta(
        extra_json_schema={"pattern": "^(((under|owned):)?[a-z0-9.-]+|(in|hq):[A-Z]{2})$"},
        extra={"is": "company selector"},
    ),
]
ChipId = Annotated[str, Meta(extra_json_schema={"pattern": "^([a-z0-9.-]+|vendor:.+)$"}, extra={"is": "chip selector"})]
_SIGN = " *(<=?|>=?|=) *"
Test = Annotated[
    str,
    Meta(
        extra_json_schema={"pattern": f"^ *({'|'.join(ATTRIBUTES)}){_SIGN}-?[0-9]+(\\.[0-9]+)? *$"},
        extra={"is": "test"},
    ),
]
NOT_EMPTY = {"minItems": 1}


class CountRange(Part, frozen=True, kw_only=True):
    """How many companies a cohort has, where that is not known exactly."""

    min: Annotated[int, Meta(ge=0, description="how many at least; without it 0")] | None = None
    max: Annotated[int, Meta(ge=1, description="how many at most; without it nobody knows")] | None = None

    def faults(self) -> Iterator[Refused]:
        """Unless min <= max with at least one of them, a BadRange."""
        yield from bounds_faults(self.min, self.max)


class Cohort(Part, frozen=True, kw_only=True):
    """Some companies out of a pool, not all of them named."""

    of: Annotated[tuple[Selector, ...], Meta(description="the pool: selectors", extra_json_schema=NOT_EMPTY)]
    count: Annotated[int, Meta(ge=1, description="how many companies it has, if that was said")] | CountRange | None = (
        None
    )
    named: Annotated[tuple[Id, ...], Meta(description="companies that belong to it")] = ()
    excluded: Annotated[tuple[Id, ...], Meta(description="companies that do not")] = ()

    @property
    def most(self) -> int | None:
        """How many companies it has at the most; None where nobody knows."""
        return self.count.max if isinstance(self.count, CountRange) else self.count

    def faults(self) -> Iterator[Refused]:
        """An empty pool, too many names, or a company both named and excluded."""
        if not self.of:
            yield BadScope("of", "the cohort has no selectors", "say out of which companies: a group, in:CN, all")
        yield from selector_faults("of", self.of)
        yield from part_faults("count", self.count if isinstance(self.count, CountRange) else None)
        yield from both_lists_faults(self.named, self.excluded)
        if self.most is not None and len(set(self.named)) > self.most:
            yield BadScope(
                "named", f"{len(set(self.named))} companies named of {self.most}", "raise count, or name fewer"
            )


class Where(Part, frozen=True, kw_only=True):
    """Chips whose attributes pass every test; with ``of`` only those that one of its selectors matches too."""

    where: Annotated[
        tuple[Test, ...],
        Meta(description="tests such as tpp<21000, all to be passed", extra_json_schema=NOT_EMPTY),
    ]
    of: Annotated[
        tuple["ChipId | Where", ...],
        Meta(description="only chips that one of these selectors matches too"),
    ] = ()

    def faults(self) -> Iterator[Refused]:
        """No test, a test that cannot be read, or a wrong selector in ``of``."""
        if not self.where:
            yield BadScope("where", "no test in it", 'add one, such as "tpp<21000", or select all')
        for text in self.where:
            try:
                test(text)
            except Refused as refused:
                yield refused
        yield from chip_faults("of", self.of)


CompanySelectors = Annotated[
    tuple[Selector, ...], Meta(description="an id of a company or group, under:ID, owned:ID, in:CN, hq:CN, all")
]
ChipSelectors = Annotated[
    tuple[ChipId | Where, ...],
    Meta(description='an id of a chip or group, vendor:NAME, all, or {"where": ["tpp<21000"], "of": ["vendor:NAME"]}'),
]


Named = tuple[str, str, str, bool]
"""Name space, field and id of something registered that an event names; and whether no group may be meant."""


def selector_faults(field: str, selectors: tuple[str, ...]) -> Iterator[Refused]:
    """Company selectors that cannot be read."""
    for selector in selectors:
        try:
            check_company_selector(selector)
        except Refused as refused:
            yield refused.within(field)


def company_faults(field: str, companies: tuple[str, ...] | Cohort) -> Iterator[Refused]:
    """The companies of an event cannot be read or are none."""
    if isinstance(companies, Cohort):
        yield from part_faults(field, companies)
        return
    if not companies:
        yield BadScope(field, "no selector in it", "name companies, a group, in:CN or all")
    yield from selector_faults(field, companies)


def chip_faults(field: str, chips: tuple[str | Where, ...]) -> Iterator[Refused]:
    """Chip selectors that cannot be read."""
    for chip in chips:
        if isinstance(chip, Where):
            yield from within(field, chip.faults())
            continue
        try:
            check_chip_id(chip)
        except Refused as refused:
            yield refused.within(field)


def some_chips_faults(field: str, chips: tuple[str | Where, ...]) -> Iterator[Refused]:
    """The chips of an event cannot be read or are none."""
    if not chips:
        yield BadScope(field, "no selector in it", 'name chips, a group, vendor:NAME, {"where": [...]} or all')
    yield from chip_faults(field, chips)


def jurisdiction_faults(field: str, companies: tuple[str, ...] | Cohort) -> Iterator[Refused]:
    """Selectors that name a jurisdiction which does not exist. Only new events are held to it."""
    if isinstance(companies, Cohort):
        yield from jurisdiction_faults(f"{field}.of", companies.of)
        return
    for selector in companies:
        yield from code_faults(field, jurisdiction_of(selector))


def company_ids(field: str, companies: tuple[str, ...] | Cohort) -> tuple[Named, ...]:
    """The companies and groups that a scope names; a selector that cannot be read names none."""
    if not isinstance(companies, Cohort):
        return _ids("company", field, companies, check_company_selector)
    members = (("named", companies.named), ("excluded", companies.excluded))
    return _ids("company", f"{field}.of", companies.of, check_company_selector) + tuple(
        ("company", f"{field}.{part}", member, True) for part, ids in members for member in ids
    )


def chip_ids(field: str, chips: tuple[str | Where, ...]) -> tuple[Named, ...]:
    """The chips and chip groups that a scope names; a selector that cannot be read names none."""
    named = _ids("chip", field, [chip for chip in chips if isinstance(chip, str)], check_chip_id)
    for chip in chips:
        if isinstance(chip, Where) and chip.of:
            named += chip_ids(f"{field}.of", chip.of)
    return named


def _ids(space: str, field: str, texts: Iterable[str], read: Callable[[str], str | None]) -> tuple[Named, ...]:
    """What selectors name; ``under:`` takes a company only (semantics.md §4)."""
    return tuple(
        [
            (space, field, name, text.startswith("under:"))
            for text in texts
            if (name := _named_by(read, text)) is not None
        ]
    )


def _named_by(read: Callable[[str], str | None], text: str) -> str | None:
    try:
        return read(text)
    except Refused:
        return None
