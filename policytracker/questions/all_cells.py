"""The possible statuses of all companies and chips at once."""

from policytracker.questions.books import Books, Clocks
from policytracker.questions.statuses import Statuses


def all_cells(books: Books, clocks: Clocks) -> Statuses:
    """The possible statuses of all registered companies and chips, in the order of their ids."""
    point = books.point(clocks)
    board = books.board(point.seen)
    return Statuses(board.companies.names, board.chips.names, board.possible(point))
