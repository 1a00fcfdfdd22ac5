"""A file is imported, a headline in it is mended, and it is imported again: nothing is counted twice unsaid."""

import json
from pathlib import Path

import pytest

from tests.cases.ground import BASE, add, events_of, input_file, ledger_of, rows
from tests.cli.recording import ask, say

EDITED, FIRST = "reimport-after-edit-v2", "reimport-after-edit-v1"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """82,000 chips shipped, and a batch of 100,000 under a misspelt headline."""
    return ledger_of(tmp_path, BASE, FIRST)


def ids(ledger: Path) -> list[str]:
    """The ids of the two events, of which neither has a ref."""
    return [row["id"] for row in rows(ledger, "log") if row["type"] in ("shipped", "batch-approved")][:2]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_each_line_is_pointed_out_with_the_event_that_it_mends(ledger: Path, words: tuple[str, ...]) -> None:
    shipped, batch = (each[:12] for each in ids(ledger))
    file = input_file(EDITED)
    told = [line for line in ask(ledger, "import", *words, str(file)).stderr.splitlines() if "looks like" in line]

    first, second = told
    assert first.startswith(
        f"warning: {file}:1: it looks like {shipped} (from 2026-03-01: Example Daily, 2026-03-01 (on the record); "
        "the same quantity, scope and origin); 82,000 would be counted twice; "
    )
    assert first.endswith(f"record it as corroborated, target {shipped}; to mend that event, as corrected")
    assert second.startswith(f"warning: {file}:2: it looks like {batch} ")
    assert "100,000 would be counted twice" in second


def test_strictly_it_is_refused(ledger: Path) -> None:
    refused = ask(ledger, "import", "--strict", str(input_file(EDITED)))

    assert refused.exit_code == 1
    assert refused.stderr.count("would be counted twice") == 2
    assert shipped_of(ledger) == 82_000


def shipped_of(ledger: Path) -> int:
    """How many chips were shipped."""
    (row,) = (row for row in rows(ledger, "quantities", "x100") if row["kind"] == "shipped")
    found: int = row["min"]
    return found


def test_imported_all_the_same_it_is_what_was_said(ledger: Path) -> None:
    """Without --strict a warning refuses nothing; the way out takes the copy away again."""
    say(ledger, "import", str(input_file(EDITED)))
    assert shipped_of(ledger) == 164_000
    copied = next(row["id"] for row in reversed(rows(ledger, "log")) if row["type"] == "shipped")
    say(ledger, "record", "retracted", copied)
    assert shipped_of(ledger) == 82_000


def test_record_refuses_the_same_event_and_says_what_it_would_count(ledger: Path) -> None:
    words = ("--company", "alpha", "--chip", "x100", "--min", "82000", "--max", "82000", "--attribution", "on-record")
    shipment = ("record", "shipped", *words, "--publisher", "Example Daily", "--published", "2026-03-02")
    refused = ask(ledger, *shipment)

    assert refused.exit_code == 1
    assert "82,000 would be counted twice" in refused.stderr
    assert ask(ledger, *shipment, "--basis", "total", "--anyway").exit_code == 0
    assert shipped_of(ledger) == 82_000


def test_a_ref_that_is_taken_leads_to_the_correction_which_is_then_taken(tmp_path: Path) -> None:
    """The message gives the line to write; imported as it stands, it mends the headline, and nothing else."""
    ledger = ledger_of(tmp_path, BASE, "reimport-after-edit-v1r")
    refused = ask(ledger, "import", str(input_file("reimport-after-edit-v2r")))

    assert refused.exit_code == 1
    corrections = [
        line.partition("record {")[2].rpartition("}; if this")[0] for line in refused.stderr.splitlines()[1:]
    ]
    assert len(corrections) == 2
    file = tmp_path / "corrections.jsonl"
    file.write_text("".join(f"{{{each}}}\n" for each in corrections), encoding="utf-8")
    say(ledger, "import", str(file))

    assert shipped_of(ledger) == 82_000
    wanted = [event["report"]["title"] for event in events_of("reimport-after-edit-v2r")]
    assert [rows(ledger, "show", ref)[0]["corrected"]["report"]["title"] for ref in ("ship-x", "batch-x")] == wanted


def test_a_relay_of_one_agencys_story_is_pointed_out_with_the_best_match(ledger: Path) -> None:
    """Two shipments of one week are there. What another outlet repeats of Example Daily is the first of them."""
    (event, _) = events_of(FIRST)
    other = {**event, "ref": "other-lot", "quantity": {"min": 5_000, "max": 5_000}}
    add(ledger, {**other, "report": {**event["report"], "published": "2026-03-03"}})
    report = {"publisher": "Relay News", "cites": "EXAMPLE DAILY", "published": "2026-03-04"}
    relay = {**event, "report": report}
    file = ledger.parent / "relay.jsonl"
    file.write_text(json.dumps(relay), encoding="utf-8")

    (told,) = ask(ledger, "import", "--dry-run", str(file)).stderr.splitlines()
    assert f"it looks like {ids(ledger)[0][:12]} (" in told
    assert "the same quantity, scope and origin) (and 1 more); 82,000 would be counted twice" in told


def test_a_relay_recorded_as_what_it_is_counts_once_and_as_one_origin(ledger: Path) -> None:
    """As the message says: corroborated. Ten outlets that repeat one agency are one origin."""
    target = ids(ledger)[0]
    for day in range(2, 8):
        relay = {"publisher": f"Relay {day}", "cites": "Example Daily", "published": f"2026-03-0{day}"}
        add(ledger, {"type": "corroborated", "target": target, "report": relay})

    assert shipped_of(ledger) == 82_000
    assert rows(ledger, "show", target)[0]["word"] == "on the record: Example Daily"
