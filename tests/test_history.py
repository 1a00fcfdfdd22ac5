"""The shipped history, as an expert would tell it: what held, as known on the day itself and as known now.

The rows follow ``policytracker/history/README.md``, which says on which rule each status rests.
"""

import fnmatch
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from policytracker import Ledger
from policytracker.events.catalogue import REGISTRY
from policytracker.events.dates import end_of_day, iso, moment, span
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.questions.answers import CellInterval, CellState
from policytracker.questions.history import shipped_lines
from policytracker.questions.one_cell import one_cell
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.questions.timeline import over_days
from policytracker.questions.why import why
from policytracker.status.words import STATUSES, Status
from policytracker.testing import Expectation, expectations_in, failure_of
from tests.shipped import shipped

TODAY = span("2026-11-29").first
LAST = "2026-10-09"
"""The day of the newest report."""
ITSELF = "on the day itself"
LARGE = ("alibaba", "baidu", "bytedance", "jd", "kuaishou", "meituan", "tencent")
B100 = {"type": "chip-registered", "chip": "b100", "name": "B100", "vendor": "Nvidia", "controlled_by": ["US"]}
HALF = {"type": "company-registered", "company": "half", "name": "Half", "jurisdiction": "CN"}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The shipped history alone."""
    yield from opened(tmp_path_factory.mktemp("history") / "demo.ledger")


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The shipped history, and what a user registers: a chip by its figures, and a company half owned by Inspur."""
    figures = {"tpp": 28000, "dram_bandwidth": 8000}
    owners = [{"company": "inspur-group", "share": 50}]
    yield from opened(
        tmp_path_factory.mktemp("more") / "more.ledger", {**B100, "attributes": figures}, {**HALF, "owners": owners}
    )


def opened(path: Path, *added: dict[str, Any]) -> Iterator[Reader]:
    with Store.create(path) as store:
        append_lines(store, shipped_lines())
        lines = [Line("more.jsonl", number, json.dumps(event).encode()) for number, event in enumerate(added, start=1)]
        append_lines(store, lines)
    with Reader(path, TODAY) as reader:
        yield reader


def ask(reader: Reader, company: str, chip: str, at: str, known: str | None = None) -> CellState:
    """A cell on a day; ``known``: a moment, or the day itself, or all that is published."""
    moment_known = None if known is None else moment(at if known == ITSELF else known)
    (answer,) = states(reader, Clocks(span(at).last, moment_known), company, chip)
    return answer


def gate(answer: CellState, name: str) -> list[Status]:
    """The possible statuses of one gate."""
    (found,) = (gate["possible"] for gate in answer["gates"] if gate["gate"] == name)
    return list(found)


def timeline(reader: Reader, company: str, chip: str, known: str | None = None) -> list[CellInterval]:
    """A cell over the days."""
    return list(over_days(reader, Clocks(TODAY, None if known is None else moment(known)), company, chip))


def rank(status: Status) -> int:
    return STATUSES.index(status)


EXPECTED = expectations_in(Path(str(files("policytracker.history") / "history.expect.csv")))


@pytest.fixture(scope="module")
def told() -> Iterator[Ledger]:
    """The same history, as programs ask it."""
    with Ledger.demo(today=iso(TODAY)) as ledger:
        yield ledger


def test_an_expert_has_said_enough() -> None:
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("expectation", EXPECTED, ids=str)
def test_the_story_is_told_as_an_expert_would(told: Ledger, expectation: Expectation) -> None:
    failure = failure_of(told, expectation)
    assert failure is None, failure.text


@pytest.mark.parametrize("at", ["2026-01-28", "2026-01-29"])
def test_without_a_licence_the_h200_of_tencent_is_licensable_whatever_china_approved(history: Reader, at: str) -> None:
    """The headline of the day: a batch is approved. No US licence was known to exist."""
    answer = ask(history, "tencent", "h200", at, ITSELF)
    assert (answer["status"], answer["limited_by"]) == ("licensable", ["US/export"])
    assert gate(answer, "US/export") == ["licensable"]
    assert gate(answer, "CN/import") == ["conditional"]


