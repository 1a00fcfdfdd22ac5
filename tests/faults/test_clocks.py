"""The machine's clock is wrong: what is recorded keeps its order; a time far ahead is the least for all later."""

from types import SimpleNamespace

import pytest

from policytracker.ledger.where import Where
from tests.demo import ask, rows
from tests.ledger.ground import NOON, Ledger

A_YEAR = 365 * 86_400 * 1_000_000


@pytest.fixture
def where(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> Where:
    """A ledger in which something was recorded at noon of 2027-01-15."""
    register(empty.path, "first", NOON, monkeypatch)
    return empty.path


def register(where: Where, name: str, clock: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record something through the door while the machine's clock shows this (microseconds since 1970)."""
    with monkeypatch.context() as patch:
        patch.setattr("policytracker.ledger.clock.time", SimpleNamespace(time_ns=lambda: clock * 1000))
        words = ("--company", name, "--name", name, "--jurisdiction", "CN")
        answer = ask(where, "record", "company-registered", *words)
        assert answer.exit_code == 0, answer.output
        assert ask(where, "verify").exit_code == 0


def recorded(where: Where) -> list[str]:
    return [row["recorded"] for row in rows(where, "log")]


@pytest.mark.parametrize("clock", [NOON - 1, NOON - A_YEAR, 0, -A_YEAR], ids=["a little", "a year", "1970", "1969"])
def test_a_clock_set_back_does_not_set_back_what_is_recorded(
    where: Where, clock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(where, "second", clock, monkeypatch)
    register(where, "third", NOON + 1_000_000, monkeypatch)

    assert recorded(where) == ["2027-01-15T12:00:00.000000Z"] * 2 + ["2027-01-15T12:00:01.000000Z"]


def test_a_clock_far_ahead_is_the_least_for_all_that_follows(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's clock shows 2077 for a minute; from then on events are recorded in 2077, in their order."""
    register(where, "second", NOON + 50 * A_YEAR, monkeypatch)
    register(where, "third", NOON, monkeypatch)

    assert [when[:4] for when in recorded(where)] == ["2027", "2077", "2077"]
    early = ask(where, "log", "--nl", "--recorded", "2027-12-31")
    assert len(early.stdout.splitlines()) == 1
