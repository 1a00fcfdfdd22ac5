"""Answers as comma-separated values: the same bytes from the command line and from a page (cli.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policytracker.questions.flattening import flat

Rows = Iterable[Mapping[str, object]]
BOM = "\ufeff"
"""The byte order mark, by which Excel knows UTF-8."""
MOST_TEXTS = 50_000
_FORMULA = "'*[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"


def csv_lines(columns: Sequence[str], rows: Rows, with_bom: bool = False) -> Iterator[str]:
    """The lines of a CSV file without their ends, the heading first, also where there are no rows.

    ``columns`` are keys of the rows, of which a row may lack some.
    """
    import csv
    import io

    texts = _Texts()
    buffer = io.StringIO(BOM if with_bom else "")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([no_formula(texts.of(row.get(key))) for key in columns])
    yield buffer.getvalue().removesuffix("\n")


def no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before one (OWASP, CSV Injection).

    Numbers stay. What is read loses nothing: one apostrophe is taken off wherever a formula follows it.

    >>> no_formula("=1+1"), no_formula("'=1+1"), no_formula("-5"), no_formula("a=b")
    ("'=1+1", "''=1+1", '-5', 'a=b')
    """
    return f"'{cell}" if re.match(_FORMULA, cell) and not re.fullmatch(_NUMBER, cell) else cell


class _Texts:
    """Values on one line, as ``flat`` writes them. Cells share most of what they are made of: each is written once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def of(self, value: object) -> str:
        """A value on one line."""
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return " | ".join(self._part(item) for item in value)
        return self._part(value) if isinstance(value, list | Mapping) else flat(value)

    def _part(self, value: object) -> str:
        # What is remembered is held, so that no other object can get its id.
        found = self._known.get(id(value))
        if found is None:
            if len(self._known) >= MOST_TEXTS:
                self._known.clear()
            found = self._known[id(value)] = value, flat(value)
        return found[1]