def test_chinese_customs_limit_the_h200_of_bytedance_on_20_january(history: Reader) -> None:
    answer = ask(history, "bytedance", "h200", "2026-01-20", ITSELF)
    assert answer["limited_by"] == ["CN/import"]
    assert gate(answer, "US/export") == ["licensable"]


def test_the_timeline_of_jd_shows_the_licence_of_may_and_china_holding_it_back(history: Reader) -> None:
    """Licensed by name on 14 May 2026, 75,000 for each company; Chinese authorities have let none in since April."""
    (row,) = (row for row in timeline(history, "jd", "h200", "2026-06-30") if row["from"] == "2026-05-14")
    assert [(event["ref"], event["says"]) for event in row["turned_by"]] == [
        ("us-2026-05-14-ten", "licence-granted: up to 75,000 per company (up to 75,000)")
    ]
    assert [(each["gate"], each["status"]) for each in row["gates"]] == [
        ("US/export", "conditional"),
        ("CN/import", "blocked"),
    ]
    assert (row["status"], row["limited_by"], row["to"]) == ("blocked", ["CN/import"], None)

    answer = ask(history, "jd", "h200", "2026-05-20", ITSELF)
    (us,) = (each for each in answer["gates"] if each["gate"] == "US/export")
    assert answer["left"] is not None
    assert [(each["claim"], each["max"], each["unit"]) for each in answer["left"]] == [
        (us["claims"][0], 75_000, "chips")
    ]
    bound = {each["key"] for each in answer["conditions"] if each["binds"] == "certainly"}
    assert bound == {
        *("end-use", "foundry-capacity", "from-us", "recipient-security", "third-party-test", "us-supply"),
        *("volume-cap", "duty", "us-inspection"),
    }


def test_a_chip_that_a_user_registers_falls_where_the_rules_put_it(more: Reader) -> None:
    """B100, with its performance and its bandwidth alone: on every day, for every company, as the B200."""
    for company in more.directory.companies:
        assert statuses_over_days(more, company, "b100") == statuses_over_days(more, company, "b200"), company
    assert ask(more, "tencent", "b100", "2024-01-01")["status"] == "prohibited"


def statuses_over_days(reader: Reader, company: str, chip: str) -> list[tuple[str | None, list[Status]]]:
    """From which days on a cell has which possible statuses."""
    found: list[tuple[str | None, list[Status]]] = []
    for row in timeline(reader, company, chip):
        if not found or found[-1][1] != row["possible"]:
            found.append((row["from"], row["possible"]))
    return found


def test_half_of_a_listed_firm_is_enough_until_the_stay_of_the_rule_and_uncertain_after_it(more: Reader) -> None:
    """The rule on affiliates is stayed until 10 November 2026; longer, so it was announced, and not enacted."""
    at = "2026-11-29"
    answer = ask(more, "half", "h200", at)
    assert (answer["status"], answer["low"], answer["limited_by"]) == ("uncertain", "prohibited", ["US/export"])

    us = why(more, Clocks(span(at).first), "half", "h200")[0]
    refs = {claim["id"]: claim["ref"] for claim in us["claims"]}
    reasons = {refs[each["claim"]]: [told["text"] for told in each["reasons"]] for each in us["possible_only"]}
    assert reasons["us-2025-09-29-affiliates"] == ["perhaps suspended from 2026-11-10; it holds again from 2027-01-10"]
    assert "us-2025-09-29-affiliates" in {refs[each["claim"]] for each in us["would_settle"]}

    days = ("2025-10-15", "2026-03-01", "2026-10-15", "2027-02-01")
    assert [gate(ask(more, "half", "b200", day), "US/export") for day in days] == [["prohibited"]] * 4
    assert [gate(ask(more, "half", "l20", day), "US/export") for day in days] == [
        ["prohibited"],
        gate(ask(more, "jd", "l20", days[1]), "US/export"),
        gate(ask(more, "jd", "l20", days[2]), "US/export"),
        ["prohibited"],
    ]


