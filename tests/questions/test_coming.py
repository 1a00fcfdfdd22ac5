"""What comes next: answers that change, and claims that turn on a day to come and change none."""

from collections.abc import Iterator

import pytest

from policytracker.events.dates import moment, span
from policytracker.questions.coming import Coming, coming_events
from policytracker.questions.in_words import InWords
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.changes import turns
from policytracker.status.claims import CLAIM_TYPES, claim_from

AHEAD = 400
"""Days for which every claim is looked at, one by one."""
POINTS = [
    Clocks(span(day).last, None if known is None else moment(known))
    for day, known in (
        ("2022-10-10", "2022-10-10"),
        ("2023-11-01", "2023-11-01"),
        ("2025-11-12", "2025-11-12"),
        ("2026-01-13", "2026-01-13"),
        ("2026-10-09", None),
    )
]


def ahead(reader: Reader, clocks: Clocks, company: str | None = None, chip: str | None = None) -> list[Coming]:
    return list(coming_events(reader, clocks, InWords(reader, clocks), company, chip))


def turning(reader: Reader, clocks: Clocks) -> Iterator[tuple[int, str]]:
    """The days ahead on which a claim does something else than the day before, with the claim: each is asked."""
    view = reader.view_of(CLAIM_TYPES, clocks)
    for event in view.standings.values():
        if event.type in CLAIM_TYPES and event.known and not event.retracted:
            claim = claim_from(event, reader.directory_at(None, clocks.at).zone_of(event.fields["authority"]))
            for day in range(clocks.at + 1, clocks.at + AHEAD):
                if turns(claim, day - 1, day):
                    yield day, event.entry.id


@pytest.mark.parametrize("clocks", POINTS, ids=lambda clocks: str(clocks.at))
def test_every_claim_that_turns_on_a_day_to_come_is_told_with_its_day(reader: Reader, clocks: Clocks) -> None:
    found = [each for each in ahead(reader, clocks) if each.day < clocks.at + AHEAD]

    told = {(each.day, event["claim"]) for each in found for event in each.events if event["claim"]}
    assert told == set(turning(reader, clocks))
    assert [each.day for each in found] == sorted(each.day for each in found)


def test_a_claim_by_which_an_answer_changes_is_told_once(reader: Reader) -> None:
    """On 15 January 2026 the rule of the 13th changes many answers; it is no entry of its own."""
    (found,) = {each.day for each in ahead(reader, POINTS[3]) if each.cells}
    of_day = [each for each in ahead(reader, POINTS[3]) if each.day == found]

    assert all(each.cells for each in of_day)
    assert {event["ref"] for each in of_day for event in each.events} == {"us-2026-01-13-rule"}


def test_only_claims_about_the_company_and_the_chip_are_told(reader: Reader) -> None:
    october = POINTS[-1]

    assert [bool(each.cells) for each in ahead(reader, october, chip="h200")] == [False, False, True]
    assert ahead(reader, october, company="tencent") == []
    assert ahead(reader, october, company="g42", chip="h200") == ahead(reader, october, "g42", "h200")
    assert [len(each.cells) for each in ahead(reader, october, "g42", "h200")] == [1]
