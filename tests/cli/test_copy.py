"""``copy``: the shipped history moves, and every question is answered the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.where import Where
from tests.demo import ask, rows, run
from tests.homes import HOMES, databases_of
from tests.shipped import shipped


@pytest.fixture(params=HOMES)
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where nothing is yet."""
    return tmp_path / "there.ledger" if request.param == "file" else databases_of(request).fresh()


def copy(source: Where, target: Where) -> Result:
    return CliRunner().invoke(cli, ["copy", str(source), str(target)])


def test_a_copied_ledger_answers_the_same(demo: Where, there: Where) -> None:
    answer = copy(demo, there)

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == (
        f"copied {len(shipped())} events from {demo} to {there}, and compared them; "
        "record in one of the two from now on\n"
    )
    for question in (("log",), ("state", "--at", "2026-01-28"), ("verify",)):
        assert rows(there, *question) == rows(demo, *question)
    (here_is,), (there_is,) = rows(demo, "where"), rows(there, "where")
    assert {**here_is, "ledger": "", "read_models": ""} == {**there_is, "ledger": "", "read_models": ""}


def test_a_place_that_is_taken_is_refused(demo: Where, there: Where) -> None:
    assert ask(there, "init").exit_code == 0

    answer = copy(demo, there)

    assert answer.exit_code == 1
    assert answer.stderr.endswith("is there already; choose another place with --ledger, or use the ledger as it is\n")
    assert rows(there, "log") == []


def test_the_program_copies_in_a_process_of_its_own(demo: Where, tmp_path: Path) -> None:
    assert run(tmp_path / "unused", "copy", str(demo), str(tmp_path / "copy")).returncode == 0
    assert {path.name.lstrip(".").partition(".views.")[0].partition("-")[0] for path in tmp_path.iterdir()} == {
        "copy",
        "copy.views",
    }
