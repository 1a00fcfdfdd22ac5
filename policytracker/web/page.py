"""What a page is: an address, an answer as JSON, and how the answer is shown."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar, cast, get_type_hints

from policytracker.questions import names
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.spreadsheets import Rows
from policytracker.questions.statuses import Statuses
from policytracker.questions.turning import Publications
from policytracker.status.directory import Directory
from policytracker.status.view import View
from policytracker.web.addresses import Addresses
from policytracker.web.opened import Opened
from policytracker.web.options import DEFAULT, Options

Value = TypeVar("Value")
Answer = TypeVar("Answer")
Drawn = dict[str, Any]
"""What a template is given, by the names that it has for it."""


@dataclass(frozen=True)
class Question:
    """What was asked of a page: the dates, what its path names, and what stands behind the question mark."""

    opened: Opened
    clocks: Clocks
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    options: Options = DEFAULT

    @cached_property
    def reader(self) -> Reader:
        """The ledger's reader."""
        return self.opened.reader()

    @property
    def statuses(self) -> Statuses:
        """The possible statuses of all cells."""
        return self.opened.statuses(self.clocks)

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What both the answer and the page need, made once for this question."""
        if key not in self._made:
            self._made[key] = make()
        return cast(Value, self._made[key])

    @cached_property
    def _made(self) -> dict[Hashable, object]:
        return {}

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the company and the chip that the path names. Raises UnknownName or AmbiguousName."""
        return names.company(self.directory, self.path["company"]), names.chip(self.directory, self.path["chip"])

    @property
    def view(self) -> View:
        """Every event as it stands: for the few pages that tell of all claims, for it reads the whole ledger."""
        return self.opened.view(self.clocks)

    @cached_property
    def directory(self) -> Directory:
        """The registry of the day, as recorded then."""
        return self.reader.directory_at(self.clocks.recorded, self.clocks.at)

    @cached_property
    def registered_since(self) -> int:
        """The day from which on the registry is as it is on the day, as recorded then."""
        return self.reader.registry(self.reader.point(self.clocks).seen).since(self.clocks.at)

    @cached_property
    def publications(self) -> Publications:
        """When reports were published, as recorded then."""
        return self.opened.publications(self.clocks.recorded)


@dataclass(frozen=True)
class Part:
    """A part of a page that many dates share: drawn once for each ``key``, apart from the dates in its links."""

    template: str
    key: Hashable
    """What it shows besides what stands behind the question mark; equal keys, equal parts."""
    values: Callable[[], Drawn]
    """What its template needs, besides ``to``, ``name`` and ``query``."""


@dataclass(frozen=True)
class Parameter:
    """A name that may stand behind the question mark."""

    name: str
    says: str
    is_list: bool = False
    """Whether it takes several, with commas between, or is given once for each, as the fields of a form do."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Something that a server answers at one address."""

    name: str
    path: str
    says: str
    parameters: tuple[Parameter, ...] = ()
    is_whole: bool = False
    """Whether it may ask about all cells or all claims: such pages wait for each other, and others do not for them."""


class Lead(NamedTuple):
    """Another page that answers better."""

    name: str
    given: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table of a page as comma-separated values."""

    name: str
    """What it is called in addresses and on the page."""
    command: str | None
    """The command whose ``--csv`` has the same columns; None: there is none."""
    made: Callable[[Question, Any], tuple[Sequence[str], Rows]]
    """Its columns, and its rows: of those of the page, in its order."""


@dataclass(frozen=True, kw_only=True)
class Page(Address, Generic[Answer]):
    """A page. ``answer`` is what ``.json`` gives, in the shapes of the command line, and its return type describes
    that to other programs; ``shown`` is what the template needs beside it."""

    answer: Callable[[Question], Answer]
    shown: Callable[[Question, Answer], Drawn]
    draws_answer: bool = True
    """Whether the template needs the answer itself; else ``shown`` is given None."""
    drawn_by: str | None = None
    """The file that draws it, where it is not called like the page."""
    tables: tuple[Table, ...] = ()
    """What ``.csv`` gives, by name; the first where none is named."""
    leads: Callable[[Question], Lead | None] | None = None
    """The page to which readers are led in place of this one; its JSON stays."""
    last: Callable[[Question], int] | None = None
    """The number of its last page, of a page that is cut into several by ``page``."""

    @property
    def answer_type(self) -> Any:
        """The type of the answer: what ``answer`` says that it returns."""
        return get_type_hints(self.answer)["return"]

    @property
    def template(self) -> str:
        """The file that draws it."""
        return self.drawn_by or f"{self.name}.html"


@dataclass(frozen=True, kw_only=True)
class Feed(Address):
    """A feed for other programs: ``body`` gives its text."""

    media_type: str
    body: Callable[[Question, Addresses], str]
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class Picture(Address):
    """A drawing as a file of its own: ``body`` gives its bytes."""

    media_type: str
    body: Callable[[Question, Addresses], bytes]
