"""An import is all or nothing, and importing twice adds nothing (interchange.md)."""

import json
import re
from pathlib import Path

import pytest

from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused
from policytracker.ledger.appending import append_event, append_lines, try_event
from policytracker.ledger.lines import Line, lines_of
from policytracker.ledger.names import MOST, Names
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from tests.ledger.ground import (
    NOON,
    REGISTRY,
    REPORT,
    Fields,
    Ledger,
    about,
    batch,
    chip,
    cleared,
    company,
    group,
    lines_from,
    ref_taken,
)


def without_target(event: bytes | Fields) -> Fields:
    """What an event says, but for how it names the one that it is about."""
    fields = event if isinstance(event, dict) else json.loads(event)
    return {name: value for name, value in fields.items() if name not in ("target", "about")}


HISTORY = sorted((Path(__file__).parents[2] / "policytracker" / "history").glob("*.jsonl"))


def test_with_one_refused_line_nothing_is_added_and_every_refused_line_is_named(ledger: Ledger) -> None:
    before = ledger.rows()
    lines = [
        *lines_from([company("new"), b"{", company("newer", parent="nobody")], "one.jsonl"),
        *lines_from([cleared("good"), cleared("clear", note="taken")], "two.jsonl"),
    ]

    with pytest.raises(RefusedLines) as caught:
        append_lines(ledger.store, lines, lambda: NOON)

    assert str(caught.value) == (
        "3 lines were refused, so nothing was added:\n"
        "  one.jsonl:2: not a JSON object in UTF-8: Expecting property name enclosed in double quotes at character 2; "
        "write one event a line, as an object in braces\n"
        "  one.jsonl:3: parent: no company 'nobody' is registered so far; register it first, or check the company id\n"
        f"  two.jsonl:2: {ref_taken('clear', note='taken')}"
    )
    assert ledger.rows() == before


def test_one_refused_line_is_told_in_the_singular(ledger: Ledger) -> None:
    with pytest.raises(RefusedLines, match=r"^1 line was refused, so nothing was added:\n  file\.jsonl:1: not a JSON"):
        ledger.add(b"[]")


def test_a_refused_line_does_not_keep_the_next_import_from_passing(ledger: Ledger) -> None:
    ledger.refusals(cleared("new"), b"{}")

    ledger.add(cleared("new"))


def test_blank_lines_are_skipped_and_counted(ledger: Ledger) -> None:
    """Messages name the line as an editor does."""
    content = b"\n  \t\r\n" + json.dumps(company("new")).encode() + b"\r\n\n{}\n\n"

    lines = lines_of("file.jsonl", content)

    assert [line.number for line in lines] == [3, 5]
    with pytest.raises(RefusedLines, match=r"\n  file\.jsonl:5: type: missing; every event needs it; add it"):
        append_lines(ledger.store, lines, lambda: NOON)
    assert append_lines(ledger.store, lines[:1], lambda: NOON, keep=1).kept[0].fields == company("new")


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n  \n\t\n\r\n"])
def test_a_blank_file_adds_nothing(ledger: Ledger, content: bytes) -> None:
    before = ledger.head()

    outcome = append_lines(ledger.store, lines_of("file.jsonl", content), lambda: NOON)

    assert (outcome.appended, outcome.repeated) == (0, 0)
    assert ledger.head() == before


def test_the_last_line_needs_no_line_end(ledger: Ledger) -> None:
    assert lines_of("-", b'{"a":1}\n{"b":2}') == [Line("-", 1, b'{"a":1}'), Line("-", 2, b'{"b":2}')]


def test_the_same_import_twice_adds_nothing(ledger: Ledger) -> None:
    before = ledger.rows()

    outcome = ledger.add(*REGISTRY, cleared(), batch())

    assert (outcome.appended, outcome.repeated) == (0, len(before))
    assert ledger.rows() == before


