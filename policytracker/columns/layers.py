"""The walk of ``status.worlds`` for very many cells at once: its layers are numbered, and their steps kept in a table.

A layer is the set of states that the possible worlds lead to. A step that is not in the table yet is made and written
down; the layers that occur are many thousands, but the same ones again and again.
"""

import numpy as np

from policytracker.columns.kinds import BITS, POSSIBLE
from policytracker.columns.states import UNKNOWN, Numbers, States, told
from policytracker.columns.tables import grown

NO_STATE = np.iinfo(np.int32).max
"""Fills up the row of a layer; sorts behind all states."""
MOST = 1 << 17
"""So many layers are kept from one question to the next."""


class Layers:
    """The layers met so far: from each, by which kind of claim, to which."""

    def __init__(self) -> None:
        self.states = States()
        self._columns = np.full(1 << BITS, UNKNOWN, np.int32)
        """The column of each kind in the table of steps."""
        self._kinds = 0
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._members = np.full((1024, 1), NO_STATE, np.int32)
        self._steps = np.full((1024, max(64, self._kinds)), UNKNOWN, np.int32)
        self.outcomes = np.zeros(1024, np.uint8)
        """For each layer the possible statuses, as bits, if no earlier claim holds."""
        self.matters = np.zeros(1024, np.int32)
        """For each layer the places of earlier openings that may matter, as bits, and above them those of stops."""
        self.heeds = np.zeros(1024, np.int32)
        """For each layer what earlier claims may say to any effect (``states.says``),"""
        self.news = np.zeros(1024, np.int32)
        """and what of that adds a possible status."""
        (self.start,) = self._numbered(np.array([[self.states.start]], np.int32)).tolist()

    def __len__(self) -> int:
        return len(self._numbers)

    def tidy(self) -> None:
        """Forget all layers where they have become too many; numbers given before are void."""
        if len(self) > MOST:
            self._forget()

    def after(self, layers: Numbers, kinds: Numbers) -> Numbers:
        """The layers that these lead to, each by a claim of this kind."""
        columns = self._columns.take(kinds)
        if columns.min(initial=0) < 0:
            self._learn_kinds(kinds[columns < 0])
            columns = self._columns.take(kinds)
        found = self._look(layers, columns)
        if found.min(initial=0) < 0:
            self._learn(layers[found < 0], kinds[found < 0])
            found = self._look(layers, columns)
        return found

    def _look(self, layers: Numbers, columns: Numbers) -> Numbers:
        return self._steps.ravel().take(layers * self._steps.shape[1] + columns)

    def _learn_kinds(self, kinds: Numbers) -> None:
        for kind in np.unique(kinds).tolist():
            self._columns[kind] = self._kinds
            self._kinds += 1
        while self._kinds > self._steps.shape[1]:
            self._steps = np.concatenate([self._steps, np.full_like(self._steps, UNKNOWN)], 1)

    def _learn(self, layers: Numbers, kinds: Numbers) -> None:
        layers, kinds = np.divmod(np.unique(layers.astype(np.int64) << BITS | kinds), 1 << BITS)
        members = self._members[layers]
        there = members != NO_STATE
        held = np.full_like(members, NO_STATE)
        held[there] = self.states.after(members[there], np.broadcast_to(kinds[:, None], members.shape)[there])
        kept = np.where((kinds & POSSIBLE)[:, None] > 0, members, NO_STATE)
        found = self._numbered(_sets(np.concatenate([held, kept], 1)))
        self._steps[layers, self._columns[kinds]] = found

    def _numbered(self, sets: Numbers) -> Numbers:
        """The numbers of layers, given their states, in order; new ones are added."""
        sizes = (sets != NO_STATE).sum(axis=1).tolist()
        names = [row[:size].tobytes() for row, size in zip(sets, sizes, strict=True)]
        new = [place for place, name in enumerate(names) if self._is_new(name)]
        if new:
            self._add(sets[new])
        return np.array([self._numbers[name] for name in names], np.int32)

    def _is_new(self, name: bytes) -> bool:
        count = len(self._numbers)
        return self._numbers.setdefault(name, count) == count and len(self._numbers) > count

    def _add(self, sets: Numbers) -> None:
        last = len(self._numbers) - 1
        rows = slice(last + 1 - len(sets), last + 1)
        if sets.shape[1] > self._members.shape[1]:
            more = np.full((len(self._members), sets.shape[1] - self._members.shape[1]), NO_STATE, np.int32)
            self._members = np.concatenate([self._members, more], 1)
        self._members = grown(self._members, last, NO_STATE)
        self._steps = grown(self._steps, last, UNKNOWN)
        self.outcomes, self.matters = grown(self.outcomes, last, 0), grown(self.matters, last, 0)
        self.heeds, self.news = grown(self.heeds, last, 0), grown(self.news, last, 0)
        self._members[rows, : sets.shape[1]] = sets
        there = sets != NO_STATE
        of = np.where(there, sets, 0)
        self.outcomes[rows] = np.bitwise_or.reduce(np.where(there, self.states.outcomes[of], np.uint8(0)), axis=1)
        self.matters[rows] = np.bitwise_or.reduce(np.where(there, self.states.matters[of], np.int32(0)), axis=1)
        self.heeds[rows] = np.bitwise_or.reduce(np.where(there, self.states.heeds[of], np.int32(0)), axis=1)
        self.news[rows] = self.heeds[rows] & ~told(self.outcomes[rows])


def _sets(members: Numbers) -> Numbers:
    """Each row in order and without repetition, all as narrow as may be."""
    members.sort(axis=1)
    members[:, 1:][members[:, 1:] == members[:, :-1]] = NO_STATE
    members.sort(axis=1)
    width = int((members != NO_STATE).sum(axis=1).max(initial=1))
    return members[:, :width]
