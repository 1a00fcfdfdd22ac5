"""``state``, ``matrix`` and ``check`` at the door: words for people, rows for programs, codes for scripts."""

import csv
import io
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from policytracker.cli.cell_lines import DOMESTIC
from policytracker.cli.matrix import CODES, blocks
from policytracker.ledger.where import Where
from policytracker.questions import columns
from policytracker.status.words import STATUSES
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
END = ("--at", "2026-01-28", "--known", "2026-01-28")
AUTUMN = ("--at", "2026-09-01", "--known", "2026-09-01")


def test_state_has_the_shape_that_is_promised(demo: Where) -> None:
    """28 January 2026 at noon: Tencent's H200 is uncertain, at best licensable, limited by Chinese import."""
    (cell,) = rows(demo, "state", "Tencent", "H200", *NOON)
    assert tuple(cell) == columns.STATE
    assert (cell["company"], cell["chip"]) == ("tencent", "h200")
    assert (cell["at"], cell["known"]) == ("2026-01-28", "2026-01-28T12:00Z")
    assert (cell["status"], cell["possible"]) == ("uncertain", ["in_principle", "licensable"])
    assert (cell["low"], cell["high"], cell["limited_by"]) == ("in_principle", "licensable", ["CN/import"])
    assert (cell["if_open"], cell["launched"], cell["last_report"]) == (None, True, "2026-01-28")
    assert [(gate["gate"], gate["possible"], gate["last_word"]) for gate in cell["gates"]] == [
        ("US/export", ["licensable"], "2026-01-15"),
        ("CN/import", ["in_principle", "cleared"], "2026-01-28"),
    ]
    assert all(len(claim) == 64 for gate in cell["gates"] for claim in gate["claims"])
    (left,) = cell["left"]
    assert left == {"claim": left["claim"], "min": 200000, "max": 999999, "unit": "chips", "used_up": False}
    assert left["claim"] in cell["gates"][1]["claims"]


def test_conditions_are_a_list_claim_by_claim(demo: Where) -> None:
    """The terms of the rule bind certainly, those of the approval in principle only where that stands."""
    (cell,) = rows(demo, "state", "Tencent", "H200", *NOON)
    found = {(each["gate"], each["key"]): each for each in cell["conditions"]}
    assert len(found) == len(cell["conditions"])
    test = found["US/export", "third-party-test"]
    assert (test["claim"], test["binds"]) == (cell["gates"][0]["claims"][0], "certainly")
    assert test["wording"] == "an independent laboratory in the US tests the chips"
    domestic = found["CN/import", "domestic-purchase"]
    assert (domestic["binds"], domestic["claim"] in cell["gates"][1]["claims"]) == ("possibly", True)


def test_one_cell_is_told_with_the_source_of_each_line(demo: Where) -> None:
    """On whose word each gate is, what binds, what is left; in September two reports give two numbers."""
    told = ask(demo, "state", "Tencent", "H200", *AUTUMN).stdout.splitlines()
    assert told[0].split() == ["company", "chip", "status", "limited", "by", "last", "report"]
    for line in (
        "  US/export conditional, last word 2026-08-26: us-2026-05-14-ten"
        " – on the word of anonymous sources, two origins: Reuters, Financial Times",
        "  conditions at US/export of us-2026-01-14-duty – White House, 2026-01-14 (official);"
        " Nvidia, 2026-08-26 (on the record)",
        "    condition duty: 25 percent duty when the chip enters the US, as it does for testing on its way to China",
        "  CN/import, cn-2026-08-18-lots: 0 to 2,000 left of 9,000 to 11,000 per company"
        " – Financial Times, 2026-08-18 (anonymous sources)",
        "    instead, it is said to be for up to 100,000 per company (up to 100,000 apiece)"
        " – Financial Times, 2026-08-18 (anonymous sources)",
    ):
        assert line in told


def test_a_condition_that_binds_only_possibly_says_so(demo: Where) -> None:
    told = ask(demo, "state", "Tencent", "H200", *NOON).stdout
    assert "condition domestic-purchase: buy some domestic chips as well; the share is not set (binds only poss" in told


def test_silent_gates_are_told_with_what_the_cell_would_be_if_they_were_open(demo: Where) -> None:
    """Before 2022 nothing is recorded, and the H200 is not there yet."""
    (cell,) = rows(demo, "state", "tencent", "h200", "--at", "2021")
    assert (cell["status"], cell["if_open"], cell["launched"]) == ("unknown", ["cleared"], False)
    told = ask(demo, "state", "tencent", "h200", "--at", "2021").stdout
    assert "unknown   US/export CN/import  before its launch; if open: cleared" in told
    assert ": nothing is recorded that forbids or permits it\n" in told
    assert "  if the gates of which nothing is recorded were open: cleared\n" in told
    assert "  before its launch: on this day the chip was not launched yet\n" in told


