"""``record`` and ``import`` say which figures a new total replaces (semantics.md §8)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.made_up import made_up
from tests.cli.recording import ask
from tests.questions.test_quantities import ordered

FIRST = ordered("2026-01-05", ref="first", quantity={"min": 10})
TOTAL = ordered("2026-03-01", ref="second", quantity={"min": 20})
SAYS = "it is a total and replaces first: 10 or more, Reuters, 2026-01-05 (official)"
RECORD = (
    *("record", "orders-reported", "--company", "all", "--chip", "h200", "--min", "20"),
    *("--publisher", "Reuters", "--published", "2026-03-01", "--attribution", "official"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with orders of January."""
    return made_up(tmp_path, FIRST)


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_record_says_which_total_is_replaced(ledger: Path, more: tuple[str, ...]) -> None:
    """Before the total is recorded and when it is."""
    found = ask(ledger, *RECORD, *more)
    assert found.exit_code == 0
    assert f"warning: {SAYS}; if it comes on top of it" in found.stderr


def test_what_comes_on_top_replaces_nothing(ledger: Path) -> None:
    """As the warning said."""
    found = ask(ledger, *RECORD, "--basis", "added")
    assert found.exit_code == 0
    assert "replaces" not in found.stderr


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_import_says_so_line_by_line(ledger: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    """Of a line that is recorded already nothing is said."""
    found = imported(ledger, tmp_path / "new.jsonl", FIRST, TOTAL, more=more)
    assert [line.split(";")[0] for line in found.splitlines()] == [f"warning: {tmp_path}/new.jsonl:2: {SAYS}"]
    if not more:
        assert imported(ledger, tmp_path / "new.jsonl", FIRST, TOTAL) == ""


def imported(ledger: Path, file: Path, *events: dict[str, Any], more: tuple[str, ...] = ()) -> str:
    """What an import warns of."""
    file.write_text("\n".join(json.dumps(event) for event in events), encoding="utf-8")
    found = ask(ledger, "import", *more, str(file))
    assert found.exit_code == 0, found.output
    return found.stderr
