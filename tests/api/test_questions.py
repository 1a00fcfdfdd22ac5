"""What the Python API answers is what the command line prints, question by question."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import policytracker
from policytracker import Answers, BadDate, Ledger, QuestionError
from tests.demo import ask, rows
from tests.demo import demo as demo
from tests.ledger.ground import CLAIM, REGISTRY

AT, NOON = "2026-01-28", "2026-01-28T12:00Z"
WHEN: Any = {"at": AT, "known": NOON}
OPTIONS = "--at", AT, "--known", NOON


@pytest.fixture
def ledger(demo: Path) -> Iterator[Ledger]:
    with Ledger(demo) as opened:
        yield opened


def same(found: Answers[Any], printed: list[dict[str, Any]]) -> bool:
    assert found.as_dicts() == printed
    return len(printed) > 0


def test_the_status_of_cells(ledger: Ledger, demo: Path) -> None:
    assert same(ledger.states(**WHEN), rows(demo, "state", *OPTIONS))
    assert same(ledger.states("Tencent", **WHEN), rows(demo, "state", "Tencent", *OPTIONS))
    one = ledger.state("Tencent", "H200", **WHEN)
    assert [one.as_dict()] == rows(demo, "state", "Tencent", "H200", *OPTIONS)
    assert (one.status, one.low, one.high, one.at) == ("uncertain", "in_principle", "licensable", date(2026, 1, 28))
    assert one.gates[0].gate == "US/export"


def test_pairs(ledger: Ledger, demo: Path) -> None:
    found = ledger.check([("Tencent", "H200")], **WHEN)
    printed = rows_whatever(demo, "check", "Tencent", "H200", *OPTIONS)
    assert same(found, printed)
    assert found[0].code == 3


def rows_whatever(demo: Path, *words: str) -> list[dict[str, Any]]:
    """The answer of a command that may exit with another code."""
    found: list[dict[str, Any]] = json.loads(ask(demo, *words, "--json").stdout)
    return found


def test_the_matrix(ledger: Ledger, demo: Path) -> None:
    assert same(ledger.matrix(**WHEN), rows(demo, "matrix", *OPTIONS))
    few = ledger.matrix(["Tencent"], ["H20", "H200"], **WHEN)
    assert few[0].cells == {"h20": "blocked", "h200": "in_principle..licensable"}


def test_timelines(ledger: Ledger, demo: Path) -> None:
    found = ledger.timeline("JD", "H200", known="2026-06-01", start=date(2026, 2, 1))
    assert same(found, rows(demo, "timeline", "JD", "H200", "--known", "2026-06-01", "--from", "2026-02-01"))
    assert found[-1].from_ is not None
    known = ledger.timeline_of_knowledge("Tencent", "H200", at=AT, start="2026-01-01")
    words = "timeline", "Tencent", "H200", "--knowledge", "--at", AT, "--from", "2026-01-01"
    assert same(known, rows(demo, *words))


def test_what_differs(ledger: Ledger, demo: Path) -> None:
    found = ledger.diff("Tencent", "H200", **WHEN, to_known=AT)
    assert same(found, rows(demo, "diff", "Tencent", "H200", *OPTIONS, "--to-known", AT))
    assert found[0].from_ == "uncertain"
    later = ledger.diff(at="2026-01-01", to_at=AT)
    assert same(later, rows(demo, "diff", "--at", "2026-01-01", "--to-at", AT))


def test_why(ledger: Ledger, demo: Path) -> None:
    assert same(ledger.why("Tencent", "H200", **WHEN), rows(demo, "why", "Tencent", "H200", *OPTIONS))
    everything = ledger.why("Tencent", "H200", everything=True, **WHEN)
    assert same(everything, rows(demo, "why", "Tencent", "H200", "--all", *OPTIONS))


def test_quantities_and_conflicts(ledger: Ledger, demo: Path) -> None:
    assert same(ledger.quantities(**WHEN), rows(demo, "quantities", *OPTIONS))
    assert same(ledger.quantities("H200", "Tencent"), rows(demo, "quantities", "H200", "--company", "Tencent"))
    assert same(ledger.conflicts(**WHEN), rows(demo, "conflicts", *OPTIONS))


def test_a_digest_and_a_brief(ledger: Ledger, demo: Path) -> None:
    found = ledger.digest(date(2026, 1, 10), ["Tencent"], ["H200", "H20"], stale_days=30, **WHEN)
    words = "--since", "2026-01-10", "--company", "Tencent", "--chip", "H200", "--chip", "H20", "--stale-days", "30"
    assert [found.as_dict()] == rows(demo, "digest", *words, *OPTIONS)
    assert found.parts[0].kind == "answers"
    after = ledger.digest("position:340", at="2026-10-09")
    assert [after.as_dict()] == rows(demo, "digest", "--since", "position:340", "--at", "2026-10-09")
    assert [ledger.brief("腾讯", "H200", **WHEN).as_dict()] == rows(demo, "brief", "Tencent", "H200", *OPTIONS)
    with pytest.raises(BadDate, match="2026-02-01 is after 2026-01-28"):
        ledger.digest("2026-02-01", **WHEN)


def test_events(ledger: Ledger, demo: Path) -> None:
    assert same(ledger.log(), rows(demo, "log"))
    assert same(ledger.log(since=300, type="blocked"), rows(demo, "log", "--since", "300", "--type", "blocked"))
    assert same(ledger.search("字节跳动"), rows(demo, "search", "字节跳动"))
    event = ledger.show("cn-2026-01-28-batch")[0]
    assert (event.type, event.ref, event.recorded.tzinfo) == ("batch-approved", "cn-2026-01-28-batch", UTC)


def test_events_that_are_narrowed(ledger: Ledger, demo: Path) -> None:
    about = "--company", "Tencent", "--chip", "H200"
    assert same(ledger.log(companies=["Tencent"], chips=["H200"]), rows(demo, "log", *about))
    days = "--since-published", "2026-05", "--until-published", "2026-05-14"
    found = ledger.log(publishers=["reuters"], since_published="2026-05", until_published=date(2026, 5, 14))
    assert same(found, rows(demo, "log", "--publisher", "Reuters", *days))
    with pytest.raises(QuestionError, match="no publisher is called 'Reutrs'; did you mean Reuters"):
        ledger.log(publishers=["Reutrs"])


def test_dates_are_those_of_the_library_too(ledger: Ledger) -> None:
    expected = ledger.state("Tencent", "H200", **WHEN)
    noon_in_beijing = datetime(2026, 1, 28, 20, tzinfo=timezone(timedelta(hours=8)))
    for known in (datetime(2026, 1, 28, 12, tzinfo=UTC), noon_in_beijing):
        assert ledger.state("Tencent", "H200", at=date(2026, 1, 28), known=known) == expected
    everything = ledger.log()[0].recorded
    assert ledger.states(recorded=everything).as_dicts() == ledger.states().as_dicts()
    assert len(ledger.states(recorded=everything - timedelta(microseconds=1))) == 0


def test_dates_that_say_too_little_are_refused_with_the_way_out(ledger: Ledger) -> None:
    with pytest.raises(BadDate, match=r"has no time zone; give it one: tzinfo=datetime.UTC"):
        ledger.states(known=datetime(2026, 1, 28, 12))  # noqa: DTZ001
    with pytest.raises(BadDate, match=r"is a moment; a day is asked for: datetime.date\(2026, 1, 28\)"):
        ledger.states(at=datetime(2026, 1, 28, 12, tzinfo=UTC))
    with pytest.raises(QuestionError, match=r"no company is called 'Tencnet'; did you mean tencent"):
        ledger.state("Tencnet", "H200")


def test_answers_never_change(ledger: Ledger) -> None:
    state = ledger.state("Tencent", "H200", **WHEN)
    with pytest.raises(AttributeError, match="immutable"):
        state.status = "cleared"  # type: ignore[misc]
    assert isinstance(state.possible, tuple)


def test_answers_print_a_field_a_line(ledger: Ledger) -> None:
    lines = str(ledger.state("Tencent", "H200", **WHEN)).splitlines()
    assert "possible: in_principle, licensable" in lines
    assert any(re.fullmatch("conditions: [0-9]+", line) for line in lines)


def test_importing_the_package_loads_none_of_it() -> None:
    program = "import sys, policytracker; print([name for name in sys.modules if name.startswith('policytracker.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", policytracker.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(policytracker, name).__name__ == name


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="module 'policytracker' has no attribute 'Ledgers'"):
        _ = policytracker.Ledgers


def test_a_status_in_a_sentence_is_that_of_the_brief(ledger: Ledger) -> None:
    for chip in ("H200", "Ascend 910B"):
        state = ledger.state("Tencent", chip, **WHEN)
        assert ledger.cell_in_words(state, **WHEN) == ledger.brief("Tencent", chip, **WHEN).sentence


def test_an_event_in_words_and_the_reports_that_say_it(ledger: Ledger) -> None:
    """Corroborations are among its reports once they are published; the ledger's bookkeeping has none."""
    told = ledger.in_words("cn-2026-01-28-batch", **WHEN)
    assert told.sentence.startswith("China (Chinese regulators, not named) approved a batch of imports of H200")
    assert (told.ref, told.type, told.doubt) == ("cn-2026-01-28-batch", "batch-approved", None)
    early, late = ledger.sources("cn-2026-01-28-batch", **WHEN), ledger.sources("cn-2026-01-28-batch")
    assert [each.publisher for each in early] == ["Business Times"] and len(late) > 1
    assert all(each.published <= "2026-01-28T12:00Z" for each in early)
    registered = ledger.log(type="company-registered")[0]
    assert len(ledger.sources(registered.id)) == 0
    assert ledger.in_words(registered.id).sentence.startswith("The ledger registers the company ")


