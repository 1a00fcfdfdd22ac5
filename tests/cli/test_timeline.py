"""``timeline`` at the door."""

import csv
import io

import pytest

from policytracker.events.dates import iso, span
from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

CELL = ("timeline", "Tencent", "H200")


def test_intervals_are_told_with_dates_gates_and_sources(demo: Where) -> None:
    """As known on 30 January 2026, in a process of its own."""
    found = run(demo, *CELL, "--known", "2026-01-30", "--from", "2026-01-15", "--to", "2026-01-20")
    assert found.returncode == 0
    assert found.stdout.splitlines() == [
        "tencent h200",
        "launched 2023-11-13: earlier days are before its launch",
        "from        to          status                     limited by",
        "2026-01-15  2026-01-19  blocked                    CN/import",
        "  US/export licensable, CN/import blocked",
        "    by us-2026-01-13-rule (licence-required: case-by-case), "
        "US Bureau of Industry and Security, 2026-01-13 (official)",
        "2026-01-19  2026-01-23  blocked..in_principle      CN/import",
        "  CN/import blocked..in_principle",
        "    by cn-2026-01-23-in-principle (approved-in-principle), Bloomberg, 2026-01-23 (anonymous sources)",
        "as known at 2026-01-30; newest report in the ledger 2026-10-09",
    ]
    assert "\x1b" not in found.stdout


def test_the_published_clock_tells_moments(demo: Where) -> None:
    """28 January, in two versions of one report: the minute of the first is known, of the second the day alone."""
    found = ask(demo, *CELL, "--knowledge", "--at", "2026-01-28", "--from", "2026-01-28").stdout
    assert "2026-01-28T04:21Z  2026-01-28         in_principle..licensable   CN/import" in found
    assert "held on 2026-01-28; all that is published" in found
    assert "launched" not in found


def test_a_cleared_cell_is_limited_by_nobody(demo: Where) -> None:
    """2022, before the first rule: the table leaves the gates out, the JSON keeps them."""
    found = ask(demo, *CELL, "--to", "2022-06").stdout.splitlines()
    assert "2022-01-01  2022-10-21  cleared" in found
    assert rows(demo, *CELL, "--to", "2022-06")[1]["limited_by"] == ["US/export", "CN/import"]


def test_a_domestic_cell_has_one_interval(demo: Where) -> None:
    """It has no gates, on no day."""
    (found,) = rows(demo, "timeline", "Tencent", "ascend-910b")
    assert (found["from"], found["to"], found["status"], found["gates"]) == (None, None, "cleared", [])
    told = ask(demo, "timeline", "Tencent", "ascend-910b").stdout.splitlines()
    assert told[3:5] == ["…           …           cleared", "  domestic"]


def test_the_panel_has_a_row_for_every_cell_and_interval(demo: Where) -> None:
    """For spreadsheets; the first interval of each cell has no beginning, the last no end."""
    found = ask(demo, "timeline", "--all", "--csv")
    panel = list(csv.DictReader(io.StringIO(found.stdout)))
    cells = {(row["company"], row["chip"]) for row in panel}
    assert len(cells) == len(rows(demo, "state"))
    assert sum(row["from"] == "" for row in panel) == sum(row["to"] == "" for row in panel) == len(cells)
    assert {row["status"] for row in panel} >= {"prohibited", "blocked", "cleared", "uncertain", "unknown"}


def test_a_month_begins_with_its_first_day_and_ends_with_its_last(demo: Where) -> None:
    """--from 2026-01 --to 2026-01 is the whole of January."""
    found = rows(demo, *CELL, "--from", "2026-01", "--to", "2026-01")
    assert found[0]["from"] <= "2026-01-01" < found[0]["to"]
    assert found[-1]["from"] <= "2026-01-31" < found[-1]["to"]


def test_options_that_make_no_sense_are_refused(demo: Where) -> None:
    """Exit code 2, and the way out."""
    cases = {
        ("timeline",): "give COMPANY and CHIP, or --all",
        ("timeline", "Tencent"): "give COMPANY and CHIP, or --all",
        (*CELL, "--all"): "give COMPANY and CHIP, or --all",
        (*CELL, "--at", "2026-01-28"): "bound it with --from and --to, or add --knowledge",
        (*CELL, "--knowledge", "--known", "2026"): "bound it with --from and --to",
        (*CELL, "--from", "2026-02", "--to", "2026-01"): "--to (2026-01-31) is before --from (2026-02-01)",
        (*CELL, "--from", "2026-Q1"): "write 2026-01-01",
    }
    for arguments, message in cases.items():
        found = ask(demo, *arguments)
        assert found.exit_code == 2
        assert message in found.stderr


def test_an_unknown_name_is_one_line_and_exit_code_1(demo: Where) -> None:
    """Tencnt."""
    found = run(demo, "timeline", "Tencnt", "H200")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: no company is called 'Tencnt'; did you mean tencent")
    assert found.stderr.count("\n") == 1


# As a picture

STRIP = "timeline", "Tencent", "H200", "--strip", "--to", "2026-10-09"


def test_a_strip_has_a_row_for_each_gate_and_a_column_for_some_days(demo: Where) -> None:
    """Prohibited; customs stop it; approved in principle; licensable; then both gates open under conditions."""
    drawn = ask(demo, *STRIP, "--from", "2025-07-01").stdout.splitlines()
    assert drawn[:5] == [
        "tencent h200",
        "all gates  XXXXXXXXXXXXXXXXXXXXXXXXXXXXbillllllllllllBBBBBBBBBBBbbbbbbCCCCCCCC",
        "US/export  XXXXXXXXXXXXXXXXXXXXXXXXXXXXLLlllllllllllllllCCCCCCCCCCCCCCCCCCCCCC",
        "CN/import  bbbbbbbbbbbbbbbbbbbbbbbPPPPbbiCCCCCCCCCCCCBBBBBBBBBBBbbbbbbCCCCCCCC",
        "           2025-07  2025-09  2025-11  2026-01 2026-03  2026-05  2026-07",
    ]
    assert drawn[5].startswith("a column is 7 days and shows its last; X prohibited, B blocked, P pending")
    assert "before its launch" not in drawn[5]


def test_each_column_is_the_status_of_its_last_day(demo: Where) -> None:
    letters = {"X": "prohibited", "B": "blocked", "I": "in_principle", "L": "licensable", "C": "conditional"}
    row = ask(demo, *STRIP, "--from", "2025-07-01").stdout.splitlines()[1].split()[-1]
    for place, letter in enumerate(row):
        day = iso(min(span("2025-07-01").first + 7 * place + 6, span("2026-10-09").first))
        (found,) = rows(demo, "state", "Tencent", "H200", "--at", day)
        if letter.isupper():
            assert found["status"] == letters[letter], day
        else:
            assert (found["status"], found["low"]) == ("uncertain", letters[letter.upper()]), day


def test_days_before_the_launch_of_a_chip_are_points(demo: Where) -> None:
    drawn = ask(demo, "timeline", "ByteDance", "H20", "--strip", "--to", "2026-10-09").stdout.splitlines()
    assert drawn[1].split()[-1].startswith("....")
    assert drawn[-2].endswith(". before its launch")


@pytest.mark.parametrize("more", [("--json",), ("--knowledge", "--at", "2026-01-28")])
def test_a_strip_is_for_people_and_over_the_days(demo: Where, more: tuple[str, ...]) -> None:
    answer = ask(demo, *STRIP[:4], *more)
    assert answer.exit_code == 2
    assert "--strip draws one cell over the days; leave out --all, --knowledge, --json and the like" in answer.output
