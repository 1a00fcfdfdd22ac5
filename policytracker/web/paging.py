"""Long answers cut into pages: the budgets, and the number of the page that was asked for."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeVar

from policytracker.questions.newest import LAST, Place
from policytracker.web.asking import BadAddress
from policytracker.web.page import Parameter, Question

Item = TypeVar("Item")

COMPANIES = 50
"""Companies on a page: rows of the board, and the list on a chip's page."""
CHIPS = 50
"""Chips on a page: columns of the board, and the list on a company's page. With COMPANIES: at most 2,500 cells."""
CHANGED = 1_000
"""Cells on a page of /changes, where it holds all that change;"""
OF_MANY_CHANGED = 200
"""and where more change: each is explained by itself, which takes long in the large ledgers where so many do."""
CLAIMS = 60
"""Claims told on a page."""
LOOKED_AT = 2_000
"""Claims that are read for such a list at the most; the link to older ones goes on from there."""
LISTED = 100
"""Lines of any other list: events, reports, sources, quantities, names of companies and chips."""
CHOICES = 100
"""Names that a form offers; of more, one is written."""
LONGEST_NUMBER = 6

PAGE = Parameter("page", "The number of the page, from 1, of an answer that is cut into several.")
OLDER = Parameter("older", "Only claims before this one: as the page's own link to older ones gives it.")


class Cut(NamedTuple):
    """Where one stands among the pages of an answer."""

    page: int
    last: int
    """The number of the last page, at least 1."""

    @property
    def before(self) -> str | None:
        """The page before, as it stands in an address; the first needs no number."""
        return str(self.page - 1) if self.page > 1 else None

    @property
    def next(self) -> str | None:
        """The page after this one."""
        return str(self.page + 1) if self.page < self.last else None


def pages(count: int, per: int) -> int:
    """How many pages some items need, at least one.

    >>> pages(0, 50), pages(50, 50), pages(51, 50)
    (1, 1, 2)
    """
    return max(1, -(-count // per))


def cut(question: Question, last: int, name: str = "page") -> Cut:
    """The page that was asked for. Raises BadAddress for one that is not there."""
    text = question.query.get(name, "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
    if not 1 <= number <= last:
        raise BadAddress(name, f"there is no page {text!r}; the pages go from 1 to {last}")
    return Cut(number, last)


def part(items: Sequence[Item], at: Cut, per: int) -> Sequence[Item]:
    """The items of a page."""
    return items[(at.page - 1) * per : at.page * per]


def choices(names: Collection[str]) -> list[str]:
    """What a form offers; of many, one is written."""
    return sorted(names) if len(names) <= CHOICES else []


def older(question: Question, name: str = "older") -> Place:
    """Before which claim, or event, a list begins; without one, after all. Raises BadAddress."""
    text = question.query.get(name)
    if text is None:
        return LAST
    moment, _, position = text.partition(".")
    if not all(each.isascii() and each.isdigit() and len(each) <= 18 for each in (moment, position)):
        raise BadAddress(name, f"{text!r} names no claim; follow the link of the page")
    return int(moment), int(position)


def older_text(place: Place | None) -> str | None:
    """A place as it stands in an address."""
    return None if place is None else ".".join(map(str, place))
