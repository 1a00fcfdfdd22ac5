"""``record --like`` and ``--report-of``: an event that starts from recorded ones."""

import json
from typing import Any

import pytest

from policytracker.ledger.where import Where
from tests.cli.recording import ask, position, recorded

BATCH = "cn-2026-01-28-batch"
DEEPSEEK = "cn-2026-01-30-deepseek"
NEWS = ("--publisher", "Caixin", "--published", "2026-10-12")


def shown(ledger: Where, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(ledger, "show", name, "--json").stdout)[0]
    return found


def test_an_event_takes_the_fields_that_no_option_gives(copied: Where) -> None:
    """Tencent gets the same as DeepSeek, says another outlet: nothing of the first report is taken."""
    event = recorded(copied, "batch-approved", "--like", DEEPSEEK, "--company", "Tencent", *NEWS)

    assert (event["authority"], event["companies"], event["chips"]) == ("miit", ["tencent"], ["h200"])
    assert event["conditions"] == shown(copied, DEEPSEEK)["conditions"]
    assert event["report"] == {"publisher": "Caixin", "published": "2026-10-12"}
    assert "ref" not in event
    assert "note" not in event


def test_the_report_of_the_like_event_is_taken_where_no_option_gives_another(copied: Where) -> None:
    event = recorded(
        copied, "batch-approved", "--like", DEEPSEEK, "--company", "Tencent", "--quote", "so it is", "--anyway"
    )

    assert event["report"] == {**shown(copied, DEEPSEEK)["report"], "quote": "so it is"}


def test_what_is_taken_is_as_corrections_have_left_it(copied: Where) -> None:
    """The batch was several hundred thousand, and firmed up to more than 400,000."""
    event = recorded(copied, "batch-approved", "--like", BATCH, *NEWS, "--anyway")

    assert event["quantity"]["min"] == 400001


def test_only_fields_of_the_type_are_taken(copied: Where) -> None:
    """A batch has conditions; a shipment has none."""
    event = recorded(copied, "shipped", "--like", BATCH, "--max", "0", *NEWS, "--anyway")

    assert event["quantity"] == {"max": 0}
    assert "conditions" not in event
    assert "authority" not in event


def test_a_field_that_is_not_to_be_taken_is_left_out(copied: Where) -> None:
    event = recorded(copied, "shipped", "--like", BATCH, "--without", "effective", "--max", "0", *NEWS, "--anyway")

    assert "effective" not in event


def test_a_report_is_taken_without_its_quote_and_changed_by_options(copied: Where) -> None:
    taken = "nvidia-2026-01-29-still-deciding"
    event = recorded(
        copied,
        *("blocked", "--authority", "gacc", "--company", "in:CN", "--chip", "RTX 4090"),
        *("--report-of", taken, "--sources", "2"),
    )

    report = {name: value for name, value in shown(copied, taken)["report"].items() if name != "quote"}
    assert event["report"] == {**report, "sources": 2}


def test_report_of_counts_before_the_report_of_the_like_event(copied: Where) -> None:
    event = recorded(copied, "shipped", "--like", BATCH, "--max", "0", "--report-of", DEEPSEEK, "--anyway")

    assert event["report"] == shown(copied, DEEPSEEK)["report"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("blocked", "--like", "nothing-so"), "no event 'nothing-so' in the ledger"),
        (
            ("blocked", "--without", "until", *NEWS),
            "--without leaves out fields that --like takes; give --like with it",
        ),
        (("blocked", "--like", BATCH, "--publisher", "Caixin"), "missing --published"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_recorded(copied: Where, words: tuple[str, ...], why: str) -> None:
    before = position(copied)
    result = ask(copied, "record", *words)

    assert why in result.stderr
    assert result.exit_code in (1, 2)
    assert position(copied) == before


def test_a_registration_and_an_event_without_a_report_are_named_as_such(copied: Where) -> None:
    registration = json.loads(ask(copied, "log", "--type", "company-registered", "--limit", "1", "--json").stdout)[0]
    like = ask(copied, "record", "blocked", "--like", registration["id"], *NEWS)
    report = ask(copied, "record", "disputed", BATCH, "--report-of", registration["id"])

    assert "is a registration; `record` starts a registration from the current one by itself" in like.stderr
    assert "has no report; name an event with a report, or give --publisher and --published" in report.stderr
