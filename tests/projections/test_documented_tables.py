"""The tables of the read models that docs/tables.md describes are there, with these columns."""

import sqlite3
from contextlib import closing
from pathlib import Path

from docs.tables import CACHE
from tests.demo import demo as demo

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "tables.md"


def test_the_documented_tables_of_the_cache_have_the_documented_columns(demo: Path) -> None:
    """No more and no fewer, of these types, and each is on the page."""
    with closing(sqlite3.connect(f"{demo.with_name(demo.name + '.views').as_uri()}?mode=ro", uri=True)) as connection:
        for name, (_, columns, texts) in CACHE.items():
            there = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert there == {column: {int: "INTEGER", str: "TEXT"}[kind] for column, kind in columns.items()}
            assert list(texts) == list(columns)
            _, section = PAGE.read_text(encoding="utf-8").split(f"### `{name}` of the cache\n")
            described = [line.split("`")[1] for line in section.split("###")[0].splitlines() if line.startswith("| `")]
            assert described == list(columns)
