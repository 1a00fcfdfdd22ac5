"""``state``, ``matrix`` and ``check`` at the door: words for people, rows for programs, codes for scripts."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.cli.matrix import blocks
from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
END = ("--at", "2026-01-28", "--known", "2026-01-28")


def test_state_has_the_shape_that_is_promised(demo: Where) -> None:
    """28 January 2026 at noon: Tencent's H200 is uncertain, at best conditional, held back by Chinese import."""
    (cell,) = rows(demo, "state", "Tencent", "H200", *NOON)
    assert list(cell) == [
        *("company", "chip", "at", "known", "status", "possible", "low", "high"),
        *("held_by", "gates", "conditions", "last_report"),
    ]
    assert (cell["company"], cell["chip"]) == ("tencent", "h200")
    assert (cell["at"], cell["known"]) == ("2026-01-28", "2026-01-28T12:00Z")
    assert (cell["status"], cell["possible"]) == ("uncertain", ["in_principle", "conditional"])
    assert (cell["low"], cell["high"], cell["held_by"]) == ("in_principle", "conditional", ["CN/import"])
    assert [gate["gate"] for gate in cell["gates"]] == ["US/export", "CN/import"]
    assert all(len(claim) == 64 for gate in cell["gates"] for claim in gate["claims"])
    assert "third-party-test" in cell["conditions"]
    assert cell["last_report"] == "2026-01-28"


def test_without_names_every_cell_is_listed_by_company_then_chip(demo: Where) -> None:
    found = [(cell["company"], cell["chip"]) for cell in rows(demo, "state", "--at", "2026-01-28")]
    assert found == sorted(found)
    assert len(found) == len(set(found)) == 32 * 30


def test_known_is_null_when_everything_published_counts(demo: Where) -> None:
    (cell,) = rows(demo, "state", "tencent", "h200", "--at", "2026-01-28")
    assert cell["known"] is None
    assert cell["status"] == "conditional"


@pytest.mark.parametrize("name", ["腾讯", "騰訊", "TENCENT", "tencent", "Tencent Holdings", " tencent  holdings "])
def test_a_company_is_found_by_any_of_its_names(demo: Where, name: str) -> None:
    (cell,) = rows(demo, "state", name, "H200", *END)
    assert cell["company"] == "tencent"


def test_a_month_means_its_last_day(demo: Where) -> None:
    (cell,) = rows(demo, "state", "tencent", "h200", "--at", "2026-01", "--known", "2026-01")
    assert (cell["at"], cell["known"]) == ("2026-01-31", "2026-01-31")


