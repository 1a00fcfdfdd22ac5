"""``diff`` at the door: what a person sees, and what a program gets."""

import csv

import pytest

from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
EVENING = ("--to-known", "2026-01-28")


def test_a_person_reads_what_changed_for_whom_and_by_what(demo: Where) -> None:
    """28 January, from noon to evening: the three are named, their terms corrected; four others lose their hope."""
    answer = run(demo, "diff", *NOON, *EVENING)

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == (
        "our knowledge of 2026-01-28 changed, from 2026-01-28T12:00Z to 2026-01-28: 7 cells"
    )
    _, lost, named = answer.stdout.split("\n\n")[:3]
    assert lost.splitlines()[1:3] == [
        "    baidu, jd, kuaishou, meituan: h200",
        "    by cn-2026-01-28-batch-named (recipients-identified: bytedance, alibaba, tencent)",
    ]
    assert [line.strip() for line in named.splitlines() if "Business" not in line] == [
        "in_principle or conditional → conditional",
        "alibaba, bytedance, tencent: h200",
        "by cn-2026-01-28-batch-named (recipients-identified: bytedance, alibaba, tencent)",
        "by cn-2026-01-28-batch-firmed (corrected: conditions, quantity)",
    ]
    assert "Business Times citing Reuters, 2026-01-28T18:00Z" in lost
    assert [text.count("Business Times citing Reuters, 2026-01-28T18:00Z") for text in (lost, named)] == [1, 1]


def test_the_world_is_told_before_our_knowledge(demo: Where) -> None:
    """H100 in 2022: a letter of 26 August, and the rule of October of which September knew nothing."""
    told = ask(
        demo, "diff", "Tencent", "H100", "--at", "2022-08-01", "--known", "2022-09-30", "--to-at", "2022-10-25",
        "--to-known", "2022-10-25",
    ).stdout  # fmt: skip

    headings = [line for line in told.splitlines() if "changed" in line]
    assert headings == [
        "the world changed, as then known (2022-09-30), from 2022-08-01 to 2022-10-25: 1 cell",
        "our knowledge of 2022-10-25 changed, from 2022-09-30 to 2022-10-25: 1 cell",
    ]
    assert "by us-2022-08-26-letter (in force from 2022-08-26)" in told


def test_the_end_takes_what_it_does_not_name_from_the_start(demo: Where) -> None:
    """Only the other day is given, or only the other moment."""
    (world,) = rows(
        demo, "diff", "Tencent", "H100", "--at", "2022-08-01", "--known", "2022-09-30", "--to-at", "2022-09-15"
    )
    (knowledge,) = rows(demo, "diff", "Tencent", "H200", *NOON, *EVENING)

    assert (world["changed"], world["known"], world["to_known"]) == ("world", "2022-09-30", "2022-09-30")
    assert (knowledge["changed"], knowledge["at"], knowledge["to_at"]) == ("knowledge", "2026-01-28", "2026-01-28")


def test_a_spreadsheet_gets_one_line_a_step(demo: Where) -> None:
    """Events in one column, their sources in another."""
    answer = ask(demo, "diff", "Tencent", *NOON, *EVENING, "--csv")
    (found,) = csv.DictReader(answer.stdout.splitlines())

    assert (found["company"], found["chip"], found["changed"], found["to"]) == (
        "tencent",
        "h200",
        "knowledge",
        "conditional",
    )
    assert found["events"] == (
        "cn-2026-01-28-batch-named (recipients-identified: bytedance, alibaba, tencent) | "
        "cn-2026-01-28-batch-firmed (corrected: conditions, quantity)"
    )


def test_where_nothing_differs_it_says_so(demo: Where) -> None:
    """Two days of a quiet time."""
    quiet = ("--at", "2024-06-01", "--known", "2024-07-01", "--to-at", "2024-06-02")

    assert ask(demo, "diff", *quiet).stdout.splitlines()[0] == "no answer differs between the two points"
    assert rows(demo, "diff", *quiet) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (NOON, 2, "Error: both points are the same; give another day with --to-at, or --to-known, or both"),
        ((*NOON, "--to-at", "2026-01-28"), 2, "Error: both points are the same"),
        (("Tencnt", *NOON, *EVENING), 1, "Error: no company is called 'Tencnt'; did you mean tencent"),
        ((*NOON, "--to-at", "2026-02-30"), 2, "there is no such day"),
    ],
)
def test_a_mistake_is_told_in_one_line(demo: Where, arguments: tuple[str, ...], code: int, message: str) -> None:
    """One point twice, a slip of the pen, a day that is not in the calendar."""
    answer = run(demo, "diff", *arguments)

    assert answer.returncode == code
    assert message in answer.stderr.splitlines()[-1]
    assert answer.stdout == ""


def test_all_cells_over_all_years_are_compared_at_once(demo: Where) -> None:
    """The whole history: what differs between the end of 2022 and January 2026."""
    found = rows(
        demo, "diff", "--at", "2022-01-01", "--known", "2022-12-31", "--to-at", "2026-01-28", "--to-known", "2026-01-28"
    )

    assert len(found) > 500
