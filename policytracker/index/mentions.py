"""Which claims ever name a company, a chip or both, whatever became of them: read from the mentions of the index."""

from collections.abc import Iterator

from policytracker.index.cells import Cells, Side
from policytracker.index.layout import MENTIONS, position_of, sort_of


def naming(cells: Cells, company: str | None, chip: str | None, seen: int) -> set[int]:
    """The positions of the claims that match a company, a chip, or a cell of both, by the registry of the cells.

    A claim matches as it was recorded, or as any event about it has made it since, up to the position ``seen``;
    certainly or possibly. None: any. Both are ids of registered subjects.
    """
    of_company = None if company is None else cells.company(company)
    of_chip = None if chip is None else cells.chip(chip)
    rows, found = cells.index.rows, set[int]()
    for first, last in _spans(cells, of_company, of_chip):
        for row in range(first, last):
            if rows.seen_from[row] > seen:
                continue
            company_expression, chip_expression = rows.companies[row], rows.chips[row]
            if of_company and company_expression and not of_company.matches[company_expression]:
                continue
            if of_chip and chip_expression and not of_chip.matches[chip_expression]:
                continue
            found.add(position_of(rows.claim[row]))
    return found


def _spans(cells: Cells, company: Side | None, chip: Side | None) -> Iterator[tuple[int, int]]:
    """The rows of mentions under the terms of a company and a chip: the first, and the one after the last."""
    companies, chips = ({number for number, _ in side.terms} if side else None for side in (company, chip))
    for number, of_company, of_chip, first, last in cells.index.spans():
        is_mention = sort_of(number) == MENTIONS
        if is_mention and (companies is None or of_company in companies) and (chips is None or of_chip in chips):
            yield first, last
