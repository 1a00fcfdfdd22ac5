"""What pytest finds once policytracker is installed: fixtures, a marker, and files of expectations."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import modules_of_testing_page
from tests.ledger.ground import REGISTRY
from tests.testing.test_expectations import HEADER

pytest_plugins = ["pytester"]

BLOCK = {
    "type": "blocked",
    "ref": "block",
    "authority": "gacc",
    "companies": ["acme"],
    "chips": ["h20"],
    "report": {"publisher": "Reuters", "published": "2026-01-20", "attribution": "official"},
}
USED = '''
import pytest

def test_the_history(history, ledger_at):
    assert len(history.log()) > 300
    noon = ledger_at("2026-01-28", known="2026-01-28T12:00Z")
    assert noon.state("Tencent", "H200").status == "uncertain"
    assert ledger_at("2026-01-28", known="2026-01-28").state("Tencent", "H200").status == "licensable"
    assert noon.state("Tencent", "H200", known="2026-01-28").status == "licensable"

def test_an_empty_ledger(ledger):
    assert len(ledger.log()) == 0
    ledger.append(type="company-registered", company="acme", name="Acme", jurisdiction="CN")
    assert ledger.log()[0].recorder == "test"

@pytest.mark.ledger("news.jsonl", today="2026-02-01")
def test_a_file(ledger):
    assert ledger.state("acme", "h20").gates[-1].status == "blocked"
    assert ledger.state("acme", "h20").at.isoformat() == "2026-02-01"

def test_a_docstring(ledger):
    """A company is registered.

    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    """
    assert [event.fields["company"] for event in ledger.log()] == ["acme"]
'''


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder of tests as a user has one, with a history."""
    lines = "\n".join(json.dumps(event) for event in [*REGISTRY, BLOCK])
    (pytester.path / "news.jsonl").write_text(lines, encoding="utf-8")
    return pytester


def run(folder: pytest.Pytester) -> pytest.RunResult:
    return folder.runpytest("-p", "no:cacheprovider", "-p", "no:xdist")


def test_fixtures_and_marker_are_there(folder: pytest.Pytester) -> None:
    folder.makepyfile(USED)
    run(folder).assert_outcomes(passed=4)


def test_the_examples_of_the_page_pass(folder: pytest.Pytester) -> None:
    folder.makepyfile(**modules_of_testing_page())
    run(folder).assert_outcomes(passed=3)


@pytest.mark.parametrize("name", ["news", "all"], ids=["of its history", "of all in the folder"])
def test_each_line_of_a_file_of_expectations_is_a_test(folder: pytest.Pytester, name: str) -> None:
    lines = HEADER, "acme,h20,2026-02-01,,<=blocked,", "acme,h20,2026-02-01,,cleared,", "acme,h20,2026-01-01,,unknown,"
    (folder.path / f"{name}.expect.csv").write_text("\n".join(lines), encoding="utf-8")
    found = run(folder)
    found.assert_outcomes(passed=2, failed=1)
    found.stdout.fnmatch_lines(
        ["*acme h20 at 2026-02-01: expected cleared, and it is prohibited..blocked*", "*by block*"]
    )


def test_the_tests_of_a_file_need_not_run_one_after_the_other(folder: pytest.Pytester) -> None:
    """Workers take tests from each other, so that a test of another file may come between two lines."""
    lines = HEADER, "acme,h20,2026-02-01,,<=blocked,", "acme,h20,2026-01-01,,unknown,"
    (folder.path / "news.expect.csv").write_text("\n".join(lines), encoding="utf-8")
    folder.makeconftest("def pytest_collection_modifyitems(items): items[:] = [items[0], items[2], items[1]]")
    folder.makepyfile(test_other="def test_other(): pass")
    run(folder).assert_outcomes(passed=3)


def test_a_file_that_cannot_be_read_is_an_error_that_names_the_line(folder: pytest.Pytester) -> None:
    (folder.path / "news.expect.csv").write_text(f"{HEADER}\nacme,h20,2026-02-01,,maybe,\n", encoding="utf-8")
    found = run(folder)
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["*news.expect.csv:2: 'maybe' is no status*"])


def test_a_ledger_beside_it_is_asked_as_it_is(folder: pytest.Pytester) -> None:
    from policytracker import Ledger

    with Ledger.create(Path(folder.path) / "news.ledger") as ledger:
        ledger.import_files(folder.path / "news.jsonl")
    (folder.path / "news.expect.csv").write_text(f"{HEADER}\nacme,h20,2026-02-01,,<=blocked,\n", encoding="utf-8")
    run(folder).assert_outcomes(passed=1)


def test_pytest_loads_hardly_anything_of_it_at_its_start() -> None:
    loaded = loaded_by("import policytracker.testing.plugin", "policytracker")
    assert loaded == {"policytracker", "policytracker.testing", "policytracker.testing.plugin"}


def test_hypothesis_is_loaded_by_the_first_strategy_only() -> None:
    assert "hypothesis" not in loaded_by("from policytracker.testing import naive_state", "hypothesis")
    assert "hypothesis" in loaded_by("from policytracker.testing import ledgers", "hypothesis")


def loaded_by(statement: str, name: str) -> set[str]:
    """The modules with this in their names that a new process has after a statement."""
    program = f"import sys; {statement}; print(*(each for each in sys.modules if {name!r} in each))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {each for each in done.stdout.split() if not each.startswith("__editable__")}
