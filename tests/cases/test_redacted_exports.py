"""What was redacted leaves gaps in an export; whatever they are, an import into a new ledger takes the rest."""

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.refusals import Refused
from policytracker.ledger.appending import append_lines
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.redacting import redact
from policytracker.ledger.store import Store
from policytracker.questions.log import Export
from policytracker.questions.reader import Reader
from policytracker.testing.strategies import ledgers
from tests.cases.ground import add, ledger_of, rows
from tests.cli.recording import ask, say
from tests.ledger.ground import lines_from
from tests.soak import often

DAY = 739_000
LATE = 4_102_444_800_000_000
"""The year 2100: no report is from the future."""


def exported_after(folder: Path, events: list[dict[str, Any]], chosen: list[int]) -> list[bytes]:
    """What a ledger exports once some of its events are redacted, as far as they may be."""
    path = folder / "a.ledger"
    with Store.create(path) as store:
        append_lines(store, lines_from(events), lambda: LATE)
        with open_ledger(path) as source:
            ids = [row.id for row in source.rows()]
        for place in chosen:
            with suppress(Refused):
                redact(store, ids[place % len(ids)], "the law", lambda: LATE)
    with Reader(path, DAY) as reader:
        return [json.dumps(line).encode() for line in Export(reader).lines()]


@settings(max_examples=often(short=60, long=600))
@given(events=ledgers(), chosen=st.lists(st.integers(0, 200), min_size=1, max_size=5))
def test_what_is_exported_after_any_redactions_is_imported_whole(
    events: list[dict[str, Any]], chosen: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        lines = exported_after(Path(folder), events, chosen)
        with Store.create(Path(folder) / "b.ledger") as again:
            outcome = append_lines(again, lines_from(lines), lambda: LATE)

    assert outcome.appended == len(lines)


GACC = {
    "type": "authority-registered",
    "authority": "gacc",
    "name": "GACC",
    "jurisdiction": "CN",
    "direction": "import",
}
ACME = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
H20 = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": []}
BATCH = {"type": "batch-approved", "ref": "batch", "authority": "gacc", "companies": ["acme"], "chips": ["h20"],
         "report": {"publisher": "Reuters", "published": "2025-01-10"}}  # fmt: skip
COHORT = {"companies": {"count": 1, "of": ["acme"]}, "conditions": {"quota": "as much at home"}}
CORRECTED = {"type": "corrected", "ref": "mended", "target": "batch", "changes": COHORT}
NAMED = {"type": "recipients-identified", "target": "batch", "companies": ["acme"]}
MET = {"type": "conditions-met", "target": "batch", "conditions": ["quota"], "report": BATCH["report"]}


def test_what_rests_on_a_redacted_correction_alone_is_left_out_and_named(tmp_path: Path) -> None:
    """A correction made the approval one of a cohort, and gave it a condition. Then a recipient is identified, and the
    condition is met. Then the correction is redacted."""
    ledger, again = tmp_path / "a.ledger", tmp_path / "b.ledger"
    say(ledger, "init")
    add(ledger, GACC, ACME, H20, BATCH, CORRECTED, NAMED, MET)
    say(ledger, "redact", "mended", "--reason", "the law", "--yes")

    answer = ask(ledger, "export", "-o", str(tmp_path / "e.jsonl"))
    say(again, "init")

    assert "wrote 4 events" in answer.stderr
    left = [line for line in answer.stderr.splitlines() if line.startswith("left out: event ")]
    assert [line.partition(", ")[2] for line in left] == [
        "which rests on what was redacted, so that an import refuses it (target: its companies are no cohort, so no "
        "recipient can be identified; correct its companies instead)",
        "which rests on what was redacted, so that an import refuses it (conditions: 'quota' is no condition of the "
        "target; its conditions are: none)",
    ]
    assert say(again, "import", str(tmp_path / "e.jsonl")) == "4 events appended, 0 were recorded already\n"
    assert rows(again, "state") == rows(ledger, "state")


def test_the_case_of_a_redacted_registration_of_a_group_is_exported_and_imported(tmp_path: Path) -> None:
    """A group had a wrong name in private words; then it got another, and a member registered in between."""
    ledger, again = ledger_of(tmp_path, "redacted-then-exported"), tmp_path / "b.ledger"
    say(ledger, "redact", "first-list", "--reason", "the law", "--yes")

    ask(ledger, "export", "-o", str(tmp_path / "e.jsonl"))
    say(again, "init")

    assert say(again, "import", str(tmp_path / "e.jsonl")) == "6 events appended, 0 were recorded already\n"
    assert rows(again, "state") == rows(ledger, "state")
    assert "private" not in (tmp_path / "e.jsonl").read_text(encoding="utf-8")
