"""``claims`` at the door."""

import csv
import io

from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def test_a_claim_is_told_with_status_scope_certainty_and_source(demo: Where) -> None:
    """The batch of 28 January, noon: certain, and certainly in force at the end of its week."""
    found = run(demo, "claims", "--type", "batch-approved", *NOON)
    lines = found.stdout.splitlines()
    assert (found.returncode, lines[:3]) == (
        0,
        [
            "cn-2026-01-28-batch: cn-regulators, batch-approved → cleared",
            "    certainly in force, from 2026-01-26/2026-01-28; certain",
            "    h200 for 3 of major-internet",
        ],
    )
    assert lines[3].startswith('    TradeVAE citing Reuters, 2026-01-28T06:00Z, "China lets in a first batch of H200"')
    assert lines[4] == "1 claim in force"
    assert lines[5].startswith("held on 2026-01-28; as known at 2026-01-28T12:00Z")


def test_json_is_the_claim_in_the_interchange_format(demo: Where) -> None:
    """With what cli.md adds, and nothing else."""
    (found,) = rows(demo, "claims", "--type", "batch-approved", "--at", "2026-01-27")
    assert (found["in_force"], found["certain"], found["type"]) == ("possibly", True, "batch-approved")
    assert found["companies"] == {"count": 3, "of": ["major-internet"]}
    assert list(found)[-4:] == ["id", "recorded", "certain", "in_force"]


def test_a_spreadsheet_has_one_column_for_every_field_of_any_claim(demo: Where) -> None:
    """A field that a claim lacks is empty, and shifts no other."""
    found = ask(demo, "claims", "--csv", *NOON)
    table = list(csv.DictReader(io.StringIO(found.stdout)))
    assert {row["in_force"] for row in table} <= {"certainly", "possibly"}
    assert any(row["review"] == "" for row in table)
    assert any(row["review"] == "case-by-case" for row in table)


def test_no_claim_in_force_is_told_as_such(demo: Where) -> None:
    """Before anything that is recorded."""
    assert ask(demo, "claims", "--at", "1999").stdout.splitlines()[0] == "no claim in force"
    assert rows(demo, "claims", "--at", "1999") == []


def test_a_type_that_is_no_claim_is_refused(demo: Where) -> None:
    """Orders change no status."""
    found = run(demo, "claims", "--type", "shipped")
    assert found.returncode == 2
    assert "'shipped' is not one of 'prohibited'" in found.stderr
