"""``claims`` at the door."""

import csv
import io

from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def test_a_claim_is_told_with_status_scope_word_and_source(demo: Where) -> None:
    """The batch of 28 January, noon: on two anonymous sources, and in force at the end of its week."""
    found = run(demo, "claims", "--type", "batch-approved", *NOON)
    lines = found.stdout.splitlines()
    assert (found.returncode, lines[:5]) == (
        0,
        [
            "cn-2026-01-28-batch: cn-regulators, batch-approved → cleared",
            "    in force, from a day between 2026-01-26 and 2026-01-28",
            "    on the word of anonymous sources, 2, one origin: Reuters",
            "    h200 for 3 of major-internet",
            "    quantity: 200,000 to 999,999 (several hundred thousand)",
        ],
    )
    assert lines[-3].startswith("    Business Times citing Reuters, 2026-01-28T04:21Z; anonymous sources, 2 https://")
    assert lines[-2] == "1 claim in force"
    assert lines[-1].startswith("held on 2026-01-28; as known at 2026-01-28T12:00Z")


def test_what_counts_less_than_certainly_says_why(demo: Where) -> None:
    """Claims that were only heard are listed too; nothing is called certain."""
    told = ask(demo, "claims", "--at", "2026-01-28").stdout
    assert "    heard, not counted: " in told
    assert "    counts only possibly: " in told
    assert "; certain" not in told
    assert "confirmed" not in told


def test_json_is_the_claim_in_the_interchange_format(demo: Where) -> None:
    """With what cli.md adds, and nothing else."""
    (found,) = rows(demo, "claims", "--type", "batch-approved", "--at", "2026-01-27")
    assert (found["in_force"], found["counts"], found["type"]) == ("possibly", "certainly", "batch-approved")
    assert found["companies"] == {"count": 3, "of": ["major-internet"]}
    assert list(found)[-4:] == ["id", "recorded", "counts", "in_force"]


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