def test_a_line_that_stands_twice_in_a_file_is_added_once(ledger: Ledger) -> None:
    outcome = ledger.add(cleared("new"), cleared("new"), company("new"), company("new"))

    assert (outcome.appended, outcome.repeated) == (2, 2)


def test_what_is_recorded_already_is_not_judged_anew(ledger: Ledger) -> None:
    """Bolt took the last place: the same line again is no third one, though its place is gone."""
    ledger.add(about("recipients-identified", "batch", companies=["bolt"]))

    outcome = ledger.add(about("recipients-identified", "batch", companies=["bolt"]))

    assert outcome.repeated == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (company("new"), company("new", name="Renamed")),
        (chip("new", attributes={"tpp": 999}), chip("new", attributes={"tpp": 1000})),
        (group("new", "company", "acme"), group("new", "company", "bolt")),
        (group("new", "chip", "h20"), group("new", "chip", "h20", "h200")),
        (company("new", effective="2025"), company("new", name="Renamed", effective="2025-12-31")),
    ],
)
def test_a_registration_is_repeated_only_while_it_is_the_current_one(
    ledger: Ledger, first: dict[str, object], second: dict[str, object]
) -> None:
    """A, B, A: three events; that they are two wordings does not make them two ids."""
    outcomes = [ledger.add(event) for event in (first, first, second, second, first, first)]

    assert [outcome.appended for outcome in outcomes] == [1, 0, 1, 0, 1, 0]
    assert [outcome.repeated for outcome in outcomes] == [0, 1, 0, 1, 0, 1]
    rows = ledger.rows()[-3:]
    assert len({row.id for row in rows}) == 3
    assert ledger.fields()[-3:] == [first, second, first]


def test_so_it_is_within_one_file(ledger: Ledger) -> None:
    first, second = company("new"), company("new", name="Renamed")

    outcome = ledger.add(first, first, second, first, second, second)

    assert (outcome.appended, outcome.repeated) == (4, 2)
    assert len({kept.id for kept in outcome.kept}) == 4


def test_two_ledgers_that_record_the_same_give_the_same_ids(ledger: Ledger, tmp_path: Path) -> None:
    """Whenever, by whomever, and in however many imports."""
    with Store.create(tmp_path / "other.ledger") as store:
        other = Ledger(tmp_path / "other.ledger", store, NOON + 1)
        for event in [*REGISTRY, cleared(), batch()]:
            other.add(event)

        assert [row.id for row in other.rows()] == [row.id for row in ledger.rows()]
        assert other.head().ledger != ledger.head().ledger


def test_an_outcome_tells_what_was_added(ledger: Ledger) -> None:
    before = ledger.head()

    outcome = ledger.add(company("acme"), company("new"), cleared(), cleared("new"))

    assert outcome.position == before.position + 1
    assert outcome.repeated == 2
    assert outcome.recorded == NOON
    assert [kept.id for kept in outcome.kept] == [row.id for row in ledger.rows()[-2:]]


def test_an_outcome_tells_as_many_events_as_were_asked_for(ledger: Ledger) -> None:
    """An import may be longer than memory."""
    lines = lines_from([cleared("one"), company("acme"), cleared("two"), cleared("three")])

    outcome = append_lines(ledger.store, lines, lambda: NOON, keep=2)

    assert (outcome.appended, [kept.fields["ref"] for kept in outcome.kept]) == (3, ["one", "two"])


