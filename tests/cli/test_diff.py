"""``diff`` at the door: what a person sees, and what a program gets."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.where import Where
from tests.cli.made_up import made_up
from tests.cli.recording import say
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
EVENING = ("--to-known", "2026-01-28")
FIRMED = (
    "corrected: conditions.terms-open: none → the terms are still being settled; one person finds them too tight to "
    "turn into orders; quantity: 200,000 to 999,999 (several hundred thousand) → 400,001 or more (more than 400,000, "
    "the three together)"
)


def test_a_person_reads_what_changed_for_whom_and_by_what(demo: Where) -> None:
    """28 January, from noon to evening: the three are named, their terms corrected; four others lose their hope."""
    answer = run(demo, "diff", *NOON, *EVENING)

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == (
        "our knowledge of 2026-01-28 changed, from 2026-01-28T12:00Z to 2026-01-28: 7 cells"
    )
    _, lost, named, bytedance, *parts, _ = answer.stdout.split("\n\n")
    assert lost.splitlines() == [
        "  blocked or pending or licensable → blocked or pending",
        "    baidu, jd, kuaishou, meituan: h200",
        "    by cn-2026-01-28-batch-named",
    ]
    assert [line.strip() for line in named.splitlines()] == [
        "in_principle or licensable → licensable",
        "alibaba, tencent: h200",
        "by cn-2026-01-28-batch-named, cn-2026-01-28-batch-firmed",
    ]
    assert "    bytedance: h200\n" in bytedance
    titles = [part.splitlines()[0].strip() for part in parts]
    assert titles == [
        "conditions",
        "licences and approvals",
        "amounts",
        "left of what was approved",
        "by these reports",
    ]
    assert "approved for 3 of major-internet: named alibaba, bytedance, tencent, at CN/import: 200,000 to" in parts[2]


def test_each_report_is_told_once_with_its_events_below_it(demo: Where) -> None:
    """One story of the evening brought both."""
    *_, reports, _ = run(demo, "diff", *NOON, *EVENING).stdout.split("\n\n")
    title, source, named, firmed = reports.splitlines()
    assert title == "  by these reports"
    assert source.strip().startswith("Business Times citing Reuters, 2026-01-28; anonymous sources, 3 https://")
    assert named == "      cn-2026-01-28-batch-named (recipients-identified: bytedance, alibaba, tencent)"
    assert firmed == f"      cn-2026-01-28-batch-firmed ({FIRMED})"


def test_only_what_is_asked_for_is_told(demo: Where) -> None:
    """Statuses alone, as a program of before reads them; conditions alone."""
    (status,) = rows(demo, "diff", "Tencent", "H200", *NOON, *EVENING, "--only", "status")
    assert {"conditions", "licences", "amounts", "left", "reports"}.isdisjoint(status)
    (conditions,) = rows(demo, "diff", "Tencent", "H200", *NOON, *EVENING, "--only", "conditions")
    assert {each["key"] for each in conditions["conditions"]} == {"domestic-purchase", "terms-open"}
    assert {"licences", "amounts", "left"}.isdisjoint(conditions)
    assert conditions["from_possible"] == status["from_possible"]


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_a_script_is_told_by_the_exit_code_whether_something_differs(demo: Where, form: tuple[str, ...]) -> None:
    """7 where it does, 0 where nothing does; without the option always 0."""
    differs = ("diff", "Tencent", "H200", *NOON, *EVENING, *form)
    quiet = ("diff", "--at", "2024-06-01", "--known", "2024-07-01", "--to-at", "2024-06-02", *form)
    assert [ask(demo, *differs, "--exit-code").exit_code, ask(demo, *quiet, "--exit-code").exit_code] == [7, 0]
    assert ask(demo, *differs).exit_code == 0
    assert ask(demo, *differs, "--exit-code").stdout == ask(demo, *differs).stdout


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
    assert "by us-2022-08-26-letter\n" in told
    assert "us-2022-08-26-letter (in force from 2022-08-26)" in told


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
        "licensable",
    )
    assert found["events"] == (
        "cn-2026-01-28-batch-named (recipients-identified: bytedance, alibaba, tencent) | "
        f"cn-2026-01-28-batch-firmed ({FIRMED})"
    )


def test_where_nothing_differs_it_says_so(demo: Where) -> None:
    """Two days of a quiet time."""
    quiet = ("--at", "2024-06-01", "--known", "2024-07-01", "--to-at", "2024-06-02")

    assert ask(demo, "diff", *quiet).stdout.splitlines()[0] == "no answer differs between the two points"
    assert rows(demo, "diff", *quiet) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (NOON, 2, "Error: both points are the same; give another with --to-at, --to-known or --to-recorded"),
        ((*NOON, "--to-at", "2026-01-28"), 2, "Error: both points are the same"),
        (("Tencnt", *NOON, *EVENING), 1, "Error: no company is called 'Tencnt'; did you mean tencent"),
        ((*NOON, "--to-at", "2026-02-30"), 2, "there is no such day"),
        ((*NOON, "--to-recorded", "2026-01"), 1, "Error: --to-recorded is not after --recorded"),
        ((*NOON, "--recorded", "2026-02", "--to-recorded", "2026-01"), 1, "--to-recorded is not after --recorded"),
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


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A ledger that grew: a baseline, then a ban on all under Bolt, then that Acme is under Bolt; and each instant."""
    folder = tmp_path_factory.mktemp("grown")
    base = [said("cleared", authority, f"{authority}-base", "2022-01-01", ["all"]) for authority in ("bis", "gacc")]
    ledger = made_up(folder, *base)
    instants = [last_recorded(ledger)]
    owned = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN", "parent": "bolt"}
    for event in (said("prohibited", "bis", "ban", "2023-01-01", ["under:bolt"]), owned):
        (folder / "more.jsonl").write_text(json.dumps(event), encoding="utf-8")
        say(ledger, "import", str(folder / "more.jsonl"))
        instants.append(last_recorded(ledger))
    return ledger, instants