def test_the_h100_of_alibaba_is_never_better_than_its_h200(history: Reader) -> None:
    """On no day does a source free the H100 and not the H200, neither as known then nor as known now."""
    for day in range(span("2022-06-01").first, TODAY):
        for known in (None, end_of_day(day)):
            h100, h200 = (one_cell(history, Clocks(day, known), "alibaba", chip) for chip in ("h100", "h200"))
            assert rank(h100["low"]) <= rank(h200["low"]), (iso(day), known)
            assert rank(h100["high"]) <= rank(h200["high"]), (iso(day), known)


@pytest.mark.parametrize(
    ("chip", "possible"),
    [
        ("h20", ["licensable", "conditional"]),
        ("h200", ["licensable"]),
        ("mi325x", ["licensable"]),
        ("b200", ["prohibited"]),
    ],
)
def test_thresholds_put_each_chip_where_the_rules_do(history: Reader, chip: str, possible: list[str]) -> None:
    """The rule of 2026: TPP under 21,000 and DRAM bandwidth under 6,500 GB/s. For H20 some were licensed in 2025."""
    assert gate(ask(history, "tencent", chip, "2026-01-28"), "US/export") == possible


def test_the_names_of_the_batch_do_not_leak_back_to_the_morning(history: Reader) -> None:
    """At noon any of the seven large internet companies may be among the three."""
    at_noon = {
        company: gate(ask(history, company, "h200", "2026-01-28", "2026-01-28T12:00Z"), "CN/import")[-1]
        for company in LARGE
    }
    # New centres of ByteDance are to use domestic chips: that caps what it may import.
    assert at_noon == {**dict.fromkeys(LARGE, "cleared"), "bytedance": "conditional"}
    assert gate(ask(history, "baidu", "h200", "2026-01-28", ITSELF), "CN/import") == ["blocked", "pending"]


def test_no_gate_is_unknown_once_the_baselines_are(history: Reader) -> None:
    """Every cell says something on 28 January 2026, for the claims it stands on."""
    for state in states(history, Clocks(span("2026-01-28").last), None, None):
        assert state["if_open"] is None
        for found in state["gates"]:
            assert found["status"] != "unknown", (state["company"], state["chip"], found)
            assert found["claims"]


def test_every_report_of_the_history_says_who_published_it_and_where_it_came_from() -> None:
    """An address, or a note that says why there is none; no headline, as the chronology has none as printed."""
    reported = [event for event in shipped() if "report" in event]
    assert len(reported) > 200
    for event in reported:
        report = event["report"]
        addresses = [report[name] for name in ("url", "archived") if name in report]
        assert report["publisher"].strip()
        assert report["summary"].strip()
        assert "title" not in report
        assert all(address.startswith("http") for address in addresses)
        assert addresses or event.get("note"), event["ref"]


def test_the_page_on_the_history_names_only_what_is_in_it() -> None:
    """Refs, with or without a star; ids, types and keys of conditions. Words without a hyphen are taken as words."""
    page = files("policytracker.history").joinpath("README.md").read_text("utf-8")
    named = {name for name in re.findall(r"`([a-z0-9*-]+)`", page) if "-" in name.lstrip("-") and name[0] != "-"}
    ids = ("ref", "type", "company", "group")
    there = {event[field] for event in shipped() for field in ids if field in event}
    there |= {key for event in shipped() if isinstance(event.get("conditions"), dict) for key in event["conditions"]}
    assert {name for name in named if not fnmatch.filter(there, name)} == set()
    assert len(named) > 150


def test_the_readme_counts_the_events_of_the_history() -> None:
    events = shipped()
    said = [event for event in events if event["type"] not in REGISTRY]
    reported = [event for event in said if "report" in event]
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")

    told = f"in {len(reported)} events with a source, {len(said) - len(reported)} without, and "
    assert f"{told}{len(events) - len(said)} registrations" in " ".join(readme.split())
