"""One event, tried first and appended then: it is decided about once, unless somebody has recorded in between."""

import json

import pytest

from policytracker.events.fields import Event
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused
from policytracker.ledger import batch
from policytracker.ledger.admission import Admitted, Draft, admit
from policytracker.ledger.appending import append_tried, try_event
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.clock import Today
from policytracker.ledger.past import Past
from tests.ledger.ground import NOON, Fields, Ledger, about, cleared, company


def event(fields: Fields) -> Event:
    return read_line(json.dumps(fields).encode())


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The refs of the events about which it was decided."""
    found: list[str | None] = []

    def counted(draft: Draft, past: Past, today: Today) -> Admitted | None:
        found.append(draft.event.ref)
        return admit(draft, past, today)

    monkeypatch.setattr(batch, "admit", counted)
    return found


@pytest.mark.parametrize(
    "fields",
    [
        cleared("new"),
        about("retracted", "clear", ref="new"),
        company("acme", name="Acme Ltd", ref="new"),
        company("echo", ref="new"),
    ],
    ids=["a claim", "about another", "registered anew", "registered"],
)
def test_what_was_tried_is_appended_without_being_decided_about_again(
    ledger: Ledger, decided: list[str | None], fields: Fields
) -> None:
    before = ledger.head()
    trial = try_event(ledger.store, event(fields), lambda: NOON, "tester")
    assert ledger.head() == before

    done = append_tried(ledger.store, trial, lambda: NOON)

    assert decided == ["new"]
    assert done == trial.outcome
    assert ledger.rows()[-1].ref == "new"
    assert list(ledger_damage(ledger.path)) == []


def test_it_is_decided_about_anew_where_somebody_has_recorded_since(ledger: Ledger, decided: list[str | None]) -> None:
    trial = try_event(ledger.store, event(about("disputed", "clear", ref="mine")), lambda: NOON, "tester")
    ledger.add(about("retracted", "clear", ref="theirs"))

    done = append_tried(ledger.store, trial, lambda: NOON)

    assert decided == ["mine", "theirs", "mine"]
    assert (done.appended, done.position) == (1, trial.outcome.position + 1)
    assert list(ledger_damage(ledger.path)) == []


def test_what_somebody_has_recorded_since_may_refuse_it_or_have_said_it(ledger: Ledger) -> None:
    first = try_event(ledger.store, event(cleared("new")), lambda: NOON, "tester")
    other = try_event(ledger.store, event(cleared("new", note="another")), lambda: NOON, "tester")
    ledger.add(cleared("new"))

    again = append_tried(ledger.store, first, lambda: NOON)

    assert (again.appended, again.repeated) == (0, 1)
    with pytest.raises(Refused, match=r"^ref: 'new' is taken by another event"):
        append_tried(ledger.store, other, lambda: NOON)


def test_what_is_recorded_already_is_told_by_the_trial(ledger: Ledger) -> None:
    trial = try_event(ledger.store, event(cleared()), lambda: NOON, "tester")

    assert (trial.placed, trial.outcome.appended, trial.outcome.repeated) == (None, 0, 1)


def test_time_does_not_go_back_between_trying_and_appending(ledger: Ledger) -> None:
    trial = try_event(ledger.store, event(cleared("new")), lambda: NOON + 5, "tester")

    done = append_tried(ledger.store, trial, lambda: NOON - 5)

    assert done.recorded == NOON
