"""The newest events, found from the end: the same as are found by sorting all of them."""

from pathlib import Path

import pytest

from policytracker.events.dates import end_of_day, moment, span
from policytracker.questions.all_cells import all_cells
from policytracker.questions.newest import LAST, newest
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.turning import Publications, turning_days
from policytracker.status.knowledge import Standing
from tests.demo import demo as demo

DAY = span("2026-01-28").last
MOMENTS = (None, moment("2026-01-28T12:00Z"), end_of_day(span("2025-12-08").last), end_of_day(span("2018").last))


def place(event: Standing) -> tuple[int, int]:
    """When the first of its known reports was published, and where it stands in the ledger."""
    return min(moment(report["published"]) for report in event.reports), event.entry.position


@pytest.mark.parametrize("known", MOMENTS)
@pytest.mark.parametrize(("most", "looked_at"), [(5, 1_000), (7, 3), (1_000, 1_000)])
def test_page_after_page_gives_all_events_the_newest_first(
    demo: Path, known: int | None, most: int, looked_at: int
) -> None:
    clocks = Clocks(DAY, known)
    with Reader(demo, DAY) as reader:
        publications = Publications(reader, None)
        found: list[Standing] = []
        before = LAST
        while True:
            some = newest(reader, clocks, publications, lambda _, event: event, most, looked_at, before)
            found += some.events
            assert len(some.events) <= most
            if some.older is None:
                break
            assert some.older < before
            before = some.older
        standings = reader.view(clocks).standings.values()

    expected = [event for event in standings if event.known and event.reports]
    assert [place(event) for event in found] == sorted(map(place, expected), reverse=True)


@pytest.mark.parametrize("known", MOMENTS)
def test_between_two_turning_days_no_answer_changes(demo: Path, known: int | None) -> None:
    with Reader(demo, DAY) as reader:
        days = turning_days(reader, Clocks(DAY, known))
        starts = [1, *days][-12:]
        for start, end in zip(starts, [*starts[1:], span("9999-12-31").last + 1], strict=True):
            told = {all_cells(reader, Clocks(day, known)).told for day in (start, (start + end) // 2, end - 1)}
            assert len(told) == 1
