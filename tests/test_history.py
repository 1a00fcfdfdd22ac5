"""The shipped history, as timelines that a person in the field can read."""

from pathlib import Path

import pytest

from policytracker.events.dates import moment, span
from policytracker.ledger.appending import append_lines
from policytracker.ledger.store import Store
from policytracker.questions.answers import CellState
from policytracker.questions.history import shipped_lines
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.status.words import Status

TODAY = span("2026-11-22").first


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / "demo.ledger"
    with Store.create(path) as store:
        append_lines(store, shipped_lines())
    return path


def ask(ledger: Path, company: str, chip: str, at: str, known: str | None = None) -> CellState:
    clocks = Clocks(span(at).last, None if known is None else moment(known))
    with Reader(ledger, TODAY) as reader:
        (answer,) = states(reader, clocks, company, chip)
    return answer


def gate(answer: CellState, name: str) -> list[Status]:
    """The possible statuses of one gate."""
    (found,) = (gate["possible"] for gate in answer["gates"] if gate["gate"] == name)
    return list(found)


STORY = [
    # H20: free, licence-only from the letter of April 2025, discussed from July, licensed from August
    ("bytedance", "h20", "2025-03-01", None, ["cleared"]),
    ("bytedance", "h20", "2025-03-01", "2025-03-01", ["cleared"]),
    ("bytedance", "h20", "2025-06-01", None, ["pending"]),
    ("bytedance", "h20", "2025-08-01", "2025-08-01", ["in_principle"]),
    # A800: made to pass the rule of 2022, caught by that of 2023
    ("bytedance", "a800", "2023-06-01", None, ["cleared"]),
    ("bytedance", "a800", "2023-12-01", None, ["prohibited"]),
    # A100, H100: from the first letter on
    ("alibaba", "a100", "2022-08-01", None, ["cleared"]),
    ("alibaba", "a100", "2022-12-01", None, ["prohibited"]),
    # H200: prohibited until the review of December, blocked by customs in January, then the first batch
    ("tencent", "h200", "2025-11-01", "2025-11-01", ["prohibited"]),
    ("bytedance", "h200", "2026-01-20", "2026-01-20", ["blocked"]),
    ("tencent", "h200", "2026-01-28", "2026-01-28T12:00Z", ["in_principle", "conditional"]),
    ("tencent", "h200", "2026-01-28", "2026-01-28", ["conditional"]),
    ("alibaba", "h200", "2026-01-28", "2026-01-28", ["conditional"]),
    ("bytedance", "h200", "2026-01-28", "2026-01-28", ["conditional"]),
    ("deepseek", "h200", "2026-01-28", "2026-01-28", ["blocked", "pending"]),
    ("deepseek", "h200", "2026-01-30", "2026-01-30", ["conditional"]),
    # Who is on the Entity List stays out when a general rule opens; so does a subsidiary abroad
    ("zhipu", "h200", "2026-01-28", None, ["prohibited"]),
    ("bytedance-sg", "h200", "2026-01-28", None, ["prohibited"]),
    # Too fast for the rule of 2026
    ("tencent", "b200", "2026-01-28", None, ["prohibited"]),
]


@pytest.mark.parametrize(("company", "chip", "at", "known", "possible"), STORY)
def test_the_story_is_told_as_it_was_known(
    ledger: Path, company: str, chip: str, at: str, known: str | None, possible: list[str]
) -> None:
    assert ask(ledger, company, chip, at, known)["possible"] == possible


def test_bytedance_is_held_back_by_chinese_customs_on_20_january(ledger: Path) -> None:
    answer = ask(ledger, "bytedance", "h200", "2026-01-20", "2026-01-20")
    assert answer["held_by"] == ["CN/import"]
    assert gate(answer, "US/export") == ["conditional"]


@pytest.mark.parametrize(
    ("chip", "possible"),
    [("h20", ["conditional"]), ("h200", ["conditional"]), ("mi325x", ["conditional"]), ("b200", ["prohibited"])],
)
def test_thresholds_put_each_chip_where_the_rules_do(ledger: Path, chip: str, possible: list[str]) -> None:
    """The rule of 2026: TPP under 21,000 and DRAM bandwidth under 6,500 GB/s (H20 is licensed by name)."""
    assert gate(ask(ledger, "tencent", chip, "2026-01-28"), "US/export") == possible


def test_the_names_of_the_batch_do_not_leak_back_to_the_morning(ledger: Path) -> None:
    """At noon any of the seven large internet companies may be among the three."""
    noon = "2026-01-28T12:00Z"
    for company in ("alibaba", "baidu", "bytedance", "jd", "kuaishou", "meituan", "tencent"):
        assert "cleared" in gate(ask(ledger, company, "h200", "2026-01-28", noon), "CN/import")
    assert "cleared" not in gate(ask(ledger, "baidu", "h200", "2026-01-28", "2026-01-28"), "CN/import")


def test_no_gate_is_unknown_once_the_baselines_are(ledger: Path) -> None:
    """Every cell says something on 28 January 2026, for the claims it stands on."""
    with Reader(ledger, TODAY) as reader:
        for state in states(reader, Clocks(span("2026-01-28").last), None, None):
            for found in state["gates"]:
                assert found["status"] != "unknown", (state["company"], state["chip"], found)
                assert found["claims"]


def test_every_report_of_the_history_says_who_published_it_and_where_it_came_from() -> None:
    """No claim without a publisher; a report without an address says so by having none, not an empty one."""
    import json

    reports = [json.loads(line.text)["report"] for line in shipped_lines() if b'"report"' in line.text]
    assert len(reports) > 60
    assert all(report["publisher"].strip() and report.get("url", "https://").startswith("http") for report in reports)
