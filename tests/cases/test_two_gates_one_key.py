"""Two gates impose a condition under one key, in other words: both are listed everywhere, each with gate and claim."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.ground import BASE, Event, add, everything_said, ledger_of, page, rows

US, CN = "report each sale to BIS", "tell customs the end use"
CELL = ("alpha", "x100")


def imposed(ref: str, authority: str, wording: str, **more: str) -> Event:
    """A condition on all chips for all companies, under the key `end-use`."""
    report = {"publisher": authority.upper(), "published": "2026-02-01", "attribution": "official"}
    claim = {"type": "condition-imposed", "ref": ref, "authority": authority, "companies": ["all"], "chips": ["all"]}
    return {**claim, "conditions": {"end-use": wording}, "report": report, **more}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    ledger = ledger_of(tmp_path, BASE)
    add(ledger, imposed("us-duty", "bis", US), imposed("cn-duty", "gacc", CN))
    return ledger


@pytest.mark.parametrize(
    "door",
    [
        lambda ledger: everything_said(ledger, "state", *CELL),
        lambda ledger: everything_said(ledger, "state", *CELL, "--json"),
        lambda ledger: everything_said(ledger, "state", *CELL, "--csv"),
        lambda ledger: everything_said(ledger, "check", *CELL),
        lambda ledger: everything_said(ledger, "check", *CELL, "--json"),
        lambda ledger: everything_said(ledger, "why", *CELL),
        lambda ledger: everything_said(ledger, "why", *CELL, "--json"),
        lambda ledger: page(ledger, "/cell/alpha/x100"),
        lambda ledger: page(ledger, "/cell/alpha/x100.json"),
        lambda ledger: page(ledger, "/company/alpha"),
        lambda ledger: page(ledger, "/chip/x100"),
    ],
)
def test_every_door_lists_both(ledger: Path, door: Callable[[Path], str]) -> None:
    said = door(ledger)
    assert US in said
    assert CN in said


def test_each_stands_with_its_gate_its_claim_and_its_source(ledger: Path) -> None:
    """One overwrote the other."""
    (cell,) = rows(ledger, "state", *CELL)
    claims = {row["id"]: row["ref"] for row in rows(ledger, "log") if row.get("ref")}
    assert [(each["gate"], claims[each["claim"]], each["key"], each["wording"]) for each in cell["conditions"]] == [
        ("US/export", "us-duty", "end-use", US),
        ("CN/import", "cn-duty", "end-use", CN),
    ]
    assert cell["status"] == "conditional"
    told = everything_said(ledger, "check", *CELL)
    assert f"condition end-use: {US}" in told
    assert "BIS, 2026-02-01" in told
    assert "GACC, 2026-02-01" in told


def test_two_claims_at_one_gate_are_listed_both_too(ledger: Path) -> None:
    """The same key and the same wording, by another claim: it binds beside the first, and after that is over."""
    add(ledger, imposed("us-letter", "bis", US, until="2026-06-01"), imposed("us-rule", "bis", "keep records"))
    (cell,) = rows(ledger, "state", *CELL, "--at", "2026-03-01")
    wordings = [(each["gate"], each["wording"]) for each in cell["conditions"]]
    assert sorted(wordings) == [("CN/import", CN), ("US/export", "keep records"), ("US/export", US), ("US/export", US)]


def test_one_that_is_met_leaves_the_other(ledger: Path) -> None:
    met = {"type": "conditions-met", "target": "us-duty", "conditions": ["end-use"]}
    add(ledger, {**met, "report": {"publisher": "BIS", "published": "2026-03-01", "attribution": "official"}})

    assert [each["gate"] for each in rows(ledger, "state", *CELL)[0]["conditions"]] == ["CN/import"]


def test_the_explorer_lists_both(ledger: Path, tmp_path: Path) -> None:
    everything_said(ledger, "export", "explorer", str(tmp_path / "explorer.html"))
    text = (tmp_path / "explorer.html").read_text(encoding="utf-8")
    assert US in text
    assert CN in text