def test_a_chip_of_the_own_jurisdiction_is_domestic(demo: Where) -> None:
    """It passes no gate, and none limits it."""
    (cell,) = rows(demo, "state", "tencent", "ascend-910b")
    assert (cell["status"], cell["gates"], cell["limited_by"], cell["last_report"]) == ("cleared", [], [], None)
    told = ask(demo, "state", "tencent", "ascend-910b").stdout
    assert "  domestic: the chip comes from the company's own jurisdiction, so it passes no gate\n" in told
    every = ask(demo, "state", "tencent").stdout.splitlines()
    assert [line.split()[2:] for line in every if " ascend-910b " in line] == [["cleared", "domestic"]]
    assert "yes (cleared, domestic)" in ask(demo, "check", "tencent", "ascend-910b").stdout


def test_without_names_every_cell_is_listed_by_company_then_chip(demo: Where) -> None:
    found = [(cell["company"], cell["chip"]) for cell in rows(demo, "state", "--at", "2026-01-28")]
    companies, chips = (rows(demo, kind, "--at", "2026-01-28") for kind in ("companies", "chips"))
    assert found == list(product((each["company"] for each in companies), (each["chip"] for each in chips)))
    assert len(found) > 1_000


def test_known_is_null_when_everything_published_counts(demo: Where) -> None:
    (cell,) = rows(demo, "state", "tencent", "h200", "--at", "2026-01-28")
    assert (cell["known"], cell["status"]) == (None, "licensable")


@pytest.mark.parametrize("name", ["腾讯", "騰訊", "TENCENT", "tencent", " tencent  holdings ", "0700.hk", "TCEHY"])
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
        (("--at", "20260128"), "write 2026-01-28"),
        (("--at", "2026-01-28T12:00Z"), "only days are taken here: write 2026-01-28"),
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
    """From 9 November 2026 on the newest report is more than 30 days old."""
    told = ask(demo, "state", "tencent", "h200", "--at", "2026-11-09").stdout
    assert "held on 2026-11-09; all that is published; newest report in the ledger 2026-10-09" in told
    assert "the day asked for lies 31 days after the newest report" in told
    assert "days after the newest report" not in ask(demo, "state", "tencent", "h200", "--at", "2026-11-08").stdout


def test_dates_go_beside_what_programs_read(demo: Where) -> None:
    answer = run(demo, "state", "tencent", "h200", *END, "--nl")
    assert json.loads(answer.stdout)["status"] == "licensable"
    assert "newest report in the ledger 2026-10-09" in answer.stderr


def test_csv_and_markdown_hold_one_row_a_cell(demo: Where) -> None:
    table = list(csv.DictReader(io.StringIO(ask(demo, "state", "tencent", *END, "--csv").stdout)))
    assert len(table) == len(rows(demo, "chips", "--at", "2026-01-28"))
    assert {row["status"] for row in table if row["chip"] == "h200"} == {"licensable"}
    markdown = ask(demo, "state", "tencent", "h200", *END, "--md").stdout.splitlines()
    assert markdown[0].startswith("| company")
    assert "licensable" in markdown[2]


def test_as_recorded_before_the_first_event_nobody_is_registered(demo: Where) -> None:
    answer = ask(demo, "state", "tencent", "h200", "--recorded", "2020-01-01")
    assert answer.exit_code == 1
    assert "no company is called 'tencent': none is registered, or none was by --recorded" in answer.output


def test_colour_needs_a_terminal(demo: Where) -> None:
    assert "\x1b" not in run(demo, "state", "tencent", "h200", *END).stdout


