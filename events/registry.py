"""Registry events: authorities, companies, chips and groups. Bookkeeping: they have the recorded clock only."""

from typing import Annotated, Literal

from msgspec import Meta

from policytracker.events.fields import Country, Direction, Event, Id, Name, Names, Part
from policytracker.events.refusals import WrongKind


class Registration(Event, frozen=True, kw_only=True):
    """A subject is registered; the newest registration of a subject wins."""

    def subject(self) -> tuple[str, str]:
        """The name space and the id that this registers."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise WrongKind when the id is a selector's word."""
        space, name = self.subject()
        if name == "all":
            field = "group" if isinstance(self, GroupDefined) else space
            raise WrongKind(field, "the id is taken: it selects everything", name, "choose another id")


class AuthorityRegistered(Registration, frozen=True, kw_only=True, tag="authority-registered"):
    """An authority: who acts, for which jurisdiction, in which direction."""

    authority: Id
    name: Name
    jurisdiction: Country
    direction: Direction
    names: Names | None = None

    def subject(self) -> tuple[str, str]:
        return "authority", self.authority


class CompanyRegistered(Registration, frozen=True, kw_only=True, tag="company-registered"):
    """A company, where it is, and whose it is."""

    company: Id
    name: Name
    jurisdiction: Country
    parent: Annotated[Id, Meta(description="the company that owns it")] | None = None
    aliases: Annotated[tuple[str, ...], Meta(description="other names")] = ()
    names: Names | None = None
    identifiers: Annotated[dict[str, str], Meta(description="lei=…, ticker=…")] | None = None

    def subject(self) -> tuple[str, str]:
        return "company", self.company


class Attributes(Part, frozen=True, kw_only=True):
    """The numbers that rules turn on."""

    tpp: Annotated[float | int, Meta(description="total processing performance")] | None = None
    performance_density: Annotated[float | int, Meta(description="TPP per mm² of applicable die area")] | None = None
    dram_bandwidth: Annotated[float | int, Meta(description="total DRAM bandwidth, GB/s")] | None = None
    io_bandwidth: Annotated[float | int, Meta(description="aggregate bidirectional I/O bandwidth, GB/s")] | None = None
    die_area: Annotated[float | int, Meta(description="applicable die area, mm²")] | None = None
    memory: Annotated[float | int, Meta(description="memory, GB")] | None = None


class ChipRegistered(Registration, frozen=True, kw_only=True, tag="chip-registered"):
    """A chip, its maker, and the jurisdictions that control its export."""

    chip: Id
    name: Name
    vendor: Annotated[str, Meta(min_length=1, description="who makes it")]
    controlled_by: Annotated[tuple[Country, ...], Meta(description="jurisdictions that control its export")]
    aliases: Annotated[tuple[str, ...], Meta(description="other names")] = ()
    attributes: Attributes | None = None

    def subject(self) -> tuple[str, str]:
        return "chip", self.chip


class GroupDefined(Registration, frozen=True, kw_only=True, tag="group-defined"):
    """A group of companies or of chips; ``complete`` says that it has no other members."""

    group: Id
    kind: Annotated[Literal["company", "chip"], Meta(description="what its members are")]
    name: Name
    members: Annotated[tuple[Id, ...], Meta(description="ids of its members")]
    complete: Annotated[bool, Meta(description="whether these are all its members")] = False

    def subject(self) -> tuple[str, str]:
        return self.kind, self.group
