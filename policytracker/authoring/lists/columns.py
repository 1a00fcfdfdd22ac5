"""How a map takes a value from a row: which column, which part of it, and what its words mean."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from time import strptime
from typing import Any, NamedTuple

from policytracker.authoring.lists.editions import Row, split
from policytracker.authoring.lists.errors import NotMapped
from policytracker.authoring.lists.spellings import Spellings
from policytracker.events.refusals import Refused, shown

AS_IT_IS = "as-it-is"
"""A date that is written as the ledger takes it."""
Refuse = Callable[[Refused], None]


class Column(NamedTuple):
    """A value that a row gives."""

    column: str
    split: str = ""
    """What parts the items of a list; "" for one value."""
    pattern: re.Pattern[str] | None = None
    """The part that counts: the first group, or the whole match. What does not match is left out."""
    values: Spellings | None = None
    date: str = ""
    """How a date is written, for ``strptime``."""
    default: Any = None
    """What counts where the cell gives nothing."""
    is_list: bool = False
    """Whether one value stands for a list of one."""
    is_upper: bool = False
    """Whether capitals are meant, as in the codes of countries."""

    def of(self, row: Row, refuse: Refuse) -> Any:
        """The value; None for none. ``refuse`` hears of what cannot be read."""
        found = list(self._items(row, refuse))
        if self.split or self.is_list:
            return list(dict.fromkeys(found)) or self.default
        return found[0] if found else self.default

    def _items(self, row: Row, refuse: Refuse) -> Iterator[str]:
        for text in row.texts(self.column) if self.split else [row.text(self.column)]:
            for item in split(text, self.split) if self.split else [text]:
                taken = self._part(item).upper() if self.is_upper else self._part(item)
                value = self._meant(taken, refuse) if taken else None
                if value:
                    yield value

    def _part(self, text: str) -> str:
        if self.pattern is None:
            return text
        match = self.pattern.search(text)
        if match is None:
            return ""
        return (match[1] if match.re.groups else match[0]) or ""

    def _meant(self, text: str, refuse: Refuse) -> str | None:
        if self.values is not None:
            code = self.values.code(text)
            if code is None:
                name = self.values.name
                way_out = (
                    f"add the words with their code to [values.{name}] of a map of your own; "
                    "`policytracker import-list --show-map NAME` prints one to copy"
                )
                refuse(NotMapped(self.column, f"no spelling of {name} that the map knows: {shown(text)}", way_out))
            return code
        return self._day(text, refuse) if self.date and self.date != AS_IT_IS else text

    def _day(self, text: str, refuse: Refuse) -> str | None:
        try:
            return date(*strptime(text, self.date)[:3]).isoformat()
        except ValueError:
            refuse(NotMapped(self.column, f"no date in the form {self.date}: {shown(text)}", "mend `date` in the map"))
            return None


Value = Any
"""What a map gives a field: a Column, a constant, or an object of these."""


def taken(value: Value, row: Row, refuse: Refuse) -> Any:
    """What a field has by a row; None for nothing."""
    if isinstance(value, Column):
        return value.of(row, refuse)
    if isinstance(value, Mapping):
        found = {key: taken(item, row, refuse) for key, item in value.items()}
        return {key: item for key, item in found.items() if item is not None} or None
    return value


def columns_in(value: Value) -> Iterator[str]:
    """The columns that a value reads."""
    if isinstance(value, Column):
        yield value.column
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from columns_in(item)


class Filter(NamedTuple):
    """What a row must have in a column to count."""

    column: str
    any: frozenset[str]
    split: str = ""

    def passes(self, row: Row) -> bool:
        """Whether one of the wanted words stands there; of a list, as one of its items."""
        texts = row.texts(self.column) if self.split else [row.text(self.column)]
        return any(item in self.any for text in texts for item in (split(text, self.split) if self.split else [text]))
