"""Registry events: authorities, companies, chips, groups. They have valid time, no published clock (semantics.md)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from policytracker.events.codes import NOWHERE, code_faults
from policytracker.events.fields import (
    Country,
    Date,
    Direction,
    Effective,
    Event,
    Id,
    Name,
    Names,
    Number,
    Part,
    bounds_faults,
    date_faults,
    new_part_faults,
    part_faults,
)
from policytracker.events.refusals import BadShare, Refused, WrongKind, within
from policytracker.events.reports import Report
from policytracker.events.scopes import Named

ALL_OF_IT = 100
"""Percent of a company that its owners can have together."""


class Registration(Event, frozen=True, kw_only=True):
    """A subject is registered; which registration counts on a day is said in semantics.md §2."""

    effective: (
        Annotated[Effective, Meta(description="the day from which this registration counts; without it: since ever")]
        | None
    ) = None
    report: Annotated[Report, Meta(description="cited where the registration is shown")] | None = None

    def subject(self) -> tuple[str, str]:
        """The name space and the id that this registers."""
        raise NotImplementedError

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        return ()

    def faults(self) -> Iterator[Refused]:
        """An id that is a selector's word, and what is wrong with a date or report."""
        yield from super().faults()
        space, name = self.subject()
        if name == "all":
            field = "group" if isinstance(self, GroupDefined) else space
            yield WrongKind(field, "the id is taken: it selects everything", name, "choose another id")
        yield from date_faults("effective", self.effective, may_be_open=True)
        yield from part_faults("report", self.report)

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from code_faults("jurisdiction", getattr(self, "jurisdiction", None))


class AuthorityRegistered(Registration, frozen=True, kw_only=True, tag="authority-registered"):
    """An authority: who acts, for which jurisdiction, in which direction."""

    authority: Id
    name: Name
    jurisdiction: Country
    direction: Direction
    names: Names | None = None
    timezone: (
        Annotated[str, Meta(min_length=1, description="its time zone, by its IANA name: Asia/Shanghai; without it UTC")]
        | None
    ) = None

    def subject(self) -> tuple[str, str]:
        return "authority", self.authority

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        if self.timezone is not None and not _is_time_zone(self.timezone):
            yield WrongKind("timezone", "no time zone", self.timezone, "write its IANA name: Asia/Shanghai, UTC")


class Owner(Part, frozen=True, kw_only=True):
    """A company that owns a share of another."""

    company: Annotated[Id, Meta(description="the company that owns a share")]
    share: Annotated[Number, Meta(description="how much of it, in percent")]


class CompanyRegistered(Registration, frozen=True, kw_only=True, tag="company-registered"):
    """A company, where it is, and whose it is."""

    company: Id
    name: Name
    jurisdiction: Country
    parent: Annotated[Id, Meta(description="the company that it belongs to")] | None = None
    aliases: Annotated[tuple[str, ...], Meta(description="other names")] = ()
    names: Names | None = None
    identifiers: Annotated[dict[str, str], Meta(description="lei=…, ticker=…")] | None = None
    owners: Annotated[tuple[Owner, ...], Meta(description="companies that own a share of it, in percent")] = ()

    def subject(self) -> tuple[str, str]:
        return "company", self.company

    def ids(self) -> tuple[Named, ...]:
        parent: tuple[Named, ...] = () if self.parent is None else (("company", "parent", self.parent, True),)
        return parent + tuple(("company", "owners", owner.company, True) for owner in self.owners)

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from _share_faults(self.owners)


class Bounds(Part, frozen=True, kw_only=True):
    """An attribute of which only bounds are known."""

    min: Annotated[Number, Meta(description="how much at least")] | None = None
    max: Annotated[Number, Meta(description="how much at most")] | None = None

    def faults(self) -> Iterator[Refused]:
        """Unless 0 <= min <= max with at least one of them, a BadRange."""
        yield from bounds_faults(self.min, self.max)


