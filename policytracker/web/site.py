"""The pages as static files: rendered by the same templates, found by following the links from the board.

The board at other dates is looked up by a script, in answers that lie beside it; every other page shows the dates of
the export, and needs no script.
"""

import os
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urljoin

from policytracker.questions.escaping import json_text
from policytracker.questions.explorer_data import explorer_data
from policytracker.questions.reader import Clocks
from policytracker.web import files
from policytracker.web.addresses import filled
from policytracker.web.explorer import data_script, origin
from policytracker.web.opened import Opened
from policytracker.web.options import DEFAULT, Options
from policytracker.web.page import Address, Feed, Page, Picture, Question
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from policytracker.web.rendering import environment, render

CATALOGUE: dict[str, Address] = {each.name: each for each in (*PAGES, *FEEDS, *PICTURES)}
FOLLOWED = {"publisher", "before", "since"}
"""What may stand behind the question mark of an address and makes a file of its own."""
LEFT_TO_SERVERS = {"search", "compare", "method", "glossary", "about"}
"""Pages that are nothing without a question, of which there would be too many, or that lead into the documentation,
which a site does not hold."""
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
    path, query = filled(CATALOGUE[place.page].path, dict(place.given))
    parts = [_file_name(part) for part in path.strip("/").split("/")]
    parts[-1] += "".join(f"-{_file_name(value)}" for _, value in sorted(query.items()))
    return PurePosixPath("/".join(parts))


def _file_name(text: str) -> str:
    """A part of a path that is a file's name everywhere and stays in its folder; what it leaves out is in a hash."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.")[:60]
    return plain if plain == text else f"{plain}-{sha256(text.encode()).hexdigest()[:8]}".strip("-")


class SiteAddresses:
    """Addresses relative to one file of the site; every place that is linked to is kept to be written."""

    asks = False

    def __init__(self, own: PurePosixPath, found: dict[Place, None], base: str | None = None) -> None:
        """``own`` is the file's path in the folder, without its ending; ``base`` is where the folder will be."""
        self._own, self._found, self._base = own, found, base

    def to(self, name: str, **given: str | None) -> str:
        if name == "board" or name in LEFT_TO_SERVERS:
            return self._relative("index.html")
        address = CATALOGUE[name]
        place = Place(name, () if isinstance(address, Feed) else tuple(sorted(_about(name, given).items())))
        self._found.setdefault(place)
        return self._relative(f"{place.path}.html" if isinstance(address, Page) else str(place.path))

    def file(self, name: str) -> str:
        return self._relative(f"static/{name}")

    def data(self) -> str | None:
        return self._relative(f"{self._own}.json")

    def documentation(self) -> str | None:
        return None

    def absolute(self, address: str) -> str:
        return address if self._base is None else urljoin(f"{self._base}/{quote(str(self._own))}", address)

    def _relative(self, path: str) -> str:
        return quote(os.path.relpath(path, self._own.parent))


def _about(name: str, given: Mapping[str, str | None]) -> dict[str, str]:
    pattern = CATALOGUE[name].path
    kept = {key: value for key, value in given.items() if value is not None}
    return {key: value for key, value in kept.items() if f"{{{key}}}" in pattern or key in FOLLOWED}


def write_site(opened: Opened, clocks: Clocks, folder: Path, options: Options = DEFAULT) -> Iterator[str]:
    """Write every page that can be reached, one file at a time; yields the names of the files written."""
    found: dict[Place, None] = {Place("board"): None}
    waiting = deque(found)
    for name, content in files.CONTENTS.items():
        yield _write(folder, f"static/{name}", content)
    for name, text in _index(opened, clocks):
        yield _write(folder, name, text.encode())
    while waiting:
        place = waiting.popleft()
        before = len(found)
        for name, content in written(Question(opened, clocks, options=options), place, found):
            yield _write(folder, name, content)
        waiting.extend(list(found)[before:])


def _index(opened: Opened, clocks: Clocks) -> Iterator[tuple[str, str]]:
    """The board for any two dates, and the answers that it looks up."""
    found = explorer_data(opened.reader(), clocks)
    yield "static/answers.js", data_script(found)
    to = SiteAddresses(PurePosixPath("index"), {})
    yield "index.html", environment().get_template("site_index.html").render(to=to, origin=origin(found))


def written(asked: Question, place: Place, found: dict[Place, None]) -> Iterator[tuple[str, bytes]]:
    """The files of one place, each by its name; what they link to is added to ``found``."""
    address = CATALOGUE[place.page]
    given = dict(place.given)
    path = {name: value for name, value in given.items() if f"{{{name}}}" in address.path}
    query = {name: value for name, value in given.items() if name not in path}
    question = replace(asked, path=path, query=query)
    to = SiteAddresses(place.path, found, asked.options.base)
    if isinstance(address, Page):
        answer = address.answer(question)
        yield f"{place.path}.html", render(address, question, answer, to).encode()
        yield f"{place.path}.json", json_text(answer).encode()
    elif isinstance(address, Feed):
        yield str(place.path), address.body(question, to).encode()
    elif isinstance(address, Picture):
        yield str(place.path), address.body(question, to)


def _write(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name
