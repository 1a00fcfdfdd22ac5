"""The independent oracle for users: it agrees with ledgers, and finds the faults of an importer."""

import sys
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker import Ledger, testing
from policytracker.testing import NaiveState, TooManyWorlds, ledgers, naive_state, questions
from tests.examples import modules_of_testing_page
from tests.naive_ground import REGISTRY, about, claim, report

FAULTS = {
    "retractions are forgotten": (
        'yield {"type": "retracted", "target": refs.pop(row), "report": report}',
        "refs.pop(row)",
    ),
    "until is the last day": ("str(date.fromisoformat(row.last_day) + timedelta(days=1))", "row.last_day"),
    "the first day is left out": ('"effective": row.first_day,', ""),
    "a word means something else": ('"stopped": "held"', '"stopped": "prohibited"'),
}


@settings(max_examples=5)
@given(st.data(), ledgers())
def test_a_ledger_and_the_oracle_agree_in_every_field(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, events: list[dict[str, Any]]
) -> None:
    with Ledger.create(tmp_path_factory.mktemp("any") / "any.ledger") as ledger:
        ledger.append_all([*events, *(event for event in events if "ref" in event)])
        for _ in range(3):
            asked = data.draw(questions(events))._asdict()
            state = ledger.state(**asked)
            assert naive_state([*events, *(event for event in events if "ref" in event)], **asked) == NaiveState(
                state.status,
                state.possible,
                state.limited_by,
                state.if_open,
                {gate.gate: gate.possible for gate in state.gates},
                frozenset((each.gate, each.key, each.wording, each.binds) for each in state.conditions),
                None if state.last_report is None else state.last_report.isoformat(),
            )


@pytest.mark.parametrize("fault", FAULTS)
def test_the_example_of_the_page_finds_what_an_importer_does_wrong(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tried in the same order each time, and without making the failure small, which takes long."""
    modules = modules_of_testing_page()
    right, wrong = FAULTS[fault]
    assert modules["customs_register"].count(right) == 1
    importer = ModuleType("customs_register")
    monkeypatch.setitem(sys.modules, "customs_register", importer)
    exec(modules["customs_register"].replace(right, wrong), vars(importer))
    test = modules["test_register"].replace("import given", "import Phase, given")
    test = test.replace("deadline=None", "deadline=None, derandomize=True, phases=[Phase.generate]")
    example: dict[str, Any] = {"__name__": "test_register"}
    exec(test, example)
    with pytest.raises(AssertionError):
        example["test_the_ledger_says_what_the_edition_of_the_day_says"]()


def test_what_the_oracle_cannot_answer_it_says() -> None:
    asked = {"company": "acme", "chip": "h20", "at": "2026-02-01"}
    with pytest.raises(ValueError, match="'tencent' is the id of no company that these events register"):
        naive_state(REGISTRY, **{**asked, "company": "tencent"})
    with pytest.raises(ValueError, match="'b300' is the id of no chip"):
        naive_state(REGISTRY, **{**asked, "chip": "b300"})
    with pytest.raises(ValueError, match=r"event 8: its target is 'later'; no earlier event has that ref"):
        naive_state([*REGISTRY, about("retracted", "later", "early"), claim("blocked", "later")], **asked)
    rumours = [claim("cleared", f"rumour-{place}", report(grade="D4")) for place in range(15)]
    with pytest.raises(TooManyWorlds, match="15 claims at one gate may hold or not"):
        naive_state([*REGISTRY, *rumours], **asked)


def test_where_hypothesis_is_missing_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.startswith("policytracker.testing.strategies")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match=r"^ledgers needs hypothesis; install it with: .+ hypothesis$"):
        _ = testing.ledgers
