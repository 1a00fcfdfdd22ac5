"""``quantities`` at the door."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.made_up import made_up
from tests.demo import ask, rows
from tests.questions.test_quantities import about, counted, ordered

AT = ("--at", "2026-02-01")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders in money and in chips, a batch whose size is disputed, and a rumour of a shipment."""
    return made_up(
        tmp_path_factory.mktemp("quantities"),
        ordered("2026-01-01", ref="orders-1", quantity={"min": 1_000_001}),
        ordered("2026-01-02", ref="orders-2", quantity={"min": 2_000_001, "wording": "more than two million"}),
        about("corroborated", "orders-2", "2026-01-03", instead={"quantity": {"max": 2_500_000}}),
        about("disputed", "orders-2", "2026-01-29", "Nvidia"),
        ordered("2026-01-04", ref="money", companies=["acme"], quantity={"max": 5_000_000, "unit": "USD"}),
        counted(
            "batch-approved",
            "2026-01-10",
            authority="gacc",
            ref="lot",
            chips=["h20", "h200"],
            quantity={"min": 75_000, "max": 75_000, "per": "company"},
        ),
        counted("shipped", "2026-01-20", ref="rumour", attribution="unattributed", quantity={"min": 10, "max": 20}),
    )


def test_ranges_are_told_by_chip_and_each_figure_with_its_own_sources(ledger: Path) -> None:
    """With unit, gate, wording and doubt; the total that is disputed replaces nothing."""
    found = ask(ledger, "quantities", *AT)
    assert found.exit_code == 0
    assert found.stdout.splitlines()[:-1] == [
        "h20",
        "  approved  75,000 per company for all companies, at CN/import, together with h200",
        "            lot: 75,000 per company",
        "              Reuters, 2026-01-10 (official)",
        "h200",
        "  ordered   1,000,001 or more for all companies, not certain",
        "            orders-1: 1,000,001 or more in all",
        "              Reuters, 2026-01-01 (official)",
        "            orders-2: 2,000,001 or more in all (more than two million), counts possibly",
        "              Reuters, 2026-01-02 (official)",
        "              instead up to 2,500,000: FT, 2026-01-03 (official)",
        "              disputed: Nvidia, 2026-01-29 (official)",
        "  ordered   up to 5,000,000 USD for acme",
        "            money: up to 5,000,000 USD in all",
        "              Reuters, 2026-01-04 (official)",
        "  approved  75,000 per company for all companies, at CN/import, together with h20",
        "            lot: 75,000 per company",
        "              Reuters, 2026-01-10 (official)",
        "  shipped   0 to 20 for all companies, not certain",
        "            rumour: 10 to 20, counts possibly",
        "              Reuters, 2026-01-20 (not attributed)",
    ]
    assert found.stdout.splitlines()[-1].startswith("held on 2026-02-01; all that is published")


def test_a_total_names_what_it_replaces(ledger: Path) -> None:
    """Before Nvidia says that it is not so."""
    (first,) = (event for event in rows(ledger, "log") if event.get("ref") == "orders-1")
    found = ask(ledger, "quantities", "H200", *AT, "--known", "2026-01-28").stdout
    assert f"(more than two million); replaces {first['id'][:12]}" in found
    assert "orders-1:" not in found


def test_only_one_chip_or_one_company_is_told(ledger: Path) -> None:
    """Acme is among all."""
    assert {row["chip"] for row in rows(ledger, "quantities", "H20", *AT)} == {"h20"}
    whom = [row["companies"] for row in rows(ledger, "quantities", "H200", "--company", "Bolt", *AT)]
    assert whom == ["all companies"] * 3
    assert len(rows(ledger, "quantities", "H200", "--company", "Acme", *AT)) == 4


def test_an_open_end_is_null(ledger: Path) -> None:
    """More than a million: no most."""
    found = rows(ledger, "quantities", "H200", *AT)[0]
    assert (found["min"], found["max"], found["unit"], found["per"], found["gate"]) == (
        1_000_001,
        None,
        "chips",
        None,
        None,
    )


def test_a_spreadsheet_has_a_column_for_unit_and_gate(ledger: Path) -> None:
    """Money is told apart from chips."""
    table = list(csv.DictReader(io.StringIO(ask(ledger, "quantities", *AT, "--csv").stdout)))
    assert {row["unit"] for row in table} == {"chips", "USD"}
    assert {row["gate"] for row in table} == {"", "CN/import"}


def test_nothing_known_is_told_as_such(ledger: Path) -> None:
    """Not as zero."""
    assert ask(ledger, "quantities", "--at", "2020").stdout.splitlines()[0] == "no quantity is known"


@pytest.mark.parametrize("arguments", [("H2000",), ("--company", "Acmee")])
def test_an_unknown_name_is_refused(ledger: Path, arguments: tuple[str, ...]) -> None:
    """With the nearest."""
    found = ask(ledger, "quantities", *arguments)
    assert found.exit_code == 1
    assert f"is called {arguments[-1]!r}; did you mean" in found.stderr
