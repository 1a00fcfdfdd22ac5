"""The whole tracker against the naive model: a real ledger file, its read models, and questions as a user asks them.

Whatever is recorded in whatever order, with whatever clock: every answer is the naive one; an answer as
recorded at R never changes; an answer as known at K never changes by reports that are published later.
"""

import json
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from policytracker.events.dates import moment, span
from policytracker.keeping.verify import damage
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import LedgerFile
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from policytracker.projections.catching_up import rebuild
from policytracker.projections.layout import place
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.testing import naive, strategies
from tests.soak import often

START = 1_800_000_000_000_000
TODAY = span("2027-01-15").first
REGISTRY = ("authority-registered", "company-registered", "chip-registered", "group-defined")


class Asked(NamedTuple):
    """A question and the answer that it was given."""

    question: strategies.Question
    recorded: int | None
    answer: dict[str, Any]


def as_naive(answer: dict[str, Any], oracle: dict[str, Any]) -> dict[str, Any]:
    """What an answer and the naive one both tell, in the naive shape."""
    told = {key: answer[key] for key in oracle if key in answer}
    told["gates"] = [{**gate, "claims": set(gate["claims"])} for gate in answer["gates"]]
    return told


class Tracker(RuleBasedStateMachine):
    """A script of valid events, recorded bit by bit on a clock that may go backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.path = self.folder / "test.ledger"
        Store.create(self.path).close()
        self.script: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.stamps: list[int] = []
        self.clock = START
        self.asked: list[Asked] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(script=strategies.ledgers(least=4))
    def begin(self, script: list[dict[str, Any]]) -> None:
        """The registry is recorded first, so that there is something to ask about."""
        self.script = script
        first = next(index for index, event in enumerate(script) if event["type"] not in REGISTRY)
        self.record(first)

    def record(self, count: int) -> None:
        events = self.script[len(self.ids) : len(self.ids) + count]
        lines = [Line("script", number, json.dumps(event).encode()) for number, event in enumerate(events)]
        with Store(self.path) as store:
            outcome = append_lines(store, lines, clock=lambda: self.clock, keep=count)
        assert outcome.appended == len(events)
        assert outcome.recorded >= (self.stamps[-1] if self.stamps else 0)
        self.ids += [kept.id for kept in outcome.kept]
        self.stamps += [outcome.recorded] * len(events)
        self.forget(events, outcome.recorded)

    def forget(self, events: list[dict[str, Any]], stamp: int) -> None:
        """Keep only the answers that must still stand after these events."""

        def stands(asked: Asked) -> bool:
            if asked.recorded is not None:
                return asked.recorded < stamp
            known = asked.question.known
            return known is not None and all(
                "report" in event and moment(event["report"]["published"]) > moment(known) for event in events
            )

        self.asked = [asked for asked in self.asked if stands(asked)]

    @precondition(lambda self: len(self.ids) < len(self.script))
    @rule(count=st.integers(1, 3), step=st.integers(-5_000_000, 90_000_000_000))
    def record_more(self, count: int, step: int) -> None:
        self.clock += step
        self.record(count)

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        question = data.draw(strategies.questions(self.script[: len(self.ids)]))
        recorded = data.draw(st.sampled_from([None, None, *self.stamps]))
        try:
            answer = self.answer(question, recorded)
        except KeyError:
            return
        oracle = self.oracle(question, recorded)
        assert as_naive(answer, oracle) == {key: oracle[key] for key in oracle if key != "would_settle"}
        self.asked.append(Asked(question, recorded, answer))

    def answer(self, question: strategies.Question, recorded: int | None) -> dict[str, Any]:
        known = None if question.known is None else moment(question.known)
        clocks = Clocks(span(question.at).first, known, recorded)
        with Reader(self.path, TODAY) as reader:
            (answer,) = states(reader, clocks, question.company, question.chip)
        return dict(answer)

    def oracle(self, question: strategies.Question, recorded: int | None) -> dict[str, Any]:
        entries = naive.resolve(self.script[: len(self.ids)], ids=self.ids, clock=lambda index: self.stamps[index])
        return naive.answer(
            entries, question.company, question.chip, at=question.at, known=question.known, recorded=recorded
        )

    @rule()
    def ask_again(self) -> None:
        """An answer given for (at, known) still stands, whatever was recorded later with a later publication."""
        for asked in self.asked[-5:]:
            assert self.answer(asked.question, asked.recorded) == asked.answer

    @rule()
    def record_it_all_again(self) -> None:
        """The same lines twice add nothing; a registration that was replaced since would count as new."""
        events = [event for event in self.script[: len(self.ids)] if event["type"] not in REGISTRY]
        lines = [Line("again", number, json.dumps(event).encode()) for number, event in enumerate(events)]
        with Store(self.path) as store:
            assert append_lines(store, lines, clock=lambda: self.clock).appended == 0

    @rule()
    def refuse(self) -> None:
        """One refused line keeps the whole file out."""
        good = b'{"type": "company-registered", "company": "newcomer", "name": "N", "jurisdiction": "CN"}'
        bad = b'{"type": "blocked", "authority": "nobody"}'
        with Store(self.path) as store:
            try:
                append_lines(store, [Line("bad", 1, good), Line("bad", 2, bad)], clock=lambda: self.clock)
            except RefusedLines as refused:
                assert [line.line for line in refused.lines] == [2]
            else:
                raise AssertionError("a line that lacks everything was taken")

    @rule()
    def rebuild(self) -> None:
        rebuild(self.path, TODAY)

    @rule()
    def lose_the_read_models(self) -> None:
        place(self.path).unlink(missing_ok=True)

    @rule()
    def verify(self) -> None:
        with Reader(self.path, TODAY):
            pass
        assert list(damage(self.path)) == []

    @invariant()
    def nothing_is_lost(self) -> None:
        with LedgerFile(self.path) as source:
            assert [row.id for row in source.rows()] == self.ids
            assert [row.position for row in source.rows()] == list(range(1, len(self.ids) + 1))


TestTracker = Tracker.TestCase
TestTracker.settings = settings(max_examples=often(short=40, long=300), stateful_step_count=14)
