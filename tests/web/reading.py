"""A page as a reader takes it in: its tables by their headings, its links, its texts."""

from html.parser import HTMLParser
from typing import NamedTuple


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


class Tables(HTMLParser):
    """All tables of a page, each a list of rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[Box]]] = []
        self._words: list[str] | None = None
        self._links: list[Link] = []
        self._classes: tuple[str, ...] = ()
        self._address: str | None = None
        self._linked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._words, self._links, self._classes = [], [], tuple((given.get("class") or "").split())
        elif tag == "a" and self._words is not None:
            self._address, self._linked = given.get("href"), []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._words is not None:
            text = " ".join("".join(self._words).split())
            self.tables[-1][-1].append(Box(text, tuple(self._links), self._classes, tag == "th"))
            self._words = None
        elif tag == "a" and self._address is not None:
            self._links.append(Link(self._address, "".join(self._linked)))
            self._address = None

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)
            self._linked.append(data)


def board(page: str) -> dict[tuple[str, str], str]:
    """The statuses on a board, in the words of ``matrix``, by company and chip; alike ones told apart."""
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
    return "..".join(word.strip().replace(" ", "_") for word in box.text.replace("\xa0", " ").split("…"))
