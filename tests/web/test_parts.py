"""Parts of pages that many dates share are drawn once, and each page has the links of its own dates."""

import re
from typing import Any

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from policytracker.questions.matrix import Matrix
from policytracker.web import board_table
from policytracker.web.addresses import ServerAddresses
from policytracker.web.page import Question
from policytracker.web.pages import board

PATHS = {"board": "/board", "cell": "/cell/{company}/{chip}", "source": "/source"}


def hrefs(page: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', page)


def test_two_dates_of_one_answer_share_the_table_but_not_its_links(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers of 20 January 2026 are those of 21 January."""
    drawn: list[Question] = []
    table = board_table.table

    def counted(question: Question, matrix: Matrix, coming: tuple[str, ...]) -> dict[str, Any]:
        drawn.append(question)
        return table(question, matrix, coming)

    monkeypatch.setattr(board, "table", counted)
    one, other = (client.get(f"/board?at=2026-01-{day}&known=2026-01-{day}").text for day in (20, 21))

    assert len(drawn) == 1
    links = [link for link in hrefs(one) if link.startswith("/cell/")]
    assert links and {link.partition("?")[2] for link in links} == {"at=2026-01-20&amp;known=2026-01-20"}
    assert [link for link in hrefs(other) if link.startswith("/cell/")] == [
        link.replace("01-20", "01-21") for link in links
    ]


def test_another_answer_has_another_table(client: TestClient) -> None:
    pages = [client.get(f"/board?at=2026-01-28&known={known}").text for known in ("2026-01-28T12:00Z", "2026-01-28")]

    tables = [re.sub(r'href="[^"]*"', "", page.partition("<table")[2].partition("</table>")[0]) for page in pages]
    assert tables[0] != tables[1]


@pytest.mark.parametrize("address", ["/board", "/board?at=2026-01-28", "/board?each=1&known=2026-01-28", "/changes"])
def test_no_page_shows_what_stands_for_the_dates(client: TestClient, address: str) -> None:
    marks = ServerAddresses(PATHS, {}, {}, "").undated().to("board")

    assert marks not in client.get(address).text
    assert not [link for link in hrefs(client.get(address).text) if "@" in link]


@pytest.mark.parametrize("kept", [{}, {"at": "2026-01-28"}, {"at": "2026-01-28", "known": "2026-01-28T12:00Z"}])
def test_addresses_dated_afterwards_are_those_dated_at_once(kept: dict[str, str]) -> None:
    to = ServerAddresses(PATHS, {}, kept, "")
    asked: list[tuple[str, dict[str, str | None]]] = [
        ("board", {}),
        ("cell", {"company": "a/b&c", "chip": "腾讯"}),
        ("source", {"publisher": "A & B"}),
    ]

    for name, given in asked:
        assert to.dated(str(escape(to.undated().to(name, **given)))) == str(escape(to.to(name, **given)))
