"""The pages as static files: rendered by the same templates, found by following the links of those that are asked for.

The board at other dates is looked up by a script, in answers that lie beside it; every other page shows the dates of
the export, and needs no script. A small one adds a search box, and a button that prints.
"""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path, PurePosixPath

from policytracker.questions.escaping import json_text
from policytracker.questions.explorer_data import explorer_data
from policytracker.questions.reader import Clocks
from policytracker.web import files
from policytracker.web.explorer import data_script, origin
from policytracker.web.opened import Opened
from policytracker.web.options import DEFAULT, Options
from policytracker.web.page import Feed, Page, Picture, Question
from policytracker.web.pages import FEEDS
from policytracker.web.rendering import environment, render
from policytracker.web.site_places import BOARD, CATALOGUE, Extent, Place, SiteAddresses
from policytracker.web.site_search import search_index

ALWAYS = ("home", "board", "news", "changes", "conflicts", "log", "authorities", "publishers")
REFERENCE = ("method", "glossary", "about")
EVERYTHING = Extent(cells=True, answers=True)


def write_site(
    opened: Opened, clocks: Clocks, folder: Path, options: Options = DEFAULT, extent: Extent = EVERYTHING
) -> Iterator[str]:
    """Write every page that is asked for or linked to, one file at a time; yields the names of the files written."""
    asked = Question(opened, clocks, options=options)
    found: dict[Place, None] = dict.fromkeys(_first(asked, extent))
    to = SiteAddresses(PurePosixPath("index"), found, clocks, extent, options.base)
    for name, content in files.CONTENTS.items():
        yield _write(folder, f"static/{name}", content)
    for name, text in _board(asked, extent, to):
        yield _write(folder, name, text.encode())
    yield _write(folder, "static/index.js", search_index(asked, to).encode())
    waiting = deque(found)
    while waiting:
        place = waiting.popleft()
        before = len(found)
        for name, content in written(asked, place, found, extent):
            yield _write(folder, name, content)
        waiting.extend(list(found)[before:])


def _first(asked: Question, extent: Extent) -> Iterator[Place]:
    """The places that are written whether or not a page leads there."""
    directory = asked.directory
    companies = sorted(directory.companies) if extent.companies is None else extent.companies
    chips = sorted(directory.chips) if extent.chips is None else extent.chips
    yield from (Place(name) for name in (*ALWAYS, *REFERENCE, *(feed.name for feed in FEEDS)))
    yield from (Place("company", (("company", each),)) for each in companies)
    yield from (Place("chip", (("chip", each),)) for each in chips)
    yield from (Place("authority", (("authority", each),)) for each in sorted(directory.authorities))
    if extent.cells:
        pairs = product(companies, chips)
        yield from (Place("cell", (("chip", chip), ("company", company))) for company, chip in pairs)


def _board(asked: Question, extent: Extent, to: SiteAddresses) -> Iterator[tuple[str, str]]:
    """The board for any two dates, the answers that it looks up, and which pages it may lead to."""
    found = explorer_data(asked.reader, asked.clocks)
    yield "static/answers.js", data_script("atlasData", found)
    directory = asked.directory
    pages = {
        "company": [each for each in sorted(directory.companies) if extent.has("company", {"company": each})],
        "chip": [each for each in sorted(directory.chips) if extent.has("chip", {"chip": each})],
        "cells": extent.cells,
    }
    template = environment().get_template("site_board.html")
    table = f"{Place('board').path}.html"
    page = CATALOGUE["board"]
    yield BOARD, template.render(to=to, page=page, origin=origin(found), table=table, pages=json.dumps(pages))


def written(
    asked: Question, place: Place, found: dict[Place, None], extent: Extent = EVERYTHING
) -> Iterator[tuple[str, bytes]]:
    """The files of one place, each by its name; what they link to is added to ``found``."""
    address = CATALOGUE[place.page]
    given = dict(place.given)
    path = {name: value for name, value in given.items() if f"{{{name}}}" in address.path}
    query = {name: value for name, value in given.items() if name not in path}
    if place.page == "home" and extent.chips:
        query["chip"] = extent.chips[0]
    question = replace(asked, path=path, query=query)
    to = SiteAddresses(place.path, found, asked.clocks, extent, asked.options.base)
    if isinstance(address, Page):
        answer = address.answer(question)
        yield f"{place.path}.html", render(address, question, answer, to).encode()
        if extent.answers:
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
