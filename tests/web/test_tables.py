"""The tables of pages as comma-separated values: the very bytes of the command line, with the documented columns."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from policytracker.questions.columns import BY_COMMAND
from policytracker.questions.spreadsheets import BOM
from policytracker.web.page import Page
from policytracker.web.pages import PAGES
from tests.demo import ask

DATES = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
TENCENT_H200 = f"/cell/tencent/h200.csv?{STORY}"
SAME = {
    f"/board.csv?{STORY}": ("matrix", *DATES),
    TENCENT_H200: ("why", "tencent", "h200", *DATES),
    f"{TENCENT_H200}&table=timeline": ("timeline", "tencent", "h200", *DATES[2:]),
    f"{TENCENT_H200}&table=knowledge": ("timeline", "tencent", "h200", "--knowledge", *DATES[:2]),
    f"{TENCENT_H200}&table=quantities": ("quantities", "h200", "--company", "tencent", *DATES),
    f"/company/tencent.csv?{STORY}&table=quantities": ("quantities", "--company", "tencent", *DATES),
    f"/chip/h200.csv?{STORY}&table=quantities": ("quantities", "h200", *DATES),
    f"/conflicts.csv?{STORY}": ("conflicts", *DATES),
    f"/authorities.csv?{STORY}": ("authorities", *DATES),
    f"/changes.csv?{STORY}&to_known=2026-01-28&company=tencent": (
        *("diff", "tencent", *DATES, "--to-known", "2026-01-28", "--only", "status"),
    ),
}


@pytest.mark.parametrize("address", SAME)
def test_a_table_is_what_the_command_line_prints(client: TestClient, demo: Path, address: str) -> None:
    found, printed = client.get(address), ask(demo, *SAME[address], "--csv")

    assert (found.status_code, found.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert printed.exit_code == 0
    assert found.text == printed.stdout
    assert client.get(f"{address}&bom=1").text == BOM + printed.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if page.tables], ids=lambda page: page.name)
def test_every_table_has_its_documented_columns_and_rows(client: TestClient, page: Page[Any]) -> None:
    about = {
        "company": "tencent",
        "chip": "h200",
        "event": "cn-2026-01-28-batch",
        "authority": "cn-regulators",
    }
    address, query = page.path.format(**about), {"publisher": "Reuters"} if page.name == "source" else {}
    query |= {"q": "H200", "all": "1"} if page.name == "search" else {}
    query |= {"known": "2026-01-28T12:00Z", "to_known": "2026-01-28"} if page.name == "changes" else {}
    for table in page.tables:
        named = {"table": table.name} if len(page.tables) > 1 else {}
        found = client.get(f"{address}.csv", params={**query, **named})
        assert found.status_code == 200, found.text
        heading, *rows = csv.reader(io.StringIO(found.text))
        assert rows
        assert {len(row) for row in rows} == {len(heading)}
        if table.command:
            assert tuple(heading[: len(BY_COMMAND[table.command])]) == BY_COMMAND[table.command]


def test_a_table_that_a_page_has_not_is_told_with_those_it_has(client: TestClient) -> None:
    found = client.get(f"{TENCENT_H200}&table=gates")

    assert found.status_code == 400
    assert "why, timeline, knowledge, quantities" in found.text
