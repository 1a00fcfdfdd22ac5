"""``until`` is the first day on which a claim no longer holds: every door that asks for it or shows it says so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.ground import BASE, add, events_of, everything_said, ledger_of, page, rows, written
from tests.cli.recording import ask, say

SHOWN = "the first day without it"
ASKED = "the first day on which it no longer holds"
DAY = "2026-03-30"
"""The last day of the ban."""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Alpha is banned from January 2026 until 31 March."""
    return ledger_of(tmp_path, BASE, "until-exclusive")


def test_it_holds_on_the_day_before_and_no_longer_on_the_day(ledger: Path) -> None:
    statuses = [rows(ledger, "state", "alpha", "x100", "--at", day)[0]["status"] for day in (DAY, "2026-03-31")]
    assert statuses == ["prohibited", "cleared"]


@pytest.mark.parametrize(
    "door",
    [
        lambda ledger: everything_said(ledger, "claims", "--at", DAY),
        lambda ledger: everything_said(ledger, "show", "ban"),
        lambda ledger: everything_said(ledger, "log"),
        lambda ledger: everything_said(ledger, "search", "alpha"),
        lambda ledger: everything_said(ledger, "why", "alpha", "x100", "--at", DAY),
        lambda ledger: page(ledger, f"/cell/alpha/x100?at={DAY}"),
        lambda ledger: page(ledger, f"/company/alpha?at={DAY}"),
        lambda ledger: page(ledger, f"/chip/x100?at={DAY}"),
        lambda ledger: page(ledger, f"/authority/bis?at={DAY}"),
        lambda ledger: page(ledger, "/source?publisher=BIS"),
        lambda ledger: page(ledger, f"/event/{rows(ledger, 'show', 'ban')[0]['id']}"),
        lambda ledger: page(ledger, "/log"),
        lambda ledger: page(ledger, "/board"),
    ],
)
def test_every_door_that_shows_it_says_that_the_day_is_the_first_without_it(
    ledger: Path, door: Callable[[Path], str]
) -> None:
    words = " ".join(re.sub("<[^>]*>", " ", door(ledger)).split())
    assert re.search(rf"until (2026-03-31|31 Mar 2026) \({SHOWN}\)", words), words


def test_the_explorer_says_so_too(ledger: Path, tmp_path: Path) -> None:
    say(ledger, "export", "explorer", str(tmp_path / "explorer.html"))
    text = (tmp_path / "explorer.html").read_text(encoding="utf-8")
    assert f"2026-01-01 until 2026-03-31 ({SHOWN})" in text


@pytest.mark.parametrize("kind", ["prohibited", "cleared", "condition-imposed", "suspended"])
def test_every_door_that_asks_for_it_says_so(ledger: Path, kind: str) -> None:
    """The help of ``record``, the schema, the documentation, and the refusal of a wrong one."""
    assert ASKED in " ".join(say(ledger, "record", kind, "--help").split())
    assert ASKED in say(ledger, "schema")
    docs = Path(__file__).parents[2] / "docs"
    for name in ("events.md", "recording.md"):
        assert ASKED in (docs / name).read_text(encoding="utf-8")


def test_a_wrong_one_is_refused_with_what_it_means(ledger: Path) -> None:
    words = ("record", "blocked", "--authority", "gacc", "--company", "beta", "--chip", "x20", "--publisher", "X")
    refused = ask(ledger, *words, "--published", "2026-02-01", "--effective", "2026-02-01", "--until", "2026-02-01")
    assert (refused.exit_code, ASKED in refused.stderr) == (1, True)


def test_a_year_is_pointed_out_with_the_day_to_write(ledger: Path) -> None:
    """``until: 2025`` for a ban of 2025: all that year it may be over. Written as told, it holds throughout."""
    _, year = events_of("until-exclusive")
    assert rows(ledger, "state", "beta", "x100", "--at", "2025-06-30")[0]["status"] == "uncertain"
    event = {**year, "ref": "again", "note": "once more"}
    told = ask(ledger, "import", written(ledger.parent, event), "--dry-run").stderr
    assert "until 2025 means that it ends on some day from 2025-01-01 to 2025-12-31" in told
    assert "if it holds through 2025, write 2026-01-01, the first day without it" in told

    add(ledger, {"type": "corrected", "target": "ban-year", "changes": {"until": "2026-01-01"}})
    statuses = [rows(ledger, "state", "beta", "x100", "--at", day)[0]["status"] for day in ("2025-12-31", "2026-01-01")]
    assert statuses == ["prohibited", "cleared"]
