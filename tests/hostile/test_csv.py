"""No cell of --csv is a formula to a spreadsheet, and none of --md markup; nothing is lost to who reads it."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.questions.spreadsheets import no_formula
from tests.cli.recording import ask

FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "'=1+1", "-", "--", "=", "+a")
PLAIN = ("a=b", "Tencent", "-5", "+3", "-5.25", "'quoted'", "", "5-10", "a@b.example")


def read_back(cell: str) -> str:
    """What docs/security.md says that a program does."""
    return re.sub("^'(?='*[=+@\uff1d\uff0b\uff0d\uff20-])", "", cell)


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A ledger of companies with such names."""
    ledger = tmp_path / "test.ledger"
    ask(ledger, "init")
    companies = [
        {"type": "company-registered", "company": f"c{place}", "name": name, "jurisdiction": "CN"}
        for place, name in enumerate((*FORMULAS, "a|b", "[x](javascript:y)", "<b>x</b>", "*x* ~~y~~ `z` $k$"))
    ]
    assert ask(ledger, "import", "-", text="\n".join(map(json.dumps, companies))).exit_code == 0
    return ledger


def test_a_name_that_is_a_formula_begins_with_an_apostrophe_in_csv(named: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(named, "log", "--csv").stdout)))
    names = [row["name"] for row in rows][: len(FORMULAS)]

    assert names == [f"'{name}" for name in FORMULAS]
    assert [read_back(name) for name in names] == list(FORMULAS)
    assert rows[0]["position"] == "1"


def test_json_and_the_interchange_format_stay_as_recorded(named: Path) -> None:
    for command in (("log", "--nl"), ("export",)):
        names = [json.loads(line)["name"] for line in ask(named, *command).stdout.splitlines()]
        assert names[: len(FORMULAS)] == list(FORMULAS)


def test_a_name_breaks_no_markdown_table_and_is_no_markup_in_it(named: Path) -> None:
    lines = ask(named, "log", "--md").stdout.splitlines()[2:]
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}

    assert len(columns) == 1
    shown = "\n".join(lines)
    for name in (r"a\|b", r"\[x\](javascript:y)", r"\<b\>x\</b\>", r"\*x\* \~\~y\~\~ \`z\` \$k\$"):
        assert name in shown


@pytest.mark.parametrize("cell", PLAIN)
def test_what_is_no_formula_stays(cell: str) -> None:
    assert no_formula(cell) == cell


@given(st.text("'=+-@1a\uff1d.", max_size=6))
def test_no_cell_is_lost_and_none_but_a_number_begins_as_a_formula(cell: str) -> None:
    guarded = no_formula(cell)

    assert read_back(guarded) == cell or guarded == cell
    assert guarded[:1] not in ("=", "@", "\uff1d") or guarded == ""
    assert guarded[:1] not in ("+", "-") or re.fullmatch(r"[+-]\d+(\.\d+)?", guarded, re.ASCII)


def test_a_file_of_pairs_is_refused_in_a_sentence(named: Path, tmp_path: Path) -> None:
    """A cell larger than any reader takes, a quote that never ends, NUL, and a file that goes on for ever."""
    pairs = tmp_path / "pairs.csv"
    for content in (b"a," + b"x" * 200_000, b'"a,b\n' * 10, b"a\0,b\n", b"c0,h20\n" * 3, b"\xff,x\n"):
        pairs.write_bytes(content)
        found = ask(named, "check", "--file", str(pairs))
        assert (found.exit_code, isinstance(found.exception, SystemExit)) == (1, True), found.exception
        assert found.stderr.startswith("Error: ")
    endless = ask(named, "check", "--file", "/dev/zero")
    assert endless.exit_code == 1
    assert endless.stderr.startswith("Error: /dev/zero is no file of pairs: it holds more than 16,000,000 bytes")
