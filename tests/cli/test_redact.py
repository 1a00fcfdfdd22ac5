"""``redact``, and what every other command makes of what was redacted."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.where import Where
from tests.demo import ask, rows, run
from tests.shipped import position_of, shipped, thread_of

BATCH = "cn-2026-01-28-batch"
OF_ITS_NOTE = "one source for the split"
"""What no other event says."""
WHY = ("--reason", "court order 12/2026", "--yes")
QUESTIONS = [
    ("state",),
    ("matrix",),
    ("check", "tencent", "h200"),
    ("why", "tencent", "h200", "--at", "2026-01-28"),
    ("timeline", "tencent", "h200"),
    ("timeline", "--all"),
    ("diff", "--at", "2026-01-28", "--to-known", "2026-01-28T12:00Z"),
    ("claims",),
    ("quantities",),
    ("log",),
    ("search", "tencent"),
    ("where",),
    ("verify",),
    ("rebuild",),
]
REGISTERED = {"authority": "gacc", "company": "tencent", "chip": "h200", "group": "major-internet"}
PLACES = ("id", "recorded", "position", "recorder")
"""What the log tells of an event beside its content."""


@pytest.fixture
def ledger(copied: Where) -> Where:
    """A ledger that may be changed."""
    return copied


def redacted(ledger: Where, name: str = BATCH) -> str:
    """Redact an event; return its id."""
    (event, *_) = rows(ledger, "show", name)
    answer = ask(ledger, "--recorder", "officer", "redact", name, *WHY)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines()[0] == f"event {event['id'][:12]} is redacted"
    found: str = event["id"]
    return found


def current(ledger: Where, kind: str) -> dict[str, Any]:
    """The current registration of a subject, as the log has it."""
    subject = REGISTERED[kind]
    return [event for event in rows(ledger, "log") if event["type"].startswith(kind) and event.get(kind) == subject][-1]


def renewed(registration: dict[str, Any], name: str) -> dict[str, Any]:
    """The same registration by another name, to be imported."""
    return {**{key: value for key, value in registration.items() if key not in PLACES}, "name": name}


def test_show_log_and_verify_tell_who_redacted_it_when_and_why(ledger: Where) -> None:
    event_id = redacted(ledger)

    (shown, *_) = rows(ledger, "show", event_id)
    last = rows(ledger, "log")[-1]

    assert (shown["type"], shown["was"], shown["redacted_by"]) == ("removed", "batch-approved", "officer")
    assert (shown["reason"], shown["position"]) == ("court order 12/2026", position_of(BATCH))
    assert shown["corrected"] == {}
    assert (last["type"], last["target"], last["recorder"]) == ("redacted", event_id, "officer")
    assert shown["redacted_at"] == last["recorded"]
    told = f"redacted: event {event_id[:12]}: batch-approved; its content was redacted by officer at {last['recorded']}"
    assert f"{told}: court order 12/2026" in ask(ledger, "verify").stdout
    for command in (("log",), ("show", event_id), ("log", "--type", "removed"), ("search", "court order")):
        answer = ask(ledger, *command).stdout
        assert "court order 12/2026" in answer
        assert "approves a batch of h200 for 3 of major-internet" not in answer
    assert [event["type"] for event in rows(ledger, "log", "--type", "redacted")] == ["redacted"]


def test_it_asks_first_and_takes_silence_for_a_no(ledger: Where) -> None:
    before = rows(ledger, "log")

    answer = ask(ledger, "redact", BATCH, "--reason", "x")

    assert answer.exit_code == 1
    assert "this would remove the content of " in answer.stderr
    assert "say so with --yes" in answer.stderr
    assert rows(ledger, "log") == before


def test_a_reason_must_be_given(ledger: Where) -> None:
    assert ask(ledger, "redact", BATCH, "--yes").exit_code == 2
    assert "no reason is given" in ask(ledger, "redact", BATCH, "--yes", "--reason", " ").stderr


def test_a_redacted_claim_holds_nothing_back_any_more(ledger: Where) -> None:
    before = rows(ledger, "state", "tencent", "h200", "--at", "2026-01-28")

    redacted(ledger)

    after = rows(ledger, "state", "tencent", "h200", "--at", "2026-01-28")
    assert (before[0]["status"], after[0]["status"]) == ("licensable", "in_principle")
    assert BATCH not in json.dumps(rows(ledger, "claims"))


def test_every_question_is_answered_all_the_same(ledger: Where) -> None:
    """A claim, an event about another, an order, and every kind of registration are gone."""
    for name in (BATCH, "cn-2026-01-28-batch-named", "cn-2026-01-14-customs"):
        redacted(ledger, name)
    for kind in REGISTERED:
        old = current(ledger, kind)
        assert _imported(ledger, renewed(old, f"{old['name']} anew")).exit_code == 0
        redacted(ledger, old["id"])

    first = rows(ledger, "log")[0]["recorded"]
    for question in QUESTIONS:
        answer = ask(ledger, *question)
        assert answer.exit_code in (0, 6), (question, answer.output, answer.exception)
    for question in QUESTIONS[:10]:
        answer = ask(ledger, *question, "--recorded", first[:16] + "Z")
        assert answer.exit_code in (0, 1), (question, answer.output)
        assert answer.exception is None or isinstance(answer.exception, SystemExit), (question, answer.exception)


def _imported(ledger: Where, *lines: dict[str, Any]) -> Result:
    content = "\n".join(map(json.dumps, lines))
    return CliRunner().invoke(cli, ["--ledger", str(ledger), "import", "-"], input=content, prog_name="policytracker")


def _exported_and_imported(ledger: Where, folder: Path) -> tuple[Path, Result]:
    """A new ledger that holds what this one exports, and what the import said."""
    file, again = folder / "e.jsonl", folder / "again.ledger"
    assert ask(ledger, "export", "-o", str(file)).exit_code == 0
    assert ask(again, "init").exit_code == 0
    return again, ask(again, "import", str(file))


def test_an_export_leaves_out_what_was_redacted_and_says_so(ledger: Where, tmp_path: Path) -> None:
    """The batch, the events about it, and the redaction."""
    gone = len(thread_of(BATCH))
    left = len(shipped()) - gone
    redacted(ledger)

    answer = run(ledger, "export", "-o", str(tmp_path / "e.jsonl"))

    assert answer.stderr.splitlines()[0].startswith(f"wrote {left} events")
    assert answer.stderr.splitlines()[1] == f"left out: {gone + 1} events that were redacted, or are about such"
    text = (tmp_path / "e.jsonl").read_text()
    assert "court order" not in text
    again = tmp_path / "again.ledger"
    assert ask(again, "init").exit_code == 0
    assert ask(again, "import", str(tmp_path / "e.jsonl")).stdout == (
        f"{left} events appended, 0 were recorded already\n"
    )


@pytest.mark.parametrize("kind", REGISTERED)
def test_an_export_puts_the_next_registration_in_the_place_of_a_redacted_one(
    ledger: Where, tmp_path: Path, kind: str
) -> None:
    """So what names the subject is still taken by an import, and answers the same."""
    old = current(ledger, kind)
    assert ask(ledger, "redact", old["id"], *WHY).exit_code == 1
    for name in ("Anew", "Anew again"):
        assert _imported(ledger, renewed(old, name)).exit_code == 0
        if name == "Anew":
            redacted(ledger, old["id"])

    again, answer = _exported_and_imported(ledger, tmp_path)

    assert answer.stdout == f"{len(shipped()) + 1} events appended, 0 were recorded already\n"
    assert rows(again, "state", "--at", "2026-01-28") == rows(ledger, "state", "--at", "2026-01-28")


def test_an_export_brings_forward_whom_the_next_registration_names(ledger: Where, tmp_path: Path) -> None:
    """A company whose first registration is redacted, and which has been bought by one that was registered later."""
    old = current(ledger, "company")
    buyer = {"type": "company-registered", "company": "buyer", "name": "Buyer", "jurisdiction": "CN"}
    holding = buyer | {"company": "holding", "name": "Holding"}
    owned = {"parent": "buyer", "owners": [{"company": "holding", "share": 40}]}
    sold = {**renewed(old, "Sold"), **owned, "effective": "2026-10-01"}
    assert _imported(ledger, holding, buyer | {"parent": "holding"}, sold).exit_code == 0
    redacted(ledger, old["id"])

    again, answer = _exported_and_imported(ledger, tmp_path)

    assert answer.stdout == f"{len(shipped()) + 2} events appended, 0 were recorded already\n"
    assert rows(again, "state", "--at", "2026-01-28") == rows(ledger, "state", "--at", "2026-01-28")


def test_evidence_of_a_redacted_event_says_so(ledger: Where, tmp_path: Path) -> None:
    event_id = redacted(ledger)

    found = json.loads(ask(ledger, "prove", event_id).stdout)

    assert (found["content"], found["redacted_by"], found["id"]) == (None, "officer", event_id)


def test_a_checkpoint_of_before_is_still_extended(ledger: Where, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    assert ask(ledger, "checkpoint", "-o", kept).exit_code == 0

    redacted(ledger)

    assert ask(ledger, "verify", "--against", kept).exit_code == 0


def test_read_models_that_were_up_to_date_forget_it(ledger: Where) -> None:
    assert OF_ITS_NOTE in ask(ledger, "show", BATCH).stdout
    event_id = redacted(ledger)

    (found,) = rows(ledger, "where")

    assert OF_ITS_NOTE.encode() not in Path(found["read_models"]).read_bytes()
    again = ask(ledger, "redact", event_id, *WHY)
    told = f"event {event_id[:12]} was redacted already; its traces are cleared from the files again"
    assert again.stdout.splitlines()[0] == told