def test_an_unknown_name_is_refused_with_the_nearest(demo: Where) -> None:
    answer = run(demo, "state", "Tencnt", "H200")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: no company is called 'Tencnt'; did you mean tencent")
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--at", "2026-02-30"), "there is no such day in the calendar"),
        (("--at", "20260128"), "write a day (2026-01-28)"),
        (("--at", "2026-01-28T12:00Z"), "write a day (2026-01-28)"),
        (("--at", "2026-01/2026-02"), "is an interval"),
        (("--known", "2026-01-28T25:00Z"), "there is no such time of day"),
        (("--json", "--csv"), "--json and --csv exclude each other"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(demo: Where, arguments: tuple[str, ...], why: str) -> None:
    answer = ask(demo, "state", "tencent", "h200", *arguments)
    assert answer.exit_code == 2
    assert why in answer.output


def test_a_person_sees_the_dates_used_and_an_old_answer_says_so(demo: Where) -> None:
    """On 1 June 2026 the newest report is four months old."""
    told = ask(demo, "state", "tencent", "h200", "--at", "2026-06-01").stdout
    assert "held on 2026-06-01; all that is published; newest report in the ledger 2026-01-30" in told
    assert "the day asked for lies 122 days after the newest report" in told
    assert "days after the newest report" not in ask(demo, "state", "tencent", "h200", *END).stdout


def test_dates_go_beside_what_programs_read(demo: Where) -> None:
    answer = run(demo, "state", "tencent", "h200", *END, "--nl")
    assert json.loads(answer.stdout)["status"] == "conditional"
    assert "newest report in the ledger 2026-01-30" in answer.stderr


def test_csv_and_markdown_hold_one_row_a_cell(demo: Where) -> None:
    table = list(csv.DictReader(io.StringIO(ask(demo, "state", "tencent", *END, "--csv").stdout)))
    assert len(table) == 30
    assert {row["status"] for row in table if row["chip"] == "h200"} == {"conditional"}
    markdown = ask(demo, "state", "tencent", "h200", *END, "--md").stdout.splitlines()
    assert markdown[0].startswith("| company")
    assert "conditional" in markdown[2]


def test_as_recorded_before_the_first_event_nobody_is_registered(demo: Where) -> None:
    answer = ask(demo, "state", "tencent", "h200", "--recorded", "2020-01-01")
    assert answer.exit_code == 1
    assert "no company is called 'tencent'" in answer.output


def test_colour_needs_a_terminal(demo: Where) -> None:
    assert "\x1b" not in run(demo, "state", "tencent", "h200", *END).stdout


@pytest.mark.files
def test_a_question_imports_nothing_that_only_writing_needs(demo: Where) -> None:
    """A question reads with click and sqlite3, and asks of the standard library hardly more than these do."""
    code = (
        "import sys, click, sqlite3; before = set(sys.modules)\n"
        "from policytracker.cli.main import cli\n"
        f"cli(['--ledger', {str(demo)!r}, 'state', 'tencent', 'h200', '--json'], standalone_mode=False)\n"
        "print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    ours = {name for name in imported if name.partition(".")[0] == "policytracker"}
    others = {name.partition(".")[0].removeprefix("_") for name in imported - ours}
    assert others <= {"array", "bisect", "encodings", "gc", "json", "locale", "mmap", "unicodedata"}
    unwanted = ("events.forms", "events.reading", "ledger.recorders", "ledger.store", "seals", "status.view", "web")
    assert ours.isdisjoint(f"policytracker.{name}" for name in unwanted)
    assert len(ours) < 62


def test_the_matrix_gathers_what_is_alike(demo: Where) -> None:
    """At the end of 28 January the three of the batch differ from the rest in H200."""
    told = ask(demo, "matrix", *END).stdout
    assert any(line.startswith("h200 ") and "conditional" in line for line in told.splitlines())
    assert "biren +10: biren, cambricon, huawei" in told
    assert "codes:" not in told


def test_the_matrix_of_a_few_can_be_asked_for_one_by_one(demo: Where) -> None:
    found = rows(demo, "matrix", "--company", "Tencent", "--company", "DeepSeek", "--chip", "H200", *END)
    assert [(row["company"], row["cells"]) for row in found] == [
        ("tencent", {"h200": "conditional"}),
        ("deepseek", {"h200": "blocked..pending"}),
    ]
    told = ask(demo, "matrix", "--company", "Alibaba", "--company", "Tencent", "--chip", "H200", "--each", *END).stdout
    assert told.splitlines()[0].split() == ["alibaba", "tencent"]
    gathered = ask(demo, "matrix", "--company", "Alibaba", "--company", "Tencent", "--chip", "H200", *END).stdout
    assert gathered.splitlines()[0].split() == ["alibaba,", "tencent"]


def test_the_matrix_says_what_state_says(demo: Where) -> None:
    cells = {(cell["company"], cell["chip"]): (cell["low"], cell["high"]) for cell in rows(demo, "state", *NOON)}
    for row in rows(demo, "matrix", *NOON):
        for chip, told in row["cells"].items():
            low, high = cells[row["company"], chip]
            assert told in (low if low == high else f"{low}..{high}", "unknown")


CODES = [
    (("bytedance", "h20", "--at", "2025-03-01"), 0, "yes (cleared)"),
    (("tencent", "h200", *END), 6, "yes, under conditions (conditional, held back by US/export CN/import)"),
    (("tencent", "h200", *END, "--accept", "conditional"), 0, "yes, under conditions"),
    (("tencent", "h200", *NOON), 4, "not certain (in_principle..conditional, held back by CN/import)"),
    (("tencent", "h200", *NOON, "--accept", "conditional"), 4, "not certain"),
    (("tencent", "b200", *END), 3, "no (prohibited, held back by US/export)"),
    (("deepseek", "h200", *END), 3, "no (blocked..pending, held back by CN/import)"),
]


@pytest.mark.parametrize(("arguments", "code", "told"), CODES)
def test_check_answers_with_a_line_and_a_code(demo: Where, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = ask(demo, "check", *arguments)
    assert answer.exit_code == code
    assert told in answer.stdout.splitlines()[0]


def test_check_prints_the_conditions_unless_they_are_accepted(demo: Where) -> None:
    assert "condition third-party-test:" in ask(demo, "check", "tencent", "h200", *END).stdout
    assert (
        "condition"
        not in ask(demo, "check", "tencent", "h200", *END, "--accept", "conditional").stdout.partition("\n")[2]
    )


def test_check_of_a_file_exits_with_the_worst(demo: Where, tmp_path: Path) -> None:
    """A no is worse than a doubt, a doubt worse than conditions."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("company,chip\n腾讯,H200\nByteDance,B200\n\n")
    answer = run(demo, "check", "--file", str(pairs), *NOON)
    assert answer.returncode == 3
    assert [line.split(":")[0] for line in answer.stdout.splitlines()[:2]] == ["tencent h200", "bytedance b200"]
    pairs.write_text("tencent,h200\nalibaba,mi325x\n")
    assert run(demo, "check", "--file", str(pairs), *NOON).returncode == 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"tencent,h200\nnobody,h200\ntencent,nothing\n", ":2: no company is called 'nobody'"),
        (b"tencent,h200\nnobody,h200\ntencent,nothing\n", ":3: no chip is called 'nothing'"),
        (b"tencent\n", ":1: 1 columns; give two, company and chip"),
        (b"company,chip\n", "no pair in it"),
        (b"\xff\xfe", "byte 1 is not UTF-8"),
    ],
)
def test_a_file_of_pairs_is_answered_whole_or_not_at_all(demo: Where, tmp_path: Path, content: bytes, why: str) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_bytes(content)
    answer = ask(demo, "check", "--file", str(pairs))
    assert answer.exit_code == 1
    assert why in answer.output
    assert answer.stdout == ""


def test_check_wants_a_pair_or_a_file(demo: Where) -> None:
    for arguments in ((), ("tencent",)):
        answer = ask(demo, "check", *arguments)
        assert answer.exit_code == 2
        assert "give COMPANY and CHIP, or --file with pairs of them" in answer.output


@pytest.mark.parametrize(
    ("room", "expected"),
    [(None, [["a", "b", "c"]]), (80, [["a", "b", "c"]]), (60, [["a", "b"], ["c"]]), (30, [["a"], ["b"], ["c"]])],
)
def test_a_narrow_terminal_gets_the_matrix_in_blocks_that_fit(room: int | None, expected: list[list[str]]) -> None:
    """Three columns of 15 beside the chips: all of them, two and one, or one by one."""
    found = blocks([("a",), ("b",), ("c",)], [15, 15, 15], room)
    assert [[group[0] for group in block] for block in found] == expected