def said(kind: str, authority: str, ref: str, published: str, companies: list[str]) -> dict[str, Any]:
    """A claim on all chips, by an official report."""
    report = {"publisher": authority.upper(), "published": published, "attribution": "official"}
    scope = {"companies": companies, "chips": ["all"]}
    return {"type": kind, "ref": ref, "authority": authority, **scope, "effective": published, "report": report}


def last_recorded(ledger: Path) -> str:
    """When the newest event was recorded, as the ledger writes it."""
    return str(rows(ledger, "log", "--limit", "1")[0]["recorded"])


def test_what_was_recorded_later_is_a_step_of_its_own(grown: tuple[Path, list[str]]) -> None:
    """The ban reaches Bolt when it is recorded, and Acme when its parent is."""
    ledger, (first, second, third) = grown
    at = ("--at", "2024-01-01")
    (bolt,) = (each for each in rows(ledger, "diff", *at, "--recorded", first, "--to-recorded", second)
               if each["chip"] == "h20")  # fmt: skip
    assert (bolt["company"], bolt["changed"], bolt["from"], bolt["to"]) == ("bolt", "ledger", "cleared", "prohibited")
    assert (bolt["recorded"], bolt["to_recorded"]) == (first, second)
    day = second[:10]
    assert [(each["ref"], each["change"]) for each in bolt["events"]] == [("ban", f"recorded {day}: prohibited")]

    (acme,) = rows(ledger, "diff", "Acme", "H20", *at, "--recorded", second, "--to-recorded", third)
    assert (acme["from"], acme["to"], acme["events"][0]["type"]) == ("cleared", "prohibited", "company-registered")
    told = ask(ledger, "diff", "Acme", "H20", *at, "--recorded", second, "--to-recorded", third).stdout
    assert told.startswith(f"what this ledger had recorded of 2024-01-01 changed, from {second} to {third}: 1 cell\n")
    assert f"(recorded {day}: company acme: Acme, CN, of bolt)" in told


def test_the_world_is_told_as_it_was_recorded_first(grown: tuple[Path, list[str]]) -> None:
    """From 2022 to 2024 nothing was recorded that changed Bolt; then the ban was."""
    ledger, (first, second, _) = grown
    steps = rows(
        ledger, "diff", "Bolt", "H20", "--at", "2022-06", "--to-at", "2024", "--recorded", first,
        "--to-recorded", second,
    )  # fmt: skip
    assert [(step["changed"], step["at"], step["to_at"]) for step in steps] == [("ledger", "2024-12-31", "2024-12-31")]
    (step,) = rows(ledger, "diff", "Bolt", "H20", "--at", "2022-06", "--to-at", "2024", "--recorded", second)
    assert (step["changed"], step["recorded"], step["to_recorded"]) == ("world", second, second)


def test_who_was_registered_later_is_left_out(tmp_path: Path) -> None:
    """Of a company that was not there before nothing can differ."""
    ledger = made_up(tmp_path, said("cleared", "bis", "base", "2022-01-01", ["all"]))
    first = last_recorded(ledger)
    say(ledger, "record", "company-registered", "--company", "new", "--name", "New", "--jurisdiction", "CN")
    assert rows(ledger, "diff", "--recorded", first, "--to-recorded", last_recorded(ledger)) == []
