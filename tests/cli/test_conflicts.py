"""``conflicts`` at the door."""

import csv
import io
from pathlib import Path

import pytest

from policytracker.questions.columns import CONFLICTS
from tests.cli.made_up import made_up
from tests.demo import ask, rows
from tests.questions.test_conflicts import BATCH, DENIED, RUMOUR, about, claim, report

AT = ("--at", "2026-02-01")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch that is disputed and whose size is another elsewhere, and a rumour of a block."""
    return made_up(
        tmp_path_factory.mktemp("conflicts"),
        BATCH,
        DENIED,
        about("corroborated", "lot", "fewer", report("FT", "2026-01-11"), instead={"quantity": {"max": 90}}),
        about("corrected", "lot", "more", report("AP", "2026-01-12"), changes={"quantity": {"min": 300}}),
        about("disputed", "lot", "hearsay", RUMOUR),
        about("disputed", "lot", "doubt", None),
        claim("blocked", "rumour", RUMOUR, companies=["bolt"], chips=["h200"]),
        claim("cleared", "yes", report("FT"), authority="bis", companies=["bolt"]),
        claim("prohibited", "no", report("BIS"), authority="bis", companies=["bolt"]),
    )


def test_both_sides_are_told_each_with_its_source(ledger: Path) -> None:
    """Event by event."""
    found = ask(ledger, "conflicts", *AT)
    assert found.exit_code == 0
    assert found.stdout.splitlines()[:-1] == [
        "lot: batch-approved at CN/import, counts possibly: gacc approves a batch of h20 for acme: 300 or more",
        "    it says so",
        "        Reuters, 2026-01-10; official",
        "        FT, 2026-01-11; official",
        "    disputed by denial: it is not so",
        "        Nvidia, 2026-01-11; official",
        "    quantity: 300 or more",
        "        AP, 2026-01-12; official",
        "    quantity by fewer: up to 90",
        "        FT, 2026-01-11; official",
        "    quantity before: 100 to 200",
        "        Reuters, 2026-01-10; official",
        "    quantity corrected by more: 300 or more",
        "        AP, 2026-01-12; official",
        "    disputed by hearsay: it is not so (it does nothing: nobody says on whose word the report rests, and no two"
        " origins say it)",
        "        X, 2026-01-12; not attributed",
        "    disputed by doubt: it is not so",
        "        no report: the ledger mends itself",
        "rumour: blocked at CN/import, counts possibly: gacc blocks h200 for bolt",
        "    it says so",
        "        X, 2026-01-12; not attributed",
        "    in doubt: nobody says on whose word the report rests, and no two origins say it",
        "yes: cleared at US/export, counts certainly: bis clears h20 for bolt",
        "    it says so",
        "        FT, 2026-01-10; official",
        "    opposed by no: bis prohibits h20 for bolt",
        "        BIS, 2026-01-10; official",
        "7 conflicts between reports",
    ]


def test_only_those_on_a_company_or_a_chip_are_told(ledger: Path) -> None:
    """Bolt's, and those on H200."""
    assert [row["ref"] for row in rows(ledger, "conflicts", "--company", "Bolt", *AT)] == ["rumour", "yes"]
    assert [row["ref"] for row in rows(ledger, "conflicts", "--chip", "H200", *AT)] == ["rumour"]
    assert ask(ledger, "conflicts", "--company", "Acme", "--chip", "H200", *AT).stdout.splitlines()[0] == (
        "no conflict between reports"
    )


def test_the_clocks_count(ledger: Path) -> None:
    """On the tenth nobody but the ledger itself doubts the batch; before that day there is none."""
    assert [row["by_ref"] for row in rows(ledger, "conflicts", *AT, "--known", "2026-01-10")] == ["doubt", "no"]
    assert rows(ledger, "conflicts", "--at", "2026-01-09") == []
    assert rows(ledger, "conflicts", *AT, "--recorded", "2020-01-01") == []


@pytest.mark.parametrize("form", ["--json", "--nl", "--md", "--csv"])
def test_every_form_has_every_conflict(ledger: Path, form: str) -> None:
    """And the dates beside it."""
    found = ask(ledger, "conflicts", *AT, form)
    assert found.exit_code == 0
    assert found.stdout.count("Nvidia") == 1
    assert found.stderr.startswith("held on 2026-02-01; all that is published")


def test_a_spreadsheet_has_the_documented_columns(ledger: Path) -> None:
    """One row a conflict."""
    table = list(csv.DictReader(io.StringIO(ask(ledger, "conflicts", *AT, "--csv").stdout)))
    assert len(table) == 7
    assert tuple(table[0]) == CONFLICTS == tuple(rows(ledger, "conflicts", *AT)[0])
