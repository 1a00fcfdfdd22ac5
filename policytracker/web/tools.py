"""What every page offers beside its answer: how to cite it, its tables, its feed, and where it is for good."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from policytracker.questions.citing import lasting_dates
from policytracker.web.addresses import Addresses
from policytracker.web.page import Drawn, Page, Question
from policytracker.web.tables import csv_name

UNDATED: Drawn = {"at": None, "known": None, "recorded": None}
CALLED = {"why": "why", "timeline": "day by day", "knowledge": "report by report"}
"""What tables are called for readers, where their name in addresses is another."""


class File(NamedTuple):
    """A table, a feed or a picture of the page."""

    text: str
    address: str


class Tools(NamedTuple):
    """The bar of tools of one page."""

    address: str
    """Of the page, as others find it; empty where nobody has said where that is."""
    lasting: str | None
    """Of the page as it is now, for good; None where nothing is recorded, and for a file of a site."""
    tables: list[File]
    """None in a site: every file there counts for its size."""
    feed: str
    """Of the changes of what the page is about."""


def tools(page: Page[Any], question: Question, to: Addresses) -> Tools:
    """The tools of a page."""
    about: dict[str, str | None] = {**question.path, **question.query}
    dates = lasting_dates(question.reader, question.clocks, question.publications.last_by(None)) if to.asks else None
    address = to.absolute(to.to(page.name, **about))
    return Tools(
        address if urlsplit(address).scheme else "",
        to.absolute(to.to(page.name, **{**dates, **about})) if dates else None,
        _tables(page, about, to) if to.asks else [],
        to.absolute(to.to("changes-feed", **{**UNDATED, **narrowed(question)})),
    )


def narrowed(question: Question) -> dict[str, str | None]:
    """The company and the chip that a page is about, as its feed takes them."""
    given = {**question.query, **question.path}
    return {name: given.get(name) for name in ("company", "chip")}


def _tables(page: Page[Any], about: dict[str, str | None], to: Addresses) -> list[File]:
    found = []
    for place, table in enumerate(page.tables):
        named = {"table": table.name} if place else {}
        found.append(File(CALLED.get(table.name, table.name), to.to(csv_name(page), **about, **named)))
    return found