def test_a_corrected_report_is_cited_as_corrected(tmp_path: Path) -> None:
    report = {"publisher": "Example Daily", "published": "2026-01-05", "url": "https://wrong.example"}
    mended = {**report, "url": "https://right.example"}
    with Ledger.create(tmp_path / "a.ledger") as ledger:
        ledger.append_all([*REGISTRY, {"type": "blocked", "ref": "stop", **CLAIM, "report": report}])
        assert [each.url for each in ledger.sources("stop")] == ["https://wrong.example"]
        ledger.append(type="corrected", target="stop", changes={"report": mended})
        assert [each.url for each in ledger.sources("stop")] == ["https://right.example"]


def test_the_dates_of_an_answer_are_those_that_the_command_prints(ledger: Ledger, demo: Path) -> None:
    found = ledger.dates(at="2031-01-01", known=NOON, recorded="2030-01-01")
    options = ("--at", "2031-01-01", "--known", NOON, "--recorded", "2030-01-01")
    below = ask(demo, "state", "Tencent", "H200", *options).stdout.splitlines()
    assert len(found.notes) > 1
    assert ["; ".join(found.words), *(f"note: {note}" for note in found.notes)] == below[-1 - len(found.notes) :]
    assert (found.at, found.known, found.newest_report) == (date(2031, 1, 1), NOON, date(2026, 10, 9))
    assert found.recorded == "2030-01-01T23:59:59.999999Z"


def test_an_event_that_is_not_there_is_refused(ledger: Ledger) -> None:
    for question in (ledger.in_words, ledger.sources):
        with pytest.raises(policytracker.LedgerError, match="'nothing'"):
            question("nothing")
        with pytest.raises(QuestionError, match="was recorded at"):
            question("cn-2026-01-28-batch", recorded="2020-01-01")
