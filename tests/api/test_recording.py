"""Ledgers are made, recorded in, supposed and replayed through the Python API."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policytracker import Ledger, LedgerError, NoLedger, RefusedLines
from policytracker.api.changes import by_published
from policytracker.questions.statuses import Pair
from tests.demo import demo as demo
from tests.ledger.ground import REGISTRY

REPORT = {"publisher": "Reuters", "published": "2026-01-20", "attribution": "official"}
BLOCK: dict[str, Any] = {
    "type": "blocked",
    "ref": "block",
    "authority": "gacc",
    "companies": ["acme"],
    "chips": ["h20"],
    "report": REPORT,
}
DAY = "2026-02-01"


@pytest.fixture
def made(tmp_path: Path) -> Ledger:
    ledger = Ledger.create(tmp_path / "test.ledger", today=DAY, recorder="mia")
    ledger.append_all(REGISTRY)
    return ledger


def test_an_event_is_recorded_once(made: Ledger) -> None:
    before = made.state("acme", "h20")
    first, again = made.append(BLOCK), made.append(BLOCK)
    assert [(each.type, each.ref, each.recorder) for each in first.events] == [("blocked", "block", "mia")]
    assert (first.repeated, again.events, again.repeated) == (0, (), 1)
    assert before.status == "unknown"
    assert made.state("acme", "h20").gates[-1].status == "blocked"
    assert made.verify() == []


def test_fields_may_be_given_by_name(made: Ledger) -> None:
    appended = made.append(**BLOCK)
    assert appended.events[0].fields["authority"] == "gacc"


def test_what_is_refused_adds_nothing(made: Ledger) -> None:
    position = made.log()[-1].position
    with pytest.raises(RefusedLines, match=r"event:2: .*authority"):
        made.append_all([BLOCK, {**BLOCK, "ref": "other", "authority": "nobody"}])
    assert made.log()[-1].position == position


def test_files_are_imported(made: Ledger, tmp_path: Path) -> None:
    import json

    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(BLOCK) + "\n")
    assert len(made.import_files(file).events) == 1


def test_supposing_changes_a_copy_alone(made: Ledger) -> None:
    with made.supposing(BLOCK) as supposed:
        (change,) = supposed.diff(made)
        assert (change.company, change.chip) == ("acme", "h20")
        assert change.before is not None
        assert (change.before.status, change.after.status) == ("unknown", "uncertain")
        assert change.after.gates["CN/import"] == ("blocked",)
        where = supposed.where
    assert not Path(str(where)).exists()
    assert len(made.diff(made)) == 0
    assert len(made.log()) == len(REGISTRY)


def test_a_cell_that_only_one_ledger_knows_is_a_change(made: Ledger) -> None:
    chip = {"type": "chip-registered", "chip": "h99", "name": "H99", "vendor": "Nvidia", "controlled_by": ["US"]}
    with made.supposing(chip) as supposed:
        changes = supposed.diff(made)
        assert {change.chip for change in changes} == {"h99"}
        assert {change.before for change in changes} == {None}
        assert len(made.diff(supposed)) == 0


def test_the_demo_is_removed_when_it_is_closed() -> None:
    with Ledger.demo(today="2026-10-10") as ledger:
        folder = Path(str(ledger.where)).parent
        assert len(ledger.log()) > 300
    assert not folder.exists()


def test_where_no_ledger_is_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="init"):
        Ledger(tmp_path / "none.ledger")
    Ledger.create(tmp_path / "one.ledger").close()
    with pytest.raises(LedgerError, match=r"one\.ledger"):
        Ledger.create(tmp_path / "one.ledger")


# Replay


def statuses(ledger: Ledger, **when: Any) -> dict[Pair, tuple[str, ...]]:
    return {(each.company, each.chip): each.possible for each in ledger.states(**when)}


def test_a_replay_by_publication_tells_what_each_report_changed_on_its_day(demo: Path) -> None:
    with Ledger(demo, today="2026-10-10") as ledger:
        steps = list(ledger.replay())
        assert sum(len(step.events) for step in steps) == sum("report" in event.fields for event in ledger.log())
        assert len(steps) > 100
        for step in (each for each in steps if each.event.ref in ("cn-2026-01-28-batch", "cn-2026-04-23-not-let")):
            assert step.changed
            known = statuses(ledger, at=str(step.when)[:10], known=str(step.when))
            for change in step.changed:
                assert change.after.possible == known[change.company, change.chip]
                assert change.before is not None
                assert change.before.possible != change.after.possible


def test_a_replay_of_one_day_ends_at_what_is_known_now(made: Ledger) -> None:
    made.append(BLOCK)
    made.append({"type": "lifted", "target": "block", "report": {**REPORT, "published": "2026-01-25"}})
    steps = list(made.replay(at=date(2026, 1, 28)))
    assert [(step.event.type, len(step.changed)) for step in steps] == [("blocked", 1), ("lifted", 1)]
    assert steps[-1].changed[0].after.possible == statuses(made, at="2026-01-28")["acme", "h20"]


def test_both_ways_of_a_replay_by_publication_tell_the_same(made: Ledger) -> None:
    """Day by day the turns of the index are told; of one day the answers of all cells are compared."""
    made.append(BLOCK)
    then = [step.changed for step in made.replay()]
    fixed = [step.changed for step in by_published(made._now(), date(2026, 1, 20).toordinal())]
    assert then == fixed
    assert len(then[0]) == 1


def test_a_replay_by_recording_tells_what_each_import_changed(made: Ledger) -> None:
    made.append(BLOCK)
    first, second = made.replay("recorded", at=DAY)
    assert (len(first.events), len(second.events)) == (len(REGISTRY), 1)
    assert {change.before for change in first.changed} == {None}
    assert [(change.company, change.chip) for change in second.changed] == [("acme", "h20")]
