"""The naive reading of semantics.md §5, held to its rules by hand."""

from collections.abc import Mapping
from datetime import date

import pytest

from policytracker.testing import naive
from policytracker.testing.naive import Entry
from tests.naive_ground import REGISTRY, SHANGHAI, about, claim, entries, report

RUMOUR = report(grade="F6")


def force(*events: Entry, at: str, known: str | None = None, registry: tuple[Entry, ...] = REGISTRY) -> str | None:
    """How the claim `c` is in force on a day."""
    found = naive.claims_in_force(entries(*events, registry=registry), at=at, known=known, recorded=None)
    return found["c"]["in_force"] if "c" in found else None


def over(days: Mapping[str, str | None], *events: Entry) -> None:
    """Hold the claim `c` to what it is on each of these days."""
    assert {at: force(*events, at=at) for at in days} == days


def test_a_claim_begins_with_its_date() -> None:
    """In between its first and its last day, all is only possible."""
    vague = claim("blocked", "c", effective="2026-01-05/2026-01-07")
    days = {"2026-01-04": None, "2026-01-05": "possibly", "2026-01-06": "possibly", "2026-01-07": "certainly"}
    over(days, vague)


def test_a_start_that_is_open() -> None:
    """Possibly in force on all days before."""
    over({"0001-01-01": "possibly", "2026-06-29": "certainly"}, claim("blocked", "c", effective="../2026-06-29"))


def test_a_claim_without_a_date_begins_between_its_first_and_its_sure_word() -> None:
    """Possibly from the rumour on, certainly from its confirmation on; of a sure report it is one day."""
    over({"2026-01-09": None, "2026-01-10": "certainly"}, claim("blocked", "c"))
    events = claim("blocked", "c", report("2026-01-03", "F3")), about("corroborated", "c", "b", report("2026-01-08"))
    over({"2026-01-02": None, "2026-01-03": "possibly", "2026-01-07": "possibly", "2026-01-08": "certainly"}, *events)


def test_the_earlier_of_the_two_words_comes_first() -> None:
    """A rumour of the day 28, known from its end in UTC on, is earlier than one heard in Shanghai on the 29th."""
    here = (*REGISTRY, SHANGHAI)
    events = (
        claim("blocked", "c", report("2026-01-28T17:00Z", "F3")),
        about("corroborated", "c", "b", report("2026-01-28")),
    )
    days = {"2026-01-27": None, "2026-01-28": "possibly", "2026-01-29": "certainly"}
    assert {at: force(*events, at=at, registry=here) for at in days} == days


def test_the_day_of_an_instant_is_that_of_the_gate() -> None:
    """20:00 UTC is the next day in Shanghai; of an event about the claim, too."""
    event = claim("blocked", "c", report("2026-01-28T20:00Z"))
    lift = about("lifted", "c", "l", report("2026-01-30T20:00Z"))
    here = (*REGISTRY, SHANGHAI)
    assert [force(event, at=at) for at in ("2026-01-28", "2026-01-29")] == ["certainly", "certainly"]
    assert [force(event, at=at, registry=here) for at in ("2026-01-28", "2026-01-29")] == [None, "certainly"]
    assert [force(event, lift, at=at) for at in ("2026-01-29", "2026-01-30")] == ["certainly", None]
    shifted = [force(event, lift, at=at, registry=here) for at in ("2026-01-30", "2026-01-31")]
    assert shifted == ["certainly", None]


def test_until_is_the_first_day_on_which_it_no_longer_holds() -> None:
    """A vague one makes the days before its last day doubtful."""
    over({"2026-03-30": "certainly", "2026-03-31": None}, claim("blocked", "c", until="2026-03-31"))
    over(
        {"2026-02-28": "certainly", "2026-03-01": "possibly", "2026-03-30": "possibly", "2026-03-31": None},
        claim("blocked", "c", until="2026-03"),
    )


