"""Spreadsheets of events, one a row: CSV and XLSX files as the blocks of a report file."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain, repeat
from pathlib import PurePath
from typing import Any

from policytracker.authoring.blocks import Block, NotABlock
from policytracker.authoring.sheet_cells import fields_of, no_type
from policytracker.events.catalogue import TYPES
from policytracker.events.refusals import Refused, shown
from policytracker.installing import way_to_install

CSV = ".csv"
TYPE = "type"
_ESCAPED = re.compile("'+[=+@\uff1d\uff0b\uff0d\uff20-]")
"""What a program that writes CSV puts an apostrophe in front of."""
Rows = Iterator[tuple[int, Sequence[Any]]]


class NotASheet(Refused):
    """A file that is no table of events."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__("", what, way_out)


def sheet_blocks(name: str, content: bytes) -> list[Block]:
    """The events of a file, one for each row that is not blank. A file that is no table is one block at fault."""
    try:
        rows = _csv(content) if PurePath(name.lower()).suffix == CSV else _xlsx(content)
        _, head = next(rows, (1, ()))
        columns = [str(cell or "").strip() for cell in head]
        _check(columns)
        return [
            _block(number, columns, cells) for number, cells in rows if any(cell not in (None, "") for cell in cells)
        ]
    except NotASheet as fault:
        return [Block(1, "the sheet", {}, None, fault)]


def _check(columns: Sequence[str]) -> None:
    if TYPE not in columns:
        there = ", ".join(filter(None, columns)) or "nothing"
        raise NotASheet(
            f"no column {TYPE} in the first row (here: {there})", "name the columns like the fields of events"
        )
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise NotASheet(f"the column {twice[0]} stands there twice", "keep one of the two")


def _block(number: int, columns: Sequence[str], cells: Sequence[Any]) -> Block:
    faults: list[Refused] = []
    headings = chain(columns, repeat(""))
    given = {column: value for column, cell in zip(headings, cells, strict=False) if (value := _plain(cell)) != ""}
    if "" in given:
        fault = NotABlock(
            "", f"{shown(given[''])} stands in a column without a heading", "name the column, or empty it"
        )
        return Block(number, "row", {}, None, fault)
    kind = given.get(TYPE)
    if kind not in TYPES:
        return Block(number, "row", {}, None, no_type(kind or ""))
    return Block(number, str(kind), fields_of(kind, given, faults.append), None, None, tuple(faults))


def _plain(cell: Any) -> Any:
    """A cell as a text, a number, or true or false; a day that a spreadsheet holds as one as the ledger writes it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else cell


def _csv(content: bytes) -> Rows:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotASheet(f"line {line} is not UTF-8", "save the sheet as CSV in UTF-8") from None
    first = text.partition("\n")[0]
    by = next((sign for sign in ",;\t" if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=by, strict=True)
    try:
        line = 1
        for cells in reader:
            yield line, [cell[1:] if _ESCAPED.match(cell) else cell for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotASheet(f"line {reader.line_num} is not CSV: {error}", "save the sheet as CSV once more") from None


def _xlsx(content: bytes) -> Rows:
    try:
        import openpyxl
    except ModuleNotFoundError:
        way_out = f"install it with: {way_to_install('openpyxl')}; or save the sheet as CSV"
        raise NotASheet("XLSX files need openpyxl", way_out) from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    except Exception as error:  # whatever openpyxl meets in a file that is no workbook
        raise NotASheet(f"no workbook ({error})", "save the sheet as XLSX or CSV once more") from None
