"""An import is decided and stored block by block, and nobody can tell where one block ends and the next begins."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.ledger.appending import Outcome, append_lines
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from policytracker.ledger.tables import Stored
from policytracker.testing import naive, strategies
from tests.ledger.ground import (
    GACC,
    NOON,
    REGISTRY,
    REPORT,
    Fields,
    Ledger,
    about,
    batch,
    changed,
    cleared,
    company,
    lines_from,
    ref_taken,
)

BLOCK = "policytracker.ledger.appending.BLOCK"
EXAMPLES = settings.get_profile(settings.get_current_profile_name()).max_examples // 4


@pytest.fixture(params=[1, 3])
def ledger(empty: Ledger, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """An empty ledger that imports blocks of a size."""
    with patch(BLOCK, request.param):
        yield empty


def test_what_is_named_may_lie_in_an_earlier_block(ledger: Ledger) -> None:
    """A registry, a claim for two of the giants, and what is said of it by its ref: all in one file."""
    outcome = ledger.add(
        *REGISTRY,
        batch(),
        about("recipients-identified", "batch", ref="who", companies=["bolt"], report=REPORT),
        about("corroborated", "who", report=REPORT),
        changed("batch", "more", companies={"count": 3, "of": ["giants"], "named": ["acme"]}),
        about("recipients-identified", "batch", companies=["coda"]),
    )

    assert (outcome.appended, outcome.repeated) == (len(REGISTRY) + 5, 0)
    assert list(ledger_damage(ledger.path)) == []
    assert ledger.refusal(about("recipients-identified", "batch", companies=["dyno"])) == (
        "companies: 4 companies would be named of 3; name fewer, or correct the count of the claim first"
    )


def test_a_rule_counts_what_earlier_blocks_said(ledger: Ledger) -> None:
    """Two places, three companies; the retraction of one identification gives its place back."""
    named = [about("recipients-identified", "batch", ref=f"to-{one}", companies=[one]) for one in ("bolt", "coda")]

    refused = ledger.refusals(*REGISTRY, batch(), *named)

    assert refused == {
        len(REGISTRY) + 3: "companies: 3 companies would be named of 2; name fewer, or correct the count of the claim "
        "first"
    }
    assert ledger.add(*REGISTRY, batch(), named[0], about("retracted", "to-bolt"), named[1]).repeated == 0


def test_a_line_of_an_earlier_block_adds_nothing_again(ledger: Ledger) -> None:
    events = [*REGISTRY, cleared(), about("disputed", "clear")]

    outcome = ledger.add(*events, *events, *events)

    assert (outcome.appended, outcome.repeated) == (len(events), 2 * len(events))


def test_a_ref_of_an_earlier_block_is_taken(ledger: Ledger) -> None:
    refused = ledger.refusals(*REGISTRY, cleared("mine"), cleared("other"), cleared("third"), cleared("mine", note="x"))

    assert refused == {len(REGISTRY) + 4: ref_taken("mine", note="x")}


def test_a_registration_replaces_that_of_an_earlier_block(ledger: Ledger) -> None:
    """A, B, A: three events of one stream, each with the id of the one before it."""
    first, second = company("new"), company("new", name="Renamed")

    outcome = ledger.add(first, first, second, second, first, first)

    assert (outcome.appended, outcome.repeated) == (3, 3)
    assert [kept.replaces for kept in outcome.kept] == [None, *(kept.id for kept in outcome.kept[:2])]
    assert list(ledger_damage(ledger.path)) == []


@pytest.mark.parametrize("place", [0, 5, len(REGISTRY) + 3])
def test_with_one_refused_line_in_any_block_nothing_is_added(ledger: Ledger, place: int) -> None:
    lines: list[Fields | bytes] = [*REGISTRY, cleared(), batch(), cleared("last")]
    lines.insert(place, b"{")

    assert list(ledger.refusals(*lines)) == [place + 1]
    assert ledger.rows() == []
    assert ledger.add(*REGISTRY).appended == len(REGISTRY)


def test_lines_after_a_refused_one_are_still_judged_by_those_before_them(ledger: Ledger) -> None:
    """A claim of the second block is refused; one word about it and one about a good claim come later."""
    refused = ledger.refusals(
        *REGISTRY,
        cleared("bad", until="2026-02-30"),
        cleared("good"),
        about("disputed", "good"),
        about("disputed", "bad"),
        about("disputed", "good", ref="good"),
    )

    assert [line - len(REGISTRY) for line in refused] == [1, 4, 5]
    assert refused[len(REGISTRY) + 4].startswith("target: 'bad' is no event recorded so far; ")


def test_a_target_of_a_later_block_is_refused_with_its_line(ledger: Ledger) -> None:
    """The first line after it that defines the ref, in whichever file."""
    here = lines_from([*REGISTRY, about("disputed", "late"), about("disputed", "far"), cleared("late")], "one.jsonl")
    there = lines_from([about("retracted", "late"), cleared("far")], "two.jsonl")

    with pytest.raises(RefusedLines, match=r"^2 lines were refused") as caught:
        append_lines(ledger.store, [*here, *there], lambda: NOON)

    number = len(REGISTRY)
    assert [str(line).partition(" is ")[2] for line in caught.value.lines] == [
        f"later in the file (line {number + 3}); move it before this line",
        "later in the import (two.jsonl, line 2); move it before this line",
    ]


def test_the_lock_is_not_held_while_later_lines_are_looked_for(ledger: Ledger) -> None:
    """The second reading of a long file may take minutes, and others want to record."""
    lines = lines_from([about("disputed", "late"), GACC])
    readings = 0

    class Twice:
        def __iter__(self) -> Iterator[Line]:
            nonlocal readings
            readings += 1
            if readings == 2:
                with Store(ledger.path) as other:
                    append_lines(other, lines_from([company("meanwhile")]), lambda: NOON)
            return iter(lines)

    with pytest.raises(RefusedLines, match=r"^1 line was refused, so nothing was added:\n"):
        append_lines(ledger.store, Twice(), lambda: NOON)

    assert [fields["type"] for fields in ledger.fields()] == ["company-registered"]


def test_a_dry_import_of_many_blocks_adds_nothing(ledger: Ledger) -> None:
    lines = lines_from([*REGISTRY, cleared(), about("disputed", "clear"), *REGISTRY])

    dry = append_lines(ledger.store, lines, lambda: NOON, dry=True, keep=99)

    assert (dry.appended, dry.repeated, ledger.rows()) == (len(REGISTRY) + 2, len(REGISTRY), [])
    assert append_lines(ledger.store, lines, lambda: NOON, keep=99) == dry


def test_caches_that_are_let_go_of_change_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little of the past is remembered, it is asked for again."""
    for most in ("MOST_THREADS", "MOST_SUBJECTS", "MOST_NAMES"):
        monkeypatch.setattr(f"policytracker.ledger.past.{most}", 0)

    test_what_is_named_may_lie_in_an_earlier_block(ledger)