def test_lines_decided_are_told_block_by_block(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytracker.ledger.appending.BLOCK", 2)
    told: list[int] = []

    lines = lines_from([company("new"), company("acme"), company("newer")])
    append_lines(ledger.store, lines, lambda: NOON, progress=told.append)

    assert told == [2, 1]


def test_a_dry_import_decides_and_adds_nothing(ledger: Ledger) -> None:
    before = ledger.rows()

    outcome = append_lines(ledger.store, lines_from([cleared("new"), company("acme")]), lambda: NOON, dry=True)

    assert (outcome.appended, outcome.repeated) == (1, 1)
    with pytest.raises(RefusedLines, match=r"^1 line was refused, so nothing was added:"):
        append_lines(ledger.store, lines_from([cleared(note="taken")]), lambda: NOON, dry=True)
    assert ledger.rows() == before


def test_what_was_registered_in_vain_is_not_remembered_as_registered(ledger: Ledger) -> None:
    """A trial and a refused file register Newcomer; a claim about it is refused all the same, until it is there."""
    claim = cleared("about-it", companies=["newcomer"])
    lines = lines_from([company("newcomer"), claim])
    append_lines(ledger.store, lines, lambda: NOON, dry=True)
    ledger.refusals(company("newcomer"), claim, b"{")

    assert ledger.refusal(claim).startswith("companies: no company 'newcomer' is registered so far; ")

    assert ledger.add(company("newcomer"), claim).appended == 2
    assert ledger.add(cleared("again", companies=["newcomer"])).appended == 1


def test_names_remembered_of_a_ledger_are_forgotten_with_it() -> None:
    """A backup that ends earlier was put in its place."""
    names, acme = Names(), ("company", "acme", False)
    names.found({acme}, position=5)

    assert names.at(6) == {acme}
    assert names.at(4) == set()
    assert names.at(6) == set()


def test_no_more_names_are_remembered_than_fit() -> None:
    names = Names()
    names.found({("company", str(number), False) for number in range(MOST)}, position=1)
    names.found({("chip", "h20", False)}, position=2)

    assert names.at(2) == {("chip", "h20", False)}
    names.found({("company", str(number), False) for number in range(MOST + 1)}, position=3)
    assert names.at(3) == set()


def test_one_event_is_recorded_as_a_line_is(ledger: Ledger) -> None:
    event = read_line(json.dumps(cleared("new")).encode())

    dry = try_event(ledger.store, event, lambda: NOON).outcome
    done = append_event(ledger.store, event, lambda: NOON)
    again = append_event(ledger.store, event, lambda: NOON)

    assert dry == done
    assert (again.appended, again.repeated) == (0, 1)
    assert ledger.fields()[-1] == cleared("new")
    with pytest.raises(Refused, match=f"^{re.escape(ref_taken('new', note='x'))}$"):
        append_event(ledger.store, read_line(json.dumps(cleared("new", note="x")).encode()), lambda: NOON)


def test_it_is_kept_who_recorded(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is named; else nobody by name, and never the login name."""
    monkeypatch.setenv("LOGNAME", "login")
    append_lines(ledger.store, lines_from([company("new")]), lambda: NOON)

    assert [row.recorder for row in ledger.rows()[-2:]] == ["tester", "somebody"]


def test_an_event_with_everything_reads_back_as_it_was_written(ledger: Ledger) -> None:
    report = REPORT | {"title": "海关放行 H200", "cites": "Caixin", "grade": "B2", "sources": 3}
    event = cleared("new", report=report, note="two\nlines", chips=["all", {"where": ["tpp<1"]}], until="2027")

    ledger.add(event)

    assert ledger.fields()[-1] == event


def test_the_history_that_comes_along_is_imported_whole_and_once(empty: Ledger) -> None:
    lines = [line for file in HISTORY for line in lines_of(file.name, file.read_bytes())]

    first = append_lines(empty.store, lines, lambda: NOON)
    again = append_lines(empty.store, lines, lambda: NOON + 1)

    assert HISTORY
    assert (first.appended, first.repeated) == (len(lines), 0)
    assert (again.appended, again.repeated) == (0, len(lines))
    assert [without_target(fields) for fields in empty.fields()] == [without_target(line.text) for line in lines]


def test_the_history_can_be_imported_file_by_file(empty: Ledger) -> None:
    for file in HISTORY:
        append_lines(empty.store, lines_of(file.name, file.read_bytes()), lambda: NOON)
