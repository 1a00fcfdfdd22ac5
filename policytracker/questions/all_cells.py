"""The possible statuses of all companies and chips at once."""

from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Statuses


def all_cells(reader: Reader, clocks: Clocks) -> Statuses:
    """The possible statuses of all registered companies and chips, in the order of their ids."""
    point = reader.point(clocks)
    board = reader.board(point.seen, point.day)
    return Statuses(board.companies.names, board.chips.names, board.possible(point))
