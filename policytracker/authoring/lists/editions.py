"""Editions of a list as rows: CSV, or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from policytracker.authoring.lists.errors import BadEdition
from policytracker.ledger.line_files import why_unreadable

CSV, JSON = "csv", "json"
FORMATS = (CSV, JSON)
LONGEST_CELL = 10_000_000
_MISREAD = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "") for code in range(0x80, 0xA0)}
"""Quotation marks and dashes of Windows that somebody took for Latin-1: the public lists have them as U+0092."""


class Row(NamedTuple):
    """One row of an edition."""

    source: str
    line: int
    """The line on which it begins; of JSON, which of the rows it is, counted from 1."""
    values: Mapping[str, Any]

    def texts(self, column: str) -> list[str]:
        """What stands in a column, without empty texts; of JSON a path, ``addresses.country``, may lead to several."""
        found = self.values.get(column)
        if found is None and "." in column:
            found = list(_along(self.values, column.split(".")))
        return [text for text in map(_text, found if isinstance(found, list) else [found]) if text]

    def text(self, column: str) -> str:
        """The same in one text."""
        return "; ".join(self.texts(column))


def rows_of(name: str, form: str, path: str, columns: Sequence[str]) -> list[Row]:
    """The rows of a file. ``path`` says where they are within JSON. Raises BadEdition, also for missing columns."""
    try:
        content = Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise BadEdition(name, f"cannot be read ({why_unreadable(error)})", "give the file of an edition") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadEdition(f"{name}:{line}", "not UTF-8", "save the list in UTF-8") from None
    rows = list(_csv_rows(name, text) if form == CSV else _json_rows(name, text, path))
    _check_columns(name, rows, columns, form)
    return rows


def _csv_rows(name: str, text: str) -> Iterator[Row]:
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(reader, [])
        twice = sorted({column for column in head if head.count(column) > 1})
        if twice:
            raise BadEdition(f"{name}:1", f"the column {twice[0]} stands there twice", "keep one of the two")
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                _check_width(name, line, cells, head)
                yield Row(name, line, dict(zip(head, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        way_out = "fetch the list again, it may be cut short"
        raise BadEdition(f"{name}:{reader.line_num}", f"not CSV: {error}", way_out) from None
    finally:
        csv.field_size_limit(before)


def _check_width(name: str, line: int, cells: Sequence[str], head: Sequence[str]) -> None:
    if len(cells) != len(head):
        what = f"{len(cells)} cells, where the heading has {len(head)}"
        raise BadEdition(f"{name}:{line}", what, "fetch the list again, it may be cut short")


def _json_rows(name: str, text: str, path: str) -> Iterator[Row]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEdition(name, f"not JSON: {error}", "fetch the list again, it may be cut short") from None
    for key in path.split(".") if path else ():
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        where = f"under {path}" if path else "at its top"
        raise BadEdition(name, f"no list of objects {where}", "say in the map, as `rows`, under which key they are")
    yield from (Row(name, number, row) for number, row in enumerate(found, start=1))


def _check_columns(name: str, rows: Sequence[Row], columns: Sequence[str], form: str) -> None:
    if not rows:
        raise BadEdition(name, "no row in it", "fetch the list again: an empty one would end every entry")
    # JSON leaves out what is empty, so a column has to be in some row; a heading has all of them.
    there = set(rows[0].values) if form == CSV else {key for row in rows for key in row.values}
    missing = [column for column in columns if column not in there and column.partition(".")[0] not in there]
    if missing:
        near = {column: get_close_matches(column, there, n=1) for column in missing}
        told = (f"{column} (there is {hits[0]})" if (hits := near[column]) else column for column in missing)
        what = f"no column {', '.join(told)}"
        raise BadEdition(
            name, what, "check that it is the list of this map; else name its columns in a map of your own"
        )


def _along(value: Any, path: Sequence[str]) -> Iterator[Any]:
    for item in value if isinstance(value, list) else [value]:
        if not path:
            yield item
        elif isinstance(item, Mapping):
            yield from _along(item.get(path[0]), path[1:])


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.translate(_MISREAD).split())


def split(text: str, by: str) -> Iterable[str]:
    """The items of one cell. A quoted one may hold the separator, as in a line of CSV."""
    parts = next(csv.reader([text], delimiter=by, skipinitialspace=True), []) if len(by) == 1 else text.split(by)
    return (item for part in parts if (item := part.strip()))
