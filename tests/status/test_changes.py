"""What makes the difference between two answers (semantics.md §5 to §7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.changes import Differences, decisive_news, news, turn
from policytracker.status.claims import Claim
from policytracker.status.directory import Gate
from policytracker.status.entries import Thread
from policytracker.status.knowledge import Standing
from policytracker.status.prevails import Holding
from policytracker.status.view import View
from policytracker.testing import naive, strategies
from tests.status.ground import Event, about, claim, report, seen
from tests.test_core_is_the_contract import entries_of, view_of


def decisive(view: View, at: str, to_at: str) -> list[str]:
    before, after = (view.cell("tencent", "h200", span(day).first) for day in (at, to_at))
    return Differences().decisive(before, after)


def turned(view: View, name: str, at: str, to_at: str) -> tuple[str, tuple[str, ...]]:
    reason = turn(view.claims[name], view.standings[name], span(at).first, span(to_at).first)
    return reason.text, reason.events


def test_a_claim_that_alone_decides_is_the_only_one_named() -> None:
    """A clearance since 2025, a block since 14 January, a milder word for the same firms since the 20th: the block."""
    view = seen(
        claim("cleared", "open", "2025-01-01"),
        claim("blocked", "stop", "2026-01-14"),
        claim("review-opened", "queue", "2026-01-20", companies=["all"], until="2026-01-25"),
    )

    assert decisive(view, "2026-01-10", "2026-01-28") == ["stop"]


def test_two_claims_neither_of_which_decides_alone_are_both_named() -> None:
    """Two blocks begin on the same day: without one the other still stops everyone."""
    view = seen(
        claim("cleared", "open", "2025-01-01"),
        claim("blocked", "stop", "2026-01-14"),
        claim("blocked", "other", "2026-01-14"),
    )

    assert decisive(view, "2026-01-10", "2026-01-28") == ["stop", "other"]


def test_a_change_at_a_gate_that_does_not_hold_the_cell_back_is_not_named() -> None:
    """China stops imports; the US, on the same day, starts to judge case by case: alone, the stop would do the same."""
    view = seen(
        claim("cleared", "open", "2025-01-01"),
        claim("blocked", "stop", "2026-01-14"),
        claim("licence-required", "case-by-case", "2026-01-14", authority="bis", review="case-by-case"),
    )

    assert decisive(view, "2026-01-10", "2026-01-28") == ["stop"]


def test_equal_answers_have_no_claim_that_makes_a_difference() -> None:
    """A second clearance begins: cleared stays cleared."""
    view = seen(claim("cleared", "open", "2025-01-01"), claim("cleared", "again", "2026-01-14"))

    assert decisive(view, "2026-01-10", "2026-01-28") == []


STOP = claim("blocked", "stop", "2026-01-14/2026-01-16")
QUOTA = claim("cleared", "deal", "2025-01-01", conditions={"quota": "some domestic chips", "test": "in the US"})


@pytest.mark.parametrize(
    ("events", "name", "at", "to_at", "told"),
    [
        ([STOP], "stop", "2026-01-10", "2026-01-28", "in force from a day between 2026-01-14 and 2026-01-16"),
        ([STOP], "stop", "2026-01-15", "2026-01-28", "in force from a day between 2026-01-14 and 2026-01-16"),
        ([STOP], "stop", "2026-01-28", "2026-01-10", "in force only from a day between 2026-01-14 and 2026-01-16"),
        ([STOP | {"until": "2026-01-20"}], "stop", "2026-01-18", "2026-01-28", "over from 2026-01-20 on"),
    ],
)
def test_the_dates_of_a_claim_tell_what_happened_to_it(
    events: list[Event], name: str, at: str, to_at: str, told: str
) -> None:
    """A block from some day of 14 to 16 January on, some until the 20th."""
    assert turned(seen(*events), name, at, to_at) == (told, ())


@pytest.mark.parametrize(
    ("event", "at", "to_at", "told"),
    [
        (about("lifted", "stop", effective="2026-01-20"), "2026-01-18", "2026-01-28", "lifted on 2026-01-20"),
        (
            about("suspended", "stop", effective="2026-01-20", until="2026-01-25"),
            "2026-01-18",
            "2026-01-22",
            "suspended from 2026-01-20; it holds again from 2026-01-25",
        ),
        (
            about("suspended", "stop", effective="2026-01-20", until="2026-01-25"),
            "2026-01-22",
            "2026-01-28",
            "in force again from 2026-01-25",
        ),
        (
            about("lifted", "stop", effective="2026-01-20/2026-01-24"),
            "2026-01-18",
            "2026-01-22",
            "perhaps lifted on a day between 2026-01-20 and 2026-01-24",
        ),
    ],
)
def test_the_event_that_ends_or_suspends_a_claim_is_named(event: Event, at: str, to_at: str, told: str) -> None:
    """A block of mid-January is lifted, or suspended for five days."""
    assert turned(seen(STOP, event), "stop", at, to_at) == (told, (event["ref"],))


def test_a_condition_that_is_met_is_named_with_the_event() -> None:
    """Two conditions; the quota is met on 20 January. Looked at backwards, it binds."""
    met = about("conditions-met", "deal", effective="2026-01-20", conditions=["quota"])
    view = seen(QUOTA, met)

    assert turned(view, "deal", "2026-01-10", "2026-01-28") == ("conditions met: quota", ("deal-conditions-met",))
    assert turned(view, "deal", "2026-01-28", "2026-01-10") == ("conditions bind: quota", ("deal-conditions-met",))


def test_news_are_the_events_whose_own_report_has_come_in() -> None:
    """Told on 14 January, corroborated on the 15th, lifted on the 20th; from the 14th to the 16th: the second."""
    events = (
        STOP | {"report": report("2026-01-14")},
        about("corroborated", "stop", "2026-01-15"),
        about("lifted", "stop", "2026-01-20"),
    )
    before, after = seen(*events, known="2026-01-14"), seen(*events, known="2026-01-16")

    assert list(news(after.threads["stop"], before.standings, after.standings)) == ["stop-corroborated"]


class Known:
    """A view as ``decisive_news`` asks it: claim by claim."""

    def __init__(self, view: View) -> None:
        self._view, self.known = view, view.known

    def thread(self, claim: str) -> Thread:
        return self._view.threads[claim]

    def standings(self, _: str) -> dict[str, Standing]:
        return self._view.standings

    def zone_of(self, claim: str, _: int) -> str:
        return self._view.zone_of(self._view.claims[claim].fields["authority"])

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> tuple[Gate | None, Holding | None]:
        view = self._view
        return view.directory.gate(claim.fields["authority"]), view.outlook.hold(claim, company, chip, day)


def learned(*events: Event, known: str, to_known: str) -> list[str]:
    """The news about "stop" that decide, seen from 28 January."""
    before, after = seen(*events, known=known), seen(*events, known=to_known)
    day = span("2026-01-28").first
    return decisive_news(Known(before), Known(after), after.cell("tencent", "h200", day), "stop", day)


def test_news_that_change_nothing_are_not_named() -> None:
    """Told on 14 January, corroborated on the 15th, lifted on the 20th: the lift."""
    events = (
        claim("blocked", "stop", "2026-01-14", report=report("2026-01-14")),
        about("corroborated", "stop", "2026-01-15"),
        about("lifted", "stop", "2026-01-20"),
    )

    assert learned(*events, known="2026-01-14", to_known="2026-01-21") == ["stop-lifted"]
    assert learned(*events, known="2026-01-10", to_known="2026-01-16") == ["stop"]


def test_news_none_of_which_decides_alone_are_all_named() -> None:
    """A doubtful word of a block; two more outlets say it on one day: either would have made it certain."""
    rumour = {"grade": "D4", "published": "2026-01-14"}
    events = (
        claim("cleared", "open", "2025-01-01"),
        claim("blocked", "stop", "2026-01-14", report=rumour | {"publisher": "One"}),
        *(
            about("corroborated", "stop")
            | {"ref": name, "report": rumour | {"publisher": name, "published": "2026-01-15"}}
            for name in ("second", "third")
        ),
    )

    assert learned(*events, known="2026-01-14", to_known="2026-01-16") == ["second", "third"]


def test_a_better_report_of_a_known_event_is_named() -> None:
    """A rumour of the 14th repeats what the customs house publishes itself on the 15th."""
    rumour = {"publisher": "One", "attribution": "unattributed", "published": "2026-01-14"}
    events = (
        claim("cleared", "open", "2025-01-01"),
        claim("blocked", "stop", "2026-01-14", report=report("2026-01-15")),
        about("corroborated", "stop") | {"report": rumour},
    )

    assert learned(*events, known="2026-01-14", to_known="2026-01-16") == ["stop"]
    lifted = about("lifted", "stop", "2026-01-20")
    assert learned(*events, lifted, known="2026-01-14", to_known="2026-01-21") == ["stop", "stop-lifted"]


@given(st.data(), strategies.ledgers())
def test_without_news_a_thread_stands_as_it_did(data: st.DataObject, ledger: list[Event]) -> None:
    """Whatever became known elsewhere: a thread none of whose reports came in between two moments is the same."""
    entries = entries_of(naive.resolve(ledger))
    before, after = (view_of(entries, known=moment(data.draw(st.sampled_from(strategies.WINDOW)))) for _ in range(2))
    for first, thread in before.threads.items():
        if not list(news(thread, before.standings, after.standings)):
            assert before.standings[first] == after.standings[first]
