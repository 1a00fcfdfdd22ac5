"""What changed since a mark: each change once, however the way is cut into runs."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import iso, span
from policytracker.questions.all_cells import all_cells
from policytracker.questions.changed_since import Mark, changed_since
from policytracker.questions.digest_answers import DigestPart
from policytracker.questions.errors import NoSuchPosition
from policytracker.questions.in_words import InWords
from policytracker.questions.news import cut
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sentences.changes import turn
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.watched import Watched, narrowed
from policytracker.status.words import words
from policytracker.testing import strategies
from tests.ledger.ground import about, chip, company
from tests.questions.recorded import recorded
from tests.soak import often

Event = dict[str, Any]
FIRST, LAST = span("2026-01-20").first, span("2026-02-12").first
REGISTERS = ("authority-registered", "company-registered", "chip-registered", "group-defined")
REGISTRY = (
    {"type": "authority-registered", "authority": "gate", "name": "Gate", "jurisdiction": "CN", "direction": "import"},
    company("acme"),
    chip("h20", controlled_by=[]),
)
EVERYTHING = Watched()
JANUARY = span("2026-01-28").first


def claim(kind: str, ref: str, published: str = "2026-01-10", **more: Any) -> Event:
    """What the gate says of acme and h20."""
    report = {"publisher": "Example Daily", "published": published, "attribution": "official"}
    scope = {"companies": ["acme"], "chips": ["h20"]}
    return {"type": kind, "ref": ref, "authority": "gate", **scope, "report": report, **more}


def told(reader: Reader, since: Mark, day: int, watched: Watched = EVERYTHING) -> list[DigestPart]:
    """What changed from a mark to a day and the end of the ledger."""
    return changed_since(reader, since, day, narrowed(reader.directory_at(None, day), watched))


def sentences(parts: Sequence[DigestPart], *kinds: str) -> list[str]:
    """What is told of some kinds, or of all."""
    return [entry["sentence"] for part in parts if part["kind"] in kinds or not kinds for entry in part["entries"]]


def events_of(parts: Sequence[DigestPart]) -> list[str]:
    """The ids of the events that are told themselves."""
    return [entry["event"]["id"] for part in parts for entry in part["entries"] if entry["event"]]


def test_what_was_recorded_late_is_told_when_it_was_recorded() -> None:
    """A report of 10 January, recorded on 28 January: then it is new, however old it is."""
    with recorded(REGISTRY, [claim("prohibited", "ban")]) as reader:
        found = told(reader, Mark(3, JANUARY), JANUARY)
    assert sentences(found, "answers") == ["Acme, h20: from “not known” to “no”."]
    assert [part["kind"] for part in found] == ["answers", "restrictions"]


def test_a_change_that_waits_for_its_day_is_told_once_on_its_day() -> None:
    """A prohibition of 10 January is effective on the 29th."""
    with recorded(REGISTRY, [claim("cleared", "open"), claim("prohibited", "ban", effective="2026-01-29")]) as reader:
        end = reader.head.position
        days = [told(reader, Mark(end, day), day + 1) for day in range(JANUARY - 3, JANUARY + 3)]
    assert [len(sentences(each)) for each in days] == [0, 0, 0, 1, 0, 0]
    (part,) = days[3]
    assert (part["kind"], part["title"]) == ("scheduled", "Days that have come")
    assert part["entries"][0]["sentence"].startswith("29 January 2026: Acme, h20: from “yes” to “no”")
    assert [event["ref"] for event in part["entries"][0]["by"]] == ["ban"]


def test_several_days_are_told_one_by_one_after_a_pause() -> None:
    """Nobody ran the watch from 20 January to 12 February, in which a block began and ended."""
    block = claim("blocked", "block", effective="2026-01-25", until="2026-02-03")
    with recorded(REGISTRY, [claim("cleared", "open"), block]) as reader:
        found = told(reader, Mark(reader.head.position, FIRST), LAST)
    assert [each.split(":")[0] for each in sentences(found, "scheduled")] == ["25 January 2026", "3 February 2026"]


def test_a_change_that_was_put_off_before_its_day_is_not_told_as_come() -> None:
    """The ban of 29 January is put off on the 28th, and the next run is on the 30th."""
    later = about("corrected", "ban", changes={"effective": "2026-06-01"})
    ban = claim("prohibited", "ban", effective="2026-01-29")
    with recorded(REGISTRY, [claim("cleared", "open"), ban], [later]) as reader:
        found = told(reader, Mark(5, JANUARY - 1), JANUARY + 2)
    assert sentences(found, "answers", "scheduled") == []
    assert len(events_of(found)) == 1


def test_what_is_recorded_on_the_day_on_which_it_begins_is_told_as_news() -> None:
    """The last run was on 28 January; on the 29th a ban of that day is recorded."""
    with recorded(REGISTRY, [claim("cleared", "open")], [claim("prohibited", "ban", effective="2026-01-29")]) as reader:
        found = told(reader, Mark(4, JANUARY), JANUARY + 1)
    assert [part["kind"] for part in found] == ["answers", "restrictions"]
    assert sentences(found, "answers")[0].startswith("29 January 2026: ")


def test_a_mark_in_the_middle_of_an_import_counts_to_the_event() -> None:
    """Both claims were recorded in the same instant; the mark lies between them."""
    with recorded([*REGISTRY, claim("cleared", "open"), claim("prohibited", "ban")]) as reader:
        with cut(reader, 4) as earlier, cut(reader, 5) as later:
            assert earlier == later
        assert reader.cuts == {}
        assert len(sentences(told(reader, Mark(4, JANUARY), JANUARY), "answers")) == 1
        assert sentences(told(reader, Mark(5, JANUARY), JANUARY)) == []
        with pytest.raises(NoSuchPosition, match="no event has position 6"):
            told(reader, Mark(6, JANUARY), JANUARY)


def test_a_change_that_was_undone_between_two_runs_is_no_change_but_both_events_are_told() -> None:
    """A ban was recorded, and retracted before the watch ran again."""
    undone = about("retracted", "ban", report=claim("prohibited", "x")["report"])
    with recorded(REGISTRY, [claim("cleared", "open")], [claim("prohibited", "ban"), undone]) as reader:
        found = told(reader, Mark(4, JANUARY), JANUARY)
    assert sentences(found, "answers") == []
    assert len(events_of(found)) == 2


def test_amounts_and_what_is_left_are_told(reader: Reader) -> None:
    """The lots of 18 August 2026 in the shipped history, for Tencent."""
    day = span("2026-10-09").first
    position = next(
        place for (place,) in reader.connection.execute("SELECT position FROM entries WHERE ref = 'cn-2026-08-18-lots'")
    )
    found = told(reader, Mark(position - 1, day), day, Watched(("Tencent",), ("H200",), kinds=("amounts",)))
    assert [part["kind"] for part in found] == ["amounts"]
    assert any("approved" in each for each in sentences(found))
    assert any("left of 9,000 to 11,000" in each for each in sentences(found))


@st.composite
def cut_ways(draw: st.DrawFn) -> tuple[list[Event], list[Mark]]:
    """A ledger, and the marks at which runs end: the first right after the registry, the last at the end."""
    events = draw(strategies.ledgers())
    registered = next((place for place, event in enumerate(events) if event["type"] not in REGISTERS), len(events))
    cuts = draw(st.lists(st.integers(registered, len(events)), max_size=4).map(sorted))
    days = draw(st.lists(st.integers(FIRST, LAST), min_size=len(cuts) + 2, max_size=len(cuts) + 2).map(sorted))
    return events, [Mark(*each) for each in zip([registered, *cuts, len(events)], days, strict=True)]


def step_by_step(since: Mark, end: Mark) -> list[tuple[Mark, Mark]]:
    """The way of a run, every day by itself: what was recorded goes first."""
    days = [Mark(end.position, day) for day in range(since.day, end.day + 1)]
    return list(pairwise([since, *days]))


@settings(max_examples=often(short=15, long=3_000))
@given(way=cut_ways(), data=st.data())
def test_the_answers_of_a_cell_are_told_as_they_turn_wherever_the_way_is_cut(
    way: tuple[list[Event], list[Mark]], data: st.DataObject
) -> None:
    """Each run tells of a cell the turns between the answers of all its days, in their order, and no other."""
    events, marks = way
    for since, end in pairwise(marks):
        with recorded(events[: since.position]) as before, recorded(events[: end.position]) as reader:
            registry = reader.directory_at(None, end.day)
            if not registry.companies or not registry.chips:
                return
            cell = (
                data.draw(st.sampled_from(sorted(registry.companies))),
                data.draw(st.sampled_from(sorted(registry.chips))),
            )
            watched = Watched((cell[0],), (cell[1],), kinds=("answers", "scheduled"))
            found = told(reader, since, end.day, watched)
            expected = Counter[str]()
            for start, stop in step_by_step(since, end):
                was = before if start == since else reader
                expected.update(_turn((was, reader), cell, start.day, stop.day))
            verdicts = Counter(each for each in sentences(found) if "” to “" in each or " as before, now " in each)
            assert verdicts == expected


def _turn(readers: tuple[Reader, Reader], cell: tuple[str, str], day: int, next_day: int) -> list[str]:
    """How the answer of a cell turns from one ledger and day to another, in words; none where it does not."""
    was, now = all_cells(readers[0], Clocks(day)), all_cells(readers[1], Clocks(next_day))
    if cell not in was or cell not in now or was[cell] == now[cell]:
        return []
    naming = InWords(readers[1], Clocks(next_day)).names
    dated = f"{day_in_words(iso(next_day))}: " if day != next_day else ""
    whom = f"{naming.company(cell[0])}, {naming.chip(cell[1])}"
    return [f"{dated}{whom}: {turn(words(was[cell]), words(now[cell]))}."]


@settings(max_examples=often(short=15, long=3_000))
@given(way=cut_ways())
def test_every_event_is_told_in_one_run_wherever_the_way_is_cut(way: tuple[list[Event], list[Mark]]) -> None:
    """As in one run over all: each event that is no registration once, and nothing after the end."""
    events, marks = way
    found = Counter[str]()
    for since, end in pairwise(marks):
        with recorded(events[: end.position]) as reader:
            found.update(events_of(told(reader, since, end.day)))
            assert told(reader, end, end.day) == []
    with recorded(events) as reader:
        recorded_since = reader.connection.execute(
            f"SELECT id FROM entries WHERE position > ? AND type NOT IN ({', '.join('?' * len(REGISTERS))})",
            (marks[0].position, *REGISTERS),
        )
        assert found == Counter(event for (event,) in recorded_since)
        assert found == Counter(events_of(told(reader, marks[0], marks[-1].day)))


@settings(max_examples=often(short=10, long=2_000))
@given(way=cut_ways())
def test_conditions_that_turn_are_told_wherever_the_way_is_cut(way: tuple[list[Event], list[Mark]]) -> None:
    """Of each cell, a run tells of as many claims' conditions as bind otherwise on any of its days than before."""
    events, marks = way
    for since, end in pairwise(marks):
        with recorded(events[: since.position]) as before, recorded(events[: end.position]) as reader:
            registry = reader.directory_at(None, end.day)
            for cell in [(c, p) for c in sorted(registry.companies)[:2] for p in sorted(registry.chips)[:2]]:
                watched = Watched((cell[0],), (cell[1],), kinds=("conditions", "scheduled"))
                entries = [
                    entry for part in told(reader, since, end.day, watched) for entry in part["entries"]
                    if "a condition " in entry["sentence"] and not entry["event"]
                ]  # fmt: skip
                turned = [
                    _conditions((before if start == since else reader, reader), cell, start.day, stop.day)
                    for start, stop in step_by_step(since, end)
                ]
                assert {event["id"] for entry in entries for event in entry["by"]} == set().union(*turned)


def _conditions(readers: tuple[Reader, Reader], cell: tuple[str, str], day: int, next_day: int) -> set[str]:
    """The claims of which a condition binds otherwise in one ledger and on one day than in another."""
    found = []
    for reader, at in zip(readers, (day, next_day), strict=True):
        directory = reader.directory_at(None, at)
        if cell[0] not in directory.companies or cell[1] not in directory.chips:
            return set()
        state = CellObjects(reader, Clocks(at)).cell(*cell)
        found.append({(each["claim"], each["key"], each["binds"]) for each in state["conditions"]})
    return {claim for claim, _, _ in found[0] ^ found[1]}
