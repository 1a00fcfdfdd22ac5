"""What a page is: an address, an answer as JSON, and how the answer is shown."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from policytracker.questions.books import Books, Clocks
from policytracker.status.directory import Directory
from policytracker.status.grid import Grid
from policytracker.status.view import View
from policytracker.web.addresses import Addresses
from policytracker.web.opened import Opened


@dataclass(frozen=True)
class Question:
    """What was asked of a page: the dates, what its path names, and what stands behind the question mark."""

    opened: Opened
    clocks: Clocks
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def books(self) -> Books:
        """The ledger's books."""
        return self.opened.books()

    @cached_property
    def grid(self) -> Grid:
        """The answers for all cells, as known then."""
        return self.opened.grid(self.clocks)

    @property
    def view(self) -> View:
        """The claims, as known then."""
        return self.grid.view

    @property
    def directory(self) -> Directory:
        """The registry, as recorded then."""
        return self.view.directory


@dataclass(frozen=True)
class Part:
    """A part of a page that many dates share: drawn once for each ``key``, apart from the dates in its links."""

    template: str
    key: Hashable
    """What it shows besides what stands behind the question mark; equal keys, equal parts."""
    values: Callable[[], Mapping[str, Any]]
    """What its template needs, besides ``to``, ``name`` and ``query``."""


@dataclass(frozen=True)
class Parameter:
    """A name that may stand behind the question mark."""

    name: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Address:
    """Something that a server answers at one address."""

    name: str
    path: str
    says: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page(Address):
    """A page. ``answer`` is what ``.json`` gives, in the shapes of the command line; ``shown`` what the template
    needs beside it."""

    answer: Callable[[Question], Any]
    shown: Callable[[Question, Any], Mapping[str, Any]]
    draws_answer: bool = True
    """Whether the template needs the answer itself; else ``shown`` is given None."""

    @property
    def template(self) -> str:
        """The file that draws it."""
        return f"{self.name}.html"


@dataclass(frozen=True, kw_only=True)
class Feed(Address):
    """A feed for other programs: ``body`` gives its text."""

    media_type: str
    body: Callable[[Question, Addresses], str]
