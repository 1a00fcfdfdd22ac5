"""Fixtures and collected files for pytest. pytest finds them by itself once policytracker is installed.

``NAME.expect.csv`` (or ``.jsonl``) is collected: each line is a test. It is asked of ``NAME.ledger`` beside it. Where
there is none, it is asked of a ledger made of ``NAME.jsonl``, or else of all files ``*.jsonl`` of the folder in the
order of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from policytracker.api.ledger import Ledger
    from policytracker.testing.expectations import Expectation

ENDINGS = (".expect.csv", ".expect.jsonl")
TODAY = "2026-01-01"
"""The day of the fixture ``ledger``, unless its marker names another."""
MARKER = "ledger(*files, today=DAY): what the fixture `ledger` holds: files of events, or lines of them; its day"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def history() -> Iterator[Ledger]:
    """The history that ships with policytracker. Ask it, and record nothing."""
    from policytracker.api.ledger import Ledger

    with Ledger.demo() as found:
        yield found


@pytest.fixture
def ledger_at(history: Ledger) -> Iterator[Callable[..., Ledger]]:
    """The shipped history on a day: ``ledger_at("2026-01-28", known="2026-01-28T12:00Z").state("Tencent", "H200")``."""
    with ExitStack() as stack:
        yield lambda day, **when: stack.enter_context(history.as_of(at=day, **when))


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the test alone, on a day that does not pass. It is empty, or holds what its marker names.

    ``@pytest.mark.ledger("news.jsonl", today="2026-02-01")`` names files beside the test. Lines in the docstring of the
    test that begin with ``{`` are events too.
    """
    from policytracker.api.ledger import Ledger

    marker = request.node.get_closest_marker("ledger")
    today = marker.kwargs.get("today", TODAY) if marker else TODAY
    with Ledger.create(tmp_path / "test.ledger", today=today, recorder="test") as found:
        if marker:
            found.import_files(*(request.path.parent / file for file in marker.args))
        lines = [line.strip() for line in (request.function.__doc__ or "").splitlines() if line.strip().startswith("{")]
        if lines:
            found.append_lines(lines)
        yield found


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    """Collect files of expectations."""
    if file_path.name.endswith(ENDINGS):
        found: pytest.Collector = ExpectationFile.from_parent(parent, path=file_path)
        return found
    return None


class ExpectationFile(pytest.File):
    """A file of expectations, and the ledger that they are about."""

    _made: TemporaryDirectory[str] | None = None
    _ledger: Ledger | None = None

    def collect(self) -> Iterable[pytest.Item]:
        """A test for each line."""
        from policytracker.questions.errors import QuestionError
        from policytracker.testing.expectations import expectations_in

        try:
            expectations = expectations_in(self.path)
        except QuestionError as error:
            raise self.CollectError(str(error)) from None
        for each in expectations:
            line = each.place.rpartition(":")[2]
            yield ExpectationItem.from_parent(self, name=f"{line} {each}: {each.expected}", expectation=each)

    def ledger(self) -> Ledger:
        """The ledger, opened or made at the first test."""
        from policytracker.api.ledger import Ledger

        if self._ledger is None:
            name, _, _ = self.path.name.rpartition(".expect.")
            there, own = (self.path.with_name(f"{name}{ending}") for ending in (".ledger", ".jsonl"))
            if there.exists():
                self._ledger = Ledger(there)
            else:
                self._made = TemporaryDirectory(prefix="policytracker-")
                self._ledger = Ledger.create(Path(self._made.name) / "made.ledger")
                every = sorted(each for each in self.path.parent.glob("*.jsonl") if not each.name.endswith(ENDINGS))
                self._ledger.import_files(*([own] if own.exists() else every))
        return self._ledger

    def teardown(self) -> None:
        """Close the ledger, and remove the one that was made. A later test of this file opens, or makes, it again."""
        if self._ledger is not None:
            self._ledger.close()
        if self._made is not None:
            self._made.cleanup()
        self._ledger = self._made = None


class Unmet(Exception):
    """An expectation does not hold."""


class ExpectationItem(pytest.Item):
    """A line of a file of expectations."""

    def __init__(self, *, expectation: Expectation, **more: Any) -> None:
        super().__init__(**more)
        self._expectation = expectation

    def runtest(self) -> None:
        """Ask the ledger. Raises Unmet."""
        from policytracker.testing.expectations import failure_of

        assert isinstance(self.parent, ExpectationFile)
        failure = failure_of(self.parent.ledger(), self._expectation)
        if failure:
            raise Unmet(failure.text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The answer, the event that turned it, and what decides; any other failure as usual."""
        return str(excinfo.value) if isinstance(excinfo.value, Unmet) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands."""
        return self.path, int(self._expectation.place.rpartition(":")[2]) - 1, self.name