@pytest.mark.files
def test_a_question_imports_nothing_that_only_writing_needs(demo: Where) -> None:
    """A question reads with click and sqlite3, and asks of the standard library hardly more than these do."""
    code = (
        "import sys, click, sqlite3, urllib.parse; before = set(sys.modules)\n"  # pathlib needs the last for a URI
        "from policytracker.cli.main import cli\n"
        f"cli(['--ledger', {str(demo)!r}, 'state', 'tencent', 'b200', '--json'], standalone_mode=False)\n"
        "print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    ours = {name for name in imported if name.partition(".")[0] == "policytracker"}
    others = {name.partition(".")[0].removeprefix("_") for name in imported - ours}
    guards = {"fcntl", "sha256", "sha2", "zlib"}  # is the ledger, and what lies beside it, as it was written?
    assert others <= {"array", "bisect", "encodings", "gc", "json", "locale", "mmap", "unicodedata", *guards}
    unwanted = (
        "events.forms",
        "events.reading",
        "ledger.recorders",
        "ledger.store",
        "seals.tree",
        "status.view",
        "web",
    )
    assert ours.isdisjoint(f"policytracker.{name}" for name in unwanted)
    assert len(ours) <= 86


def test_the_matrix_gathers_what_is_alike(demo: Where) -> None:
    """At the end of 28 January the three of the batch differ from the rest in H200."""
    told = ask(demo, "matrix", *END).stdout
    (h200,) = (line.split() for line in told.splitlines() if line.startswith("h200 "))
    assert h200[1:5] == ["licensable", "cleared", "blocked..pending", "prohibited"]
    assert "biren +10: biren, cambricon, huawei" in told
    assert "codes:" not in told


def test_the_matrix_tells_domestic_cells_apart(demo: Where) -> None:
    """Ascend chips pass no gate to a Chinese firm; elsewhere they are cleared, and stand in another column."""
    told = ask(demo, "matrix", "--company", "tencent", "--company", "g42", "--chip", "ascend-910b").stdout.splitlines()
    assert (told[0].split(), told[2].split()) == (["tencent", "g42"], ["ascend-910b", "domestic", "cleared"])
    assert rows(demo, "matrix", "--company", "tencent", "--chip", "ascend-910b")[0]["cells"] == {
        "ascend-910b": "cleared"
    }


def test_the_matrix_of_a_few_can_be_asked_for_one_by_one(demo: Where) -> None:
    found = rows(demo, "matrix", "--company", "Tencent", "--company", "DeepSeek", "--chip", "H200", *END)
    assert [(row["company"], row["cells"]) for row in found] == [
        ("tencent", {"h200": "licensable"}),
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


CHECKED = [
    (("g42", "h20", "--at", "2025-03-01"), 0, "yes (cleared)"),
    (("tencent", "h200", *AUTUMN), 6, "yes, under conditions (conditional, limited by US/export CN/import)"),
    (("tencent", "h200", *AUTUMN, "--accept", "conditional"), 0, "yes, under conditions"),
    (("alibaba", "rtx-5090d", *NOON), 4, "not certain (pending..cleared, limited by US/export)"),
    (("alibaba", "rtx-5090d", *NOON, "--accept", "conditional"), 4, "not certain"),
    (("tencent", "h200", *NOON), 3, "no (in_principle..licensable, limited by CN/import)"),
    (("tencent", "b200", *END), 3, "no (prohibited, limited by US/export)"),
    (("deepseek", "h200", *END), 3, "no (blocked..pending, limited by CN/import)"),
]


@pytest.mark.parametrize(("arguments", "code", "told"), CHECKED)
def test_check_answers_with_a_line_and_a_code(demo: Where, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = ask(demo, "check", *arguments)
    assert answer.exit_code == code
    assert told in answer.stdout.splitlines()[0]


def test_check_prints_the_conditions_also_where_they_are_accepted(demo: Where) -> None:
    for more in ((), ("--accept", "conditional")):
        assert "condition third-party-test:" in ask(demo, "check", "tencent", "h200", *AUTUMN, *more).stdout


def test_check_says_on_whose_word_at_the_gates_that_matter(demo: Where) -> None:
    """A no rests on the gates that limit, a yes on all of them."""
    no = ask(demo, "check", "tencent", "b200", *END).stdout.splitlines()
    assert no[1:4] == [
        "  US/export prohibited, last word 2025-11-04",
        "    us-2023-10-17-rule – official: US Bureau of Industry and Security, Federal Register; also Nvidia",
        "    us-2025-11-04-blackwell – official: White House",
    ]
    assert not any(line.startswith("  CN/import") for line in no)
    yes = ask(demo, "check", "g42", "h20", "--at", "2025-03-01").stdout
    assert "  US/export cleared, last word 2022-08-31: us-baseline – on the record: Nvidia\n" in yes
    assert "  AE/import cleared" in yes


def test_check_of_a_file_exits_with_the_worst(demo: Where, tmp_path: Path) -> None:
    """A no is worse than a doubt, a doubt worse than conditions."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("company,chip\n腾讯,H200\nByteDance,B200\n\n")
    answer = run(demo, "check", "--file", str(pairs), *AUTUMN)
    assert answer.returncode == 3
    answers = [line for line in answer.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(":")[0] for line in answers[:2]] == ["tencent h200", "bytedance b200"]
    pairs.write_text("tencent,h200\nalibaba,rtx-5090d\n")
    assert run(demo, "check", "--file", str(pairs), *AUTUMN).returncode == 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"tencent,h200\nnobody,h200\ntencent,nothing\n", ":2: no company is called 'nobody'"),
        (b"tencent,h200\nnobody,h200\ntencent,nothing\n", ":3: no chip is called 'nothing'"),
        (b"tencent\n", ":1: 1 columns; give 2, company and chip"),
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


def test_every_word_of_the_matrix_has_a_code_of_its_own() -> None:
    """A narrow terminal gets codes, and a line that says what each means."""
    assert set(CODES) == {*STATUSES, "unknown", DOMESTIC}
    assert len(set(CODES.values())) == len(CODES)