# Any file


@st.composite
def files(draw: st.DrawFn) -> list[Line]:
    """A ledger as lines, some of them twice, in another order, left out or spoilt: refused in many ways, or not."""
    events = draw(strategies.ledgers(least=4))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(events) - 1))
        change = draw(st.sampled_from(("twice", "move", "out", "spoil")))
        event = events[place] if change == "twice" else events.pop(place)
        if change == "spoil":
            event = event | {"note": "\0"}
        if change != "out":
            events.insert(draw(st.integers(0, len(events))), event)
        if not events:
            events = [event]
    return [Line("file", number, json.dumps(event).encode()) for number, event in enumerate(events, start=1)]


def imported(lines: list[Line], block: int) -> tuple[Outcome | list[str], list[Stored]]:
    """What an import into an empty ledger says, and every column of what it leaves but the trees at block ends."""
    with tempfile.TemporaryDirectory() as folder, patch(BLOCK, block):
        path = Path(folder) / "test.ledger"
        said: Outcome | list[str]
        with Store.create(path) as store:
            try:
                said = append_lines(store, lines, lambda: naive.one_by_one(0), "tester", keep=len(lines))
            except RefusedLines as refused:
                said = list(map(str, refused.lines))
        with open_ledger(path) as source:
            return said, [row._replace(tree=None) for row in source.everything()]


@settings(max_examples=EXAMPLES)
@given(files())
def test_blocks_of_any_size_give_the_same_ledger_and_the_same_refusals(lines: list[Line]) -> None:
    """Byte for byte: content, id, time, place, stream and seal."""
    whole = imported(lines, 1_000)

    assert [imported(lines, block) for block in (1, 2, 7)] == [whole] * 3
