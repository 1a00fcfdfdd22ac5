"""What a static site holds, where its files lie, and where their links lead."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urlencode, urljoin

from policytracker.events.dates import iso, moment_text
from policytracker.questions.reader import Clocks
from policytracker.web.addresses import filled
from policytracker.web.page import Address, Feed, Page
from policytracker.web.pages import FEEDS, PAGES, PICTURES

CATALOGUE: dict[str, Address] = {each.name: each for each in (*PAGES, *FEEDS, *PICTURES)}
FOLLOWED = {"publisher", "before", "since", "older", "page"}
"""What may stand behind the question mark of an address and makes a file of its own."""
NAMED = {"home": PurePosixPath("index"), "board": PurePosixPath("table")}
"""Pages whose files are not called like their addresses; at the place of the board is that for any dates."""
BOARD = "board.html"
"""The board that answers for any dates, by a script; it shows any cell too."""
LEFT_TO_SERVERS = ("compare", "search")
"""Pages that are nothing without a question, or of which there would be too many."""
CHOICES = ("companies", "chips", "vendor", "each")
"""What this board can be narrowed by."""
Given = tuple[tuple[str, str], ...]


class Place(NamedTuple):
    """One file of the site: a page and what it is about, names in order."""

    page: str
    given: Given = ()

    @property
    def path(self) -> PurePosixPath:
        """Where it lies in the folder, without its ending."""
        return _path(self)


@cache
def _path(place: Place) -> PurePosixPath:
    if place.page in NAMED:
        return NAMED[place.page]
    path, query = filled(CATALOGUE[place.page].path, dict(place.given))
    parts = [_file_name(part) for part in path.strip("/").split("/")]
    # No id has an underscore, so no page of another has this name.
    parts[-1] += "".join(f"_{name}-{_file_name(value)}" for name, value in sorted(query.items()))
    return PurePosixPath("/".join(parts))


def _file_name(text: str) -> str:
    """A part of a path that is a file's name everywhere and stays in its folder; what it leaves out is in a hash."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.")
    # Cut as short as stays readable: the names of events, which are long, stand in many links.
    plain = plain if len(plain) <= 60 else plain[:20]
    return plain if plain == text else f"{plain}-{sha256(text.encode()).hexdigest()[:8]}".strip("-")


def _is_of_cell(page: str) -> bool:
    """Whether a page, or a picture of it, is about one company with one chip."""
    return CATALOGUE[page].path.startswith(CATALOGUE["cell"].path)


@dataclass(frozen=True)
class Extent:
    """What a site is to hold beside the pages that every site has."""

    companies: tuple[str, ...] | None = None
    """Ids of the companies that have pages; None: all."""
    chips: tuple[str, ...] | None = None
    """Ids of the chips that have pages; None: all."""
    cells: bool = False
    """Whether there is a page for each cell of these companies and chips."""
    answers: bool = False
    """Whether each page has its answer as JSON beside it."""

    def has(self, page: str, given: Mapping[str, str | None]) -> bool:
        """Whether a page is written; what is about no company and no chip always is."""
        if page in LEFT_TO_SERVERS:
            return False
        if page not in ("company", "chip") and not _is_of_cell(page):
            return True
        return (
            (page in ("company", "chip") or self.cells)
            and (self.companies is None or given.get("company", self.companies[0]) in self.companies)
            and (self.chips is None or given.get("chip", self.chips[0]) in self.chips)
        )


class SiteAddresses:
    """Addresses relative to one file of the site; every place that is linked to is kept to be written.

    What has no page of its own, and a cell at other dates, is shown by the board that answers for any dates.
    """

    asks = False

    def __init__(
        self,
        own: PurePosixPath,
        found: dict[Place, None],
        clocks: Clocks,
        extent: Extent,
        base: str | None = None,
    ) -> None:
        """``own`` is the file's path in the folder, without its ending; ``clocks`` are the dates of the site; ``base``
        is where the folder will be."""
        self._own, self._found, self._extent, self._base = own, found, extent, base
        self._dates = _dates(clocks)

    def to(self, name: str, **given: str | None) -> str:
        if name == "home" and given.get("chip") is not None:
            name = "chip"
        if name in ("board", "search"):
            return self._board({key: value for key, value in given.items() if key in CHOICES and value})
        address = CATALOGUE[name]
        about = _about(name, given)
        other = self._other_dates(given)
        is_held = self._extent.has(name, about)
        if _is_of_cell(name) and (not is_held or (name == "cell" and other)):
            return self._board({**other, "cell": f"{about['company']}/{about['chip']}"})
        if not is_held:
            named = {"companies": about.get("company"), "chips": about.get("chip")}
            return self._board({choice: value for choice, value in named.items() if value is not None})
        place = Place(name, () if isinstance(address, Feed) else tuple(sorted(about.items())))
        self._found.setdefault(place)
        return self._relative(f"{place.path}.html" if isinstance(address, Page) else str(place.path))

    def file(self, name: str) -> str:
        return self._relative(f"static/{name}")

    def data(self) -> str | None:
        return self._relative(f"{self._own}.json") if self._extent.answers else None

    def documentation(self) -> str | None:
        return None

    def absolute(self, address: str) -> str:
        return address if self._base is None else urljoin(f"{self._base}/{quote(str(self._own))}", address)

    def _board(self, shown: Mapping[str, str]) -> str:
        choice = urlencode(shown, safe="/:")
        return self._relative(BOARD) + (f"#{choice}" if choice else "")

    def _other_dates(self, given: Mapping[str, str | None]) -> dict[str, str]:
        """The dates of a link that are not those of the site, as the board takes them."""
        other = {name: given[name] for name, date in self._dates.items() if name in given and given[name] != date}
        return {name: date or "all" for name, date in other.items() if date or name == "known"}

    def _relative(self, path: str) -> str:
        return quote(os.path.relpath(path, self._own.parent))


def _dates(clocks: Clocks) -> dict[str, str | None]:
    return {"at": iso(clocks.at), "known": None if clocks.known is None else moment_text(clocks.known)}


def _about(name: str, given: Mapping[str, str | None]) -> dict[str, str]:
    pattern = CATALOGUE[name].path
    kept = {key: value for key, value in given.items() if value is not None}
    return {key: value for key, value in kept.items() if f"{{{key}}}" in pattern or key in FOLLOWED}
