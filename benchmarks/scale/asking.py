"""Ask an engine in a warm process: each question was never asked before, and what it needs for any may be in memory."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple, Protocol

from benchmarks.scale.asked import Question

ENOUGH = 5.0
"""Seconds after which no further question is asked."""


class Opening(Protocol):
    """What can be asked when it is opened."""

    def opened(self) -> AbstractContextManager[Any]: ...


class Measured(NamedTuple):
    """The seconds that each question took, and its answers."""

    seconds: list[float]
    answers: list[Any]

    @property
    def median(self) -> float:
        return median(self.seconds)


def ask(engine: Opening, kind: str, warming: Sequence[Question], asked: Sequence[Question]) -> Measured:
    """Ask questions of a kind (``cell``, ``matrix`` …), after some that are not measured; at least one."""
    with engine.opened() as opened:
        answer = getattr(opened, kind)
        begun = perf_counter()
        for question in warming:
            if perf_counter() - begun < ENOUGH:
                answer(question)
        measured = Measured([], [])
        begun = perf_counter()
        for question in asked:
            start = perf_counter()
            if measured.seconds and start - begun > ENOUGH:
                break
            told = answer(question)
            measured.seconds.append(perf_counter() - start)
            measured.answers.append(told)
        return measured
