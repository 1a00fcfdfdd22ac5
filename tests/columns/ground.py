"""The rows of the tables ``tenures``, ``selectors`` and ``extents``, made from events without a database."""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np

from policytracker.columns.rows import Rows
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry, Thread, threads
from policytracker.status.tenures import Tenure, tenures

Row = tuple[int, ...]


class Numbers:
    """Texts by their numbers, as they are met; from 1 on."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts) + 1)


class Tables:
    """The three tables."""

    def __init__(self, entries: Iterable[Entry], directory: Directory | None = None) -> None:
        """``directory``: says which authority guards which gate; by default as the last events say."""
        seen = list(entries)
        self.sides = {side: Numbers() for side in ("gate", "company", "chip")}
        self.extents_by_text = Numbers()
        self.directory = directory or Directory(entry for entry in seen if entry.type in REGISTRY_TYPES)
        by_thread = threads(entry for entry in seen if entry.type not in REGISTRY_TYPES)
        claims = (thread for thread in by_thread.values() if thread[0].type in CLAIM_TYPES)
        self.rows: list[Row] = [row for thread in claims for row in self._rows(thread)]

    @property
    def selectors(self) -> list[tuple[int, str, str]]:
        return [(number, side, text) for side, all_of in self.sides.items() for text, number in all_of.texts.items()]

    @property
    def extents(self) -> list[tuple[int, str]]:
        return [(number, text) for text, number in self.extents_by_text.texts.items()]

    def _rows(self, thread: Thread) -> Iterator[Row]:
        for tenure in tenures(thread):
            gate = self.directory.gate(tenure.told.authority)
            if gate is not None:
                yield from self._spread(str(gate), tenure, thread[0].position)

    def _spread(self, gate: str, tenure: Tenure, position: int) -> Iterator[Row]:
        told = tenure.told
        role = told.rank | told.is_stop << 3 | told.lifts_stops_only << 4 | told.certain << 5 | told.has_conditions << 6
        extents = [self.extents_by_text[text] if text else 0 for text in (told.company_extent, told.chip_extent)]
        for company, chip in product(told.companies, told.chips):
            key = self.sides["gate"][gate] << 52 | self.sides["company"][company] << 26 | self.sides["chip"][chip]
            yield (key, told.start, told.published, position, *tenure[:6], role, *extents, False)


def rows_of(tables: Tables) -> Rows:
    """The columns of these tables."""
    table = np.array(tables.rows, np.int64).reshape(-1, 14)
    return Rows(table, tables.selectors, tables.extents, np.zeros((0, 5), np.int64))
