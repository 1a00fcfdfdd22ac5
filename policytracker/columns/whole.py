"""The matrix of all companies and chips: gate by gate, the companies shared out among threads."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.answers import RULES
from policytracker.columns.cells import Ledger
from policytracker.columns.layers import LAYERS, MOST, Table, grown, table
from policytracker.columns.marks import Flags, Marks, Words, words_of
from policytracker.columns.matrix import walked
from policytracker.columns.rows import NOWHERE, Moment, Rows, Small
from policytracker.columns.sifting import Sifted, alive, sifted, told
from policytracker.columns.walk import Gate
from policytracker.status.directory import Directory
from policytracker.status.words import CLEARED

Statuses = NDArray[np.uint8]
FIRST_LAYERS = 1 << 12
MOST_THREADS = 4
"""Each keeps layers of its own, a kilobyte each."""
SHARES = 4
"""So many shares of companies there are for each thread, so that none waits long for the others."""


class Cells(NamedTuple):
    """The cells of a gate (§1)."""

    gate: int
    """Its place; NOWHERE for a gate of which no claim tells."""
    companies: Small
    chips: Words
    """As bits."""


class Whole:
    """All cells of a ledger, read by one registry."""

    def __init__(self, rows: Rows, ledger: Ledger, marks: Marks, directory: Directory, threads: int | None) -> None:
        """``threads`` make answers fast or slow, and no other ones; None: as many as there are processors."""
        self.rows, self._ledger, self._marks = rows, ledger, marks
        self._shape = len(directory.companies), len(directory.chips)
        self._cells = list(_cells(rows, directory))
        self._threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._layers: SimpleQueue[Table] = SimpleQueue()
        for _ in range(self._threads):
            self._layers.put(table(FIRST_LAYERS))

    def possible(self, moment: Moment) -> Statuses:
        """The possible statuses, as bits: one row a company, one column a chip, in the order of their ids."""
        found = np.full(self._shape, 1 << CLEARED, np.uint8)
        with ThreadPoolExecutor(self._threads) as threads:
            ready = [threads.submit(self._sifted, cells.gate, moment) for cells in self._cells]
            for cells, rows in zip(self._cells, ready, strict=True):
                shares = np.array_split(cells.companies, SHARES * self._threads)
                work = [threads.submit(self._walk, cells, share, rows.result(), found) for share in shares]
                for each in work:
                    each.result()
        return found

    def _sifted(self, gate: int, moment: Moment) -> Sifted:
        every = self._ledger.tenures.rows
        rows = alive(every, self._marks.rows, *self.rows.span(gate), moment)
        return sifted(self._ledger, self._marks, told(rows, every, self._marks, max(moment.most, 0)))

    def _walk(self, cells: Cells, companies: Small, rows: Sifted, found: Statuses) -> None:
        """Walk the cells of some companies at a gate. No two threads share layers."""
        layers = self._layers.get()
        try:
            if layers.counts[LAYERS] > MOST:
                layers = table(FIRST_LAYERS)
            matches = self._ledger.companies.matches, self._ledger.chips.matches
            done = 0
            while done < len(companies):
                gate = Gate(*matches, self._marks.ways, RULES, rows, layers)
                done = walked(gate, companies, cells.chips, found, done)
                if done < len(companies):
                    layers = grown(layers)
        finally:
            self._layers.put(layers)


def _cells(rows: Rows, directory: Directory) -> Iterator[Cells]:
    """The cells of every gate; the gates with the fewest first: a cell that is shut there is not looked at again."""
    companies = [directory.companies[name]["jurisdiction"] for name in sorted(directory.companies)]
    chips = [frozenset(directory.chips[name]["controlled_by"]) for name in sorted(directory.chips)]
    homes = np.array(companies, np.str_)
    found = [(f"{home}/import", homes == home, np.ones(len(chips), np.bool_)) for home in set(companies)]
    for home in frozenset().union(*chips):
        found.append((f"{home}/export", homes != home, np.array([home in controls for controls in chips], np.bool_)))
    for gate, here, there in sorted(found, key=lambda cells: (int(cells[1].sum() * cells[2].sum()), cells[0])):
        yield _of(rows.gates.get(gate, NOWHERE), here, there)


def _of(gate: int, companies: Flags, chips: Flags) -> Cells:
    return Cells(gate, np.flatnonzero(companies).astype(np.int32), words_of(chips[None])[0])
