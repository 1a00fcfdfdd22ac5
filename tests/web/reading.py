"""A page as a reader takes it in: its tables by their headings, its links, its texts."""

import re
from html import unescape
from typing import NamedTuple

from policytracker.web.words import DOMESTIC


class Link(NamedTuple):
    """A link and its words."""

    address: str
    text: str


class Box(NamedTuple):
    """A cell of a table: its words, its links, its classes, and whether it is a heading."""

    text: str
    links: tuple[Link, ...]
    classes: tuple[str, ...]
    is_heading: bool


TAG = re.compile(r"<(/?)(table|tr|td|th|a)\b([^>]*)>|<[^>]*>")
"""What a page is made of beside text; in attributes ``>`` is written out."""
ATTRIBUTE = re.compile(r'\s(class|href)="([^"]*)"')


class Tables:
    """All tables of a page, each a list of rows. Many times faster than a parser of any HTML."""

    def __init__(self, page: str) -> None:
        self.tables: list[list[list[Box]]] = []
        self._words: list[str] | None = None
        self._links: list[Link] = []
        self._classes: tuple[str, ...] = ()
        self._address: str | None = None
        self._linked: list[str] = []
        end = 0
        for tag in TAG.finditer(page):
            if self._words is not None and tag.start() > end:
                text = unescape(page[end : tag.start()])
                self._words.append(text)
                self._linked.append(text)
            end = tag.end()
            if tag[2] and tag[1]:
                self._close(tag[2])
            elif tag[2]:
                self._open(tag[2], dict(ATTRIBUTE.findall(tag[3])))

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._words, self._links, self._classes = [], [], tuple(given.get("class", "").split())
        elif self._words is not None:
            self._address, self._linked = unescape(given["href"]) if "href" in given else None, []

    def _close(self, tag: str) -> None:
        if tag in ("td", "th") and self._words is not None:
            text = " ".join("".join(self._words).split())
            self.tables[-1][-1].append(Box(text, tuple(self._links), self._classes, tag == "th"))
            self._words = None
        elif tag == "a" and self._address is not None:
            self._links.append(Link(self._address, "".join(self._linked)))
            self._address = None


def board(page: str) -> dict[tuple[str, str], str]:
    """The statuses on a board, in the words of ``matrix``, by company and chip; alike ones told apart.

    What is domestic is cleared.
    """
    (rows,) = Tables(page).tables[:1]
    heading = next(
        row for row in rows if len(row) > 1 and not row[0].is_heading and row[-1].is_heading and row[-1].links
    )
    chips = [[_last(link.address) for link in box.links] for box in heading[1:]]
    found = {}
    for row in rows:
        if row[0].is_heading and len(row) == len(heading):
            for box, columns in zip(row[1:], chips, strict=True):
                found.update({(_last(link.address), chip): _status(box) for link in row[0].links for chip in columns})
    return found


def _last(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2].removesuffix(".html")


def _status(box: Box) -> str:
    if box.text == DOMESTIC:
        return "cleared"
    return "..".join(word.strip().replace(" ", "_") for word in box.text.replace("\xa0", " ").split("…"))