def test_lifts() -> None:
    """A certain one ends it on its last day, a possible one makes it doubtful for good."""
    days = {"2026-01-31": "certainly", "2026-02-01": "possibly", "2026-02-27": "possibly"}
    lift = about("lifted", "c", "l", report(), effective="2026-02")
    over(days | {"2026-02-28": None}, claim("blocked", "c"), lift)
    over(days | {"2027-01-01": "possibly"}, claim("blocked", "c"), lift | {"report": RUMOUR})
    rumoured = (
        about("lifted", "c", "l", report("2026-02-03", "F3")),
        about("corroborated", "l", "k", report("2026-02-05")),
    )
    over(
        {"2026-02-02": "certainly", "2026-02-03": "possibly", "2026-02-04": "possibly", "2026-02-05": None},
        claim("blocked", "c"),
        *rumoured,
    )


SUSPENDED = about("suspended", "c", "s", report(), effective="2026-02-10/2026-02-12", until="2026-02-20/2026-02-22")


def test_a_certain_suspension() -> None:
    """From the last day of its date until the first day of its end it is certain, around that possible."""
    days = {"2026-02-09": "certainly", "2026-02-10": "possibly", "2026-02-11": "possibly", "2026-02-12": None}
    days |= {"2026-02-19": None, "2026-02-20": "possibly", "2026-02-21": "possibly", "2026-02-22": "certainly"}
    over(days, claim("blocked", "c"), SUSPENDED)


def test_a_possible_suspension() -> None:
    """Possible throughout."""
    days = {"2026-02-09": "certainly", "2026-02-10": "possibly", "2026-02-12": "possibly", "2026-02-21": "possibly"}
    over(days | {"2026-02-22": "certainly"}, claim("blocked", "c"), SUSPENDED | {"report": RUMOUR})


def test_a_suspension_without_an_end_is_for_good() -> None:
    """Until it is lifted, from the lift's day on."""
    endless = about("suspended", "c", "s", report(), effective="2026-02-10")
    over({"2026-02-09": "certainly", "2026-02-10": None, "2030-01-01": None}, claim("blocked", "c"), endless)
    lift = about("lifted", "s", "l", report(), effective="2026-02-15/2026-02-17")
    days = {"2026-02-14": None, "2026-02-15": "possibly", "2026-02-16": "possibly"}
    over(days | {"2026-02-17": "certainly"}, claim("blocked", "c"), endless, lift)
    over(
        days | {"2026-02-17": "possibly", "2030-01-01": "possibly"},
        claim("blocked", "c"),
        endless,
        lift | {"report": RUMOUR},
    )


def test_the_claim_ends_while_it_is_suspended() -> None:
    """An end is an end, and two suspensions suspend as either does."""
    suspended = about("suspended", "c", "s", RUMOUR, effective="2026-02-10")
    over({"2026-02-14": "possibly", "2026-02-15": None}, claim("blocked", "c", until="2026-02-15"), suspended)
    certain = about("suspended", "c", "s2", report(), effective="2026-02-12", until="2026-02-13")
    over(
        {"2026-02-11": "possibly", "2026-02-12": None, "2026-02-13": "possibly"},
        claim("blocked", "c"),
        suspended,
        certain,
    )


def test_a_claim_of_weak_reports_alone_has_no_date_but_its_effective() -> None:
    """It has no word; where it says a day, it is listed, and counts not at all."""
    weak = report(grade="E1")
    assert force(claim("blocked", "c", weak), at="2026-02-01") is None
    found = naive.claims_in_force(
        entries(claim("blocked", "c", weak, effective="2026-01-05")), at="2026-02-01", known=None, recorded=None
    )
    assert found == {"c": {"counts": "not at all", "in_force": "certainly"}}


@pytest.mark.parametrize(
    ("event", "certain"),
    [
        (claim("blocked", "c"), True),
        (claim("blocked", "c", RUMOUR), False),
        (claim("blocked", "c", companies={"of": ["all"]}), False),
        (claim("blocked", "c", until="2026"), False),
    ],
)
def test_a_claim_holds_certainly_when_all_of_three_are_certain(event: Entry, certain: bool) -> None:
    """It counts, it matches, it is in force."""
    ledger, day = entries(event), date(2026, 2, 1)
    names, judged = naive.registry(ledger, day), naive.standings(ledger, None)
    (gate,) = naive.gates_of(judged, names, "acme", "h20", day)
    assert [each.certain for each in gate.held] == [certain]
