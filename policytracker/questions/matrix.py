"""Companies and chips at a glance: the status of every cell, and which of them are alike throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.all_cells import all_cells
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Statuses
from policytracker.status.words import ANY, STATUSES, highest, lowest

if TYPE_CHECKING:
    from policytracker.questions.answers import MatrixRow


class Matrix(NamedTuple):
    """The possible statuses, as bits, of every company and chip asked for."""

    companies: tuple[str, ...]
    chips: tuple[str, ...]
    possible: Statuses
    clocks: Clocks

    def alike_companies(self) -> list[tuple[str, ...]]:
        """Companies gathered where every chip's answer is the same."""
        return _alike(self.companies, self.possible.row)

    def alike_chips(self) -> list[tuple[str, ...]]:
        """Chips gathered where every company's answer is the same."""
        return _alike(self.chips, self.possible.column)

    def rows(self) -> list[MatrixRow]:
        """One object a company."""
        known = None if self.clocks.known is None else moment_text(self.clocks.known)
        return [
            {
                "company": company,
                "at": iso(self.clocks.at),
                "known": known,
                "cells": {chip: spread(self.possible[company, chip]) for chip in self.chips},
            }
            for company in self.companies
        ]


def matrix(reader: Reader, clocks: Clocks, companies: Sequence[str], chips: Sequence[str]) -> Matrix:
    """The matrix of some companies and chips, named as people name them; of all, where none is named.

    Raises UnknownName or AmbiguousName.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    rows = tuple(dict.fromkeys(names.company(directory, name) for name in companies or sorted(directory.companies)))
    columns = tuple(dict.fromkeys(names.chip(directory, name) for name in chips or sorted(directory.chips)))
    return Matrix(rows, columns, all_cells(reader, clocks).among(rows, columns), clocks)


def spread(possible: int) -> str:
    """A set of statuses in short: its word, lowest..highest, or unknown.

    >>> spread(0b0101000)
    'in_principle..conditional'
    """
    if possible == ANY:
        return "unknown"
    ends = dict.fromkeys((STATUSES[lowest(possible)], STATUSES[highest(possible)]))
    return "..".join(ends)


def _alike(ids: Iterable[str], answers: Callable[[str], bytes]) -> list[tuple[str, ...]]:
    found: dict[bytes, list[str]] = {}
    for name in ids:
        found.setdefault(answers(name), []).append(name)
    return [tuple(group) for group in found.values()]
