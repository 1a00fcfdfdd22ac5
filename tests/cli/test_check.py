"""``check`` at the door: conditions and what is left, each with its gate, its claim and its reports."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.made_up import made_up
from tests.demo import ask, rows
from tests.questions.test_quantities import counted

AT = ("--at", "2026-02-01")
FOR_ACME = {"companies": ["acme"], "chips": ["h20"]}


def approval(kind: str, authority: str, ref: str, published: str = "2026-01-10", **fields: Any) -> dict[str, Any]:
    """An approval of H20 for Acme."""
    return counted(kind, published, **FOR_ACME, authority=authority, ref=ref, **fields)


def shipped(size: int, published: str = "2026-01-20", **fields: Any) -> dict[str, Any]:
    """So many of H20, shipped to Acme."""
    return counted("shipped", published, **FOR_ACME, quantity={"min": size, "max": size}, **fields)


CLEARED = approval("cleared", "bis", "free")
BATCH = approval("batch-approved", "gacc", "lot", quantity={"min": 100, "max": 200})
LICENCE = approval(
    "licence-granted", "bis", "licence", conditions={"kyc": "know them"}, quantity={"max": 900, "unit": "USD"}
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of H20 for Acme of which 30 were shipped in January, and 170 more in March."""
    folder = tmp_path_factory.mktemp("check")
    return made_up(folder, CLEARED, BATCH, shipped(30), shipped(170, "2026-03-01", ref="rest"))


def lines(ledger: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code, and the lines but for the dates."""
    found = ask(ledger, "check", *arguments)
    return found.exit_code, found.stdout.splitlines()[:-1]


def test_what_is_left_is_told_with_its_gate_and_its_source(ledger: Path) -> None:
    """Cleared: 70 to 170 are left."""
    code, told = lines(ledger, "Acme", "H20", *AT)
    assert (code, told[0]) == (0, "acme h20: yes (cleared)")
    assert "  CN/import, lot: 70 to 170 left of 100 to 200 – Reuters, 2026-01-10 (official)" in told


def test_used_up_is_no(ledger: Path) -> None:
    """From the day on which the rest was shipped; the batch still stands."""
    code, told = lines(ledger, "Acme", "H20", "--at", "2026-03-01")
    assert (code, told[0]) == (
        3,
        "acme h20: no: what was approved is used up (cleared, limited by US/export CN/import)",
    )
    assert "  CN/import, lot: used up: no chips left of 100 to 200 – Reuters, 2026-01-10 (official)" in told
    assert lines(ledger, "Acme", "H20", "--at", "2026-03-01", "--known", "2026-02-28")[0] == 0
    (row,) = rows(ledger, "state", "Acme", "H20", "--at", "2026-03-01")
    assert (row["status"], row["left"][0]["used_up"]) == ("cleared", True)


def test_without_an_approval_nothing_is_left(ledger: Path) -> None:
    """Of Bolt nothing is known."""
    code, told = lines(ledger, "Bolt", "H20", *AT)
    assert (code, told[0]) == (4, "bolt h20: not certain (unknown, limited by US/export CN/import)")
    assert not any(line.endswith(" left") or " left – " in line for line in told)


def test_conditions_are_told_claim_by_claim_with_gate_and_source(tmp_path: Path) -> None:
    """Also where they are accepted; of what was licensed in money, the money is left."""
    doubtful = approval("condition-imposed", "bis", "rumour", attribution="unattributed", conditions={"a": "b"})
    ledger = made_up(tmp_path, LICENCE, doubtful, approval("cleared", "gacc", "free"), shipped(30))
    for more, expected in [((), 6), (("--accept", "conditional"), 0)]:
        code, told = lines(ledger, "Acme", "H20", *AT, *more)
        assert (code, told[0]) == (expected, "acme h20: yes, under conditions (conditional, limited by US/export)")
        bound = told.index("  conditions at US/export of licence – Reuters, 2026-01-10 (official)")
        assert told[bound + 1 : bound + 5] == [
            "    condition kyc: know them",
            "  conditions at US/export of rumour – Reuters, 2026-01-10 (not attributed)",
            "    condition a: b (binds only possibly)",
            "  US/export, licence: up to 900 USD left – Reuters, 2026-01-10 (official)",
        ]


def test_each_pair_of_a_file_has_its_lines(ledger: Path, tmp_path: Path) -> None:
    """The worst code of all."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("acme,h20\nbolt,h20\n", encoding="utf-8")
    code, told = lines(ledger, "--file", str(pairs), "--at", "2026-03-01")
    assert code == 3
    assert [line.split(":")[0] for line in told if not line.startswith(" ")] == ["acme h20", "bolt h20"]
