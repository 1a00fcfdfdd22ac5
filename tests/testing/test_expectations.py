"""A ledger is held to lines that an expert writes (`policytracker expect`); a failure says what turned the cell."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from policytracker import Ledger
from policytracker.testing import BadExpectations, expectations_in, failure_of
from tests.demo import ask
from tests.demo import demo as demo

HEADER = "company,chip,at,known,expected,limited_by"


def file_of(folder: Path, *lines: str, name: str = "some.expect.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("in_principle..licensable", True),
        (">=in_principle", True),
        ("<=licensable", True),
        (">=blocked", True),
        ("licensable", False),
        ("in_principle", False),
        ("in_principle..conditional", False),
        (">=licensable", False),
        ("<=in_principle", False),
        ("unknown", False),
    ],
)
def test_a_status_a_range_and_a_bound(demo: Path, tmp_path: Path, expected: str, holds: bool) -> None:
    """At noon of 28 January 2026 the H200 of Tencent is in_principle or licensable."""
    file = file_of(tmp_path, f"Tencent,H200,2026-01-28,2026-01-28T12:00Z,{expected},")
    (wanted,) = expectations_in(file)
    with Ledger(demo) as ledger:
        assert (failure_of(ledger, wanted) is None) == holds


def test_unknown_is_all_statuses_and_none_less(demo: Path, tmp_path: Path) -> None:
    lines = [
        f"tencent,h20,2020-01-01,2020-01-01,{word}," for word in ("unknown", "prohibited..cleared", ">=prohibited")
    ]
    with Ledger(demo) as ledger:
        failures = [failure_of(ledger, each) for each in expectations_in(file_of(tmp_path, *lines))]
    assert [failure is None for failure in failures] == [True, False, True]


def test_a_failure_tells_the_answer_what_turned_it_and_what_decides(demo: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path, "jd,h200,2026-05-20,2026-05-20,conditional,US/export")
    answer = ask(demo, "expect", str(file))
    assert answer.exit_code == 3
    first, since, us, cn, last = answer.stdout.splitlines()
    assert first == (
        f"{file}:2: jd h200 at 2026-05-20, as known at 2026-05-20: expected conditional, and it is blocked; "
        "expected to be limited by US/export, and it is limited by CN/import"
    )
    assert since.startswith("  since 2026-05-14, by us-2026-05-14-ten (licence-granted: up to 75,000 per company")
    assert us == (
        "  US/export conditional: us-2026-05-14-ten (licence-granted) – "
        "on the word of anonymous sources, one origin: Reuters"
    )
    assert cn.startswith("  CN/import blocked: ")
    assert cn.endswith("; cn-2026-04-23-not-let (blocked) – on the record, 1: US Secretary of Commerce")
    assert last == "1 of 1 expectation does not hold"


def test_what_holds_is_counted(demo: Path, tmp_path: Path) -> None:
    one = file_of(tmp_path, "jd,h200,2026-05-20,,blocked,CN/import", name="one.expect.csv")
    answer = ask(demo, "expect", str(one), str(one))
    assert (answer.exit_code, answer.stdout) == (0, "2 expectations hold\n")
    assert ask(demo, "expect", str(one)).stdout == "1 expectation holds\n"


def test_a_name_that_is_not_there_is_a_failure_of_its_line(demo: Path, tmp_path: Path) -> None:
    answer = ask(demo, "expect", str(file_of(tmp_path, "Tencnet,h200,2026-05-20,,blocked,")))
    assert answer.exit_code == 3
    assert "no company is called 'Tencnet'; did you mean tencent" in answer.stdout


def test_results_are_written_for_continuous_integration(demo: Path, tmp_path: Path) -> None:
    lines = "jd,h200,2026-05-20,,blocked,CN/import", "jd,h200,2026-05-20,,cleared,"
    file, results = file_of(tmp_path, *lines), tmp_path / "results.xml"
    assert ask(demo, "expect", str(file), "--junit", str(results)).exit_code == 3
    suite = ElementTree.parse(results).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    (failure,) = suite.iter("failure")
    assert "CN/import blocked" in (failure.text or "")


def test_lines_of_json_say_the_same(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.expect.jsonl"
    file.write_text('{"company": "jd", "chip": "h200", "at": "2026-05-20", "expected": "blocked"}\n')
    assert ask(demo, "expect", str(file)).exit_code == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("jd,h200,2026-05-20,,conditionally,", "'conditionally' is no status; write one of prohibited, blocked"),
        ("jd,h200,,,blocked,", "at is missing; every line needs company, chip, at, expected"),
        ("jd,h200,2026-05-20,,blocked,,more", "'more values' is no column; the columns are company, chip, at"),
        ('jd,"h200,2026-05-20', "it is no CSV"),
    ],
)
def test_a_line_that_is_no_expectation_is_refused_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BadExpectations) as refused:
        expectations_in(file_of(tmp_path, line))
    assert says in str(refused.value)
    assert "some.expect.csv:2: " in str(refused.value)


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadExpectations) as refused:
        expectations_in(
            file_of(tmp_path, "jd,h200,2026-05-20,,no,", "jd,h200,2026-05-20,,blocked,", "jd,h200,,,blocked,")
        )
    assert [line.split(": ")[0].rpartition(":")[2] for line in str(refused.value).splitlines()] == ["2", "4"]


def test_a_file_without_a_line_expects_nothing_and_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExpectations, match="no expectation in it; write a header"):
        expectations_in(file_of(tmp_path))
    binary = tmp_path / "binary.expect.csv"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(BadExpectations, match="is not UTF-8"):
        expectations_in(binary)