Attribute = Number | Bounds


class Attributes(Part, frozen=True, kw_only=True):
    """The numbers that rules turn on; a range where only a bound is known."""

    tpp: Annotated[Attribute, Meta(description="total processing performance")] | None = None
    performance_density: Annotated[Attribute, Meta(description="TPP per mm² of applicable die area")] | None = None
    dram_bandwidth: Annotated[Attribute, Meta(description="total DRAM bandwidth, GB/s")] | None = None
    io_bandwidth: Annotated[Attribute, Meta(description="aggregate bidirectional I/O bandwidth, GB/s")] | None = None
    die_area: Annotated[Attribute, Meta(description="applicable die area, mm²")] | None = None
    memory: Annotated[Attribute, Meta(description="memory, GB")] | None = None
    datacentre: (
        Annotated[Literal[0, 1], Meta(description="1 if designed or marketed for data centres, else 0")] | None
    ) = None

    def faults(self) -> Iterator[Refused]:
        """The faults of attributes that are ranges."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, Bounds):
                yield from within(name, value.faults())


class ChipRegistered(Registration, frozen=True, kw_only=True, tag="chip-registered"):
    """A chip, its maker, and the jurisdictions that control its export."""

    chip: Id
    name: Name
    vendor: Annotated[str, Meta(min_length=1, description="who makes it")]
    controlled_by: Annotated[tuple[Country, ...], Meta(description="jurisdictions that control its export")]
    aliases: Annotated[tuple[str, ...], Meta(description="other names")] = ()
    attributes: Attributes | None = None
    origin: (
        Annotated[Country, Meta(description="the jurisdiction that it comes from: there it is not imported")] | None
    ) = None
    launched: Annotated[Date, Meta(description="when it was launched, as a date")] | None = None

    def subject(self) -> tuple[str, str]:
        return "chip", self.chip

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from date_faults("launched", self.launched)
        yield from part_faults("attributes", self.attributes)
        if self.origin == NOWHERE:
            yield WrongKind("origin", "no jurisdiction", self.origin, "leave it out where it is not known")

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from new_part_faults("attributes", self.attributes)
        for code in self.controlled_by:
            yield from code_faults("controlled_by", code)
        yield from code_faults("origin", self.origin)


class GroupDefined(Registration, frozen=True, kw_only=True, tag="group-defined"):
    """A group of companies or of chips; ``complete`` says that it has no other members."""

    group: Id
    kind: Annotated[Literal["company", "chip"], Meta(description="what its members are")]
    name: Name
    members: Annotated[tuple[Id, ...], Meta(description="ids of its members")]
    complete: Annotated[bool, Meta(description="whether these are all its members")] = False

    def subject(self) -> tuple[str, str]:
        return self.kind, self.group

    def ids(self) -> tuple[Named, ...]:
        return tuple((self.kind, "members", member, True) for member in self.members)


def _share_faults(owners: tuple[Owner, ...]) -> Iterator[Refused]:
    shares: dict[str, Number] = {}
    for owner in owners:
        if owner.share <= 0:
            why = f"the share of {owner.company} is not above 0"
            yield BadShare("owners", why, "give it in percent, or leave the owner out")
        if owner.company in shares:
            yield BadShare("owners", f"{owner.company} is named twice", "keep it once, with its whole share")
        shares[owner.company] = owner.share
    if sum(owner.share for owner in owners) > ALL_OF_IT:
        yield BadShare("owners", "together the shares are above 100 %", "check them: they are given in percent")


_OF_THE_MACHINE = ("localtime", "posixrules", "Factory")
"""Names in a time zone database that mean another zone on another machine, or none."""


def _is_time_zone(name: str) -> bool:
    """Whether the machine's time zone database has this name. A machine without one takes any."""
    from zoneinfo import ZoneInfo, available_timezones

    if name in _OF_THE_MACHINE or name.startswith(("posix/", "right/")):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return not available_timezones()
    return True
