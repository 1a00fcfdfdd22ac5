"""The board as a drawing: a row for companies that are alike, a column for chips that are, a cell in its colour.

Names are broken into lines and never cut: the drawing grows with them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.status.words import STATUSES, Status
from policytracker.web.board_table import Cell as Answer
from policytracker.web.board_table import Ids, Section
from policytracker.web.charts.letters import lines_of
from policytracker.web.charts.strip_intervals import NOT_KNOWN, WORDS, possible_in_words
from policytracker.web.words import DOMESTIC

NAMES_WIDTH, WIDTH, ROW, BETWEEN, LINE = 216, 112, 34, 3, 15
"""Of the names of rows, of a column, of a row at the least, between two, and of a line of a name."""
NAME_LETTERS, HEADING_LETTERS = 28, 14
"""Letters for which a line of the name of a row, and of a column, has room."""
SECTION = 24
MARGIN = 6
Name = Callable[[str, str], str]
"""What to call a company or a chip, given which and its id."""


class Cell(NamedTuple):
    """A cell, or several that are alike."""

    x: float
    y: float
    height: float
    possible: Sequence[Status]
    is_domestic: bool
    lines: tuple[str, ...]
    says: str
    """Whose it is, of what, and the statuses, in words."""

    @property
    def is_unknown(self) -> bool:
        """Whether any status is possible."""
        return len(self.possible) == len(STATUSES)


class Text(NamedTuple):
    """A name in lines, and where the first of them is."""

    x: float
    y: float
    lines: list[str]


class Drawn(NamedTuple):
    """The drawing, in its own units."""

    width: float
    height: float
    headings: list[Text]
    sections: list[Text]
    rows: list[Text]
    cells: list[Cell]

    @property
    def statuses(self) -> list[str]:
        """Those that some cell has as one of its ends, lowest first: what a legend explains."""
        told = [each.possible for each in self.cells if not each.is_unknown and not each.is_domestic]
        ends = {word for possible in told for word in (possible[0], possible[-1])}
        return [word for word in STATUSES if word in ends]

    @property
    def has_uncertain(self) -> bool:
        """Whether some cell has more than one possible status, but not all."""
        return any(1 < len(each.possible) < len(STATUSES) for each in self.cells)

    @property
    def has_unknown(self) -> bool:
        """Whether some cell has all."""
        return any(each.is_unknown for each in self.cells)

    @property
    def has_domestic(self) -> bool:
        """Whether some cell is domestic."""
        return any(each.is_domestic for each in self.cells)

    @property
    def says(self) -> str:
        """All cells in words, for those who do not see it."""
        return ". ".join(each.says for each in self.cells)


def matrix_drawing(across: Sequence[Ids], sections: Iterable[Section], name: Name) -> Drawn:
    """The drawing of a board, given its columns and its rows by jurisdiction."""
    chips = [", ".join(name("chip", chip) for chip in group) for group in across]
    headings = [lines_of(text, HEADING_LETTERS) for text in chips]
    top = max(map(len, headings), default=0) * LINE + MARGIN
    found = Drawn(NAMES_WIDTH + len(across) * WIDTH, 0, [], [], [], [])
    for place, lines in enumerate(headings):
        x = NAMES_WIDTH + place * WIDTH + (WIDTH - BETWEEN) / 2
        found.headings.append(Text(x, top - MARGIN - (len(lines) - 1) * LINE, lines))
    y = float(top)
    for section in sections:
        found.sections.append(Text(0, y + 17, [section.jurisdiction]))
        y += SECTION
        for row in section.rows:
            companies = ", ".join(name("company", each) for each in row.companies)
            lines = lines_of(companies, NAME_LETTERS)
            height = max(ROW, len(lines) * LINE + MARGIN)
            found.rows.append(Text(0, y + (height - len(lines) * LINE) / 2 + 11, lines))
            found.cells.extend(_cells(row.cells, chips, companies, y, height))
            y += height + BETWEEN
    return found._replace(height=y)


def _cells(cells: Iterable[Answer], chips: Sequence[str], whose: str, y: float, height: float) -> Iterator[Cell]:
    for place, cell in enumerate(cells):
        possible = cell.possible
        words = DOMESTIC if cell.is_domestic else possible_in_words(possible, WORDS)
        lines: tuple[str, ...] = (words,)
        if not cell.is_domestic and 1 < len(possible) < len(STATUSES):
            lines = (WORDS[possible[-1]], f"or {WORDS[possible[0]]}")
        elif not cell.is_domestic and len(possible) == len(STATUSES):
            lines = (NOT_KNOWN,)
        says = f"{whose}, {chips[place]}: {words}"
        yield Cell(NAMES_WIDTH + place * WIDTH, y, height, possible, cell.is_domestic, lines, says)
