"""The shipped history in both homes, for the door's tests."""

from pathlib import Path

import pytest

from policytracker.ledger.where import Server, Where
from tests.demo import ask
from tests.homes import databases_of, on_both_homes
from tests.views import copy_with_views


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_homes(metafunc, "demo", "session")


@pytest.fixture(scope="session")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """The ledger of the shipped history, made by the real ``init --demo``. Ask it, and record nothing."""
    made: Path | Server = tmp_path_factory.mktemp("demo") / "demo.ledger"
    if request.param == "server":
        made = databases_of(request).fresh(kept=True)
    answer = ask(made, "init", "--demo")
    assert answer.exit_code == 0, answer.output
    return made


@pytest.fixture
def copied(demo: Where, request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """The same to be changed."""
    if isinstance(demo, Server):
        return databases_of(request).copy_of(demo)
    return copy_with_views(demo, tmp_path / "demo.ledger")
