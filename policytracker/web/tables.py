"""The tables of pages as comma-separated values: their addresses, and what stands behind the question mark there."""

from collections.abc import Iterable
from typing import Any

from policytracker.questions.spreadsheets import csv_lines
from policytracker.web.asking import BadAddress
from policytracker.web.page import Address, Page, Parameter, Question, Table

MEDIA_TYPE = "text/csv"
BOM = Parameter("bom", "Begin with a byte order mark, by which Excel knows UTF-8: bom=1.")


def csv_address(page: Page[Any]) -> Address:
    """Where the tables of a page are."""
    names = ", ".join(table.name for table in page.tables)
    several = (Parameter("table", f"Which table: {names}. The first without it."),) if len(page.tables) > 1 else ()
    return Address(
        name=csv_name(page),
        path=f"{page.path}.csv",
        says=f"The same as comma-separated values: {names}.",
        parameters=(*page.parameters, *several, BOM),
        is_whole=page.is_whole,
    )


def csv_name(page: Page[Any]) -> str:
    """What the address of a page's tables is called."""
    return f"{page.name}-csv"


def csv_addresses(pages: Iterable[Page[Any]]) -> tuple[Address, ...]:
    """Those of all pages that have tables."""
    return tuple(csv_address(page) for page in pages if page.tables)


def csv_text(page: Page[Any], question: Question) -> str:
    """The table that is asked for. Raises BadAddress where the page has none of the name."""
    columns, rows = _asked_for(page, question).made(question, page.answer(question))
    return "".join(f"{line}\n" for line in csv_lines(columns, rows, "bom" in question.query))


def _asked_for(page: Page[Any], question: Question) -> Table:
    name = question.query.get("table", page.tables[0].name)
    found = next((table for table in page.tables if table.name == name), None)
    if found is None:
        raise BadAddress("table", f"there is none called {name!r}; give {', '.join(t.name for t in page.tables)}")
    return found
