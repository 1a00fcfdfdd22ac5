"""CSV at the door: one documented set of columns for each command, whatever the rows, and a header always."""

import csv
import json
from pathlib import Path

import click
import pytest

from policytracker.cli.main import COMMANDS, cli
from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields
from policytracker.ledger.where import Where
from policytracker.questions.columns import BY_COMMAND, CLAIMS, EVENT, LOG
from policytracker.questions.interchange import KEPT_FIELDS
from policytracker.status.claims import CLAIM_TYPES
from tests.cli.recording import say
from tests.demo import ask, rows
from tests.keeping.old import old_file

DAY = ("--at", "2026-09-01")
QUESTIONS: dict[str, list[tuple[str, ...]]] = {
    "state": [("state",), ("state", "tencent", "h200", *DAY), ("state", "--at", "2021")],
    "check": [("check", "tencent", "h200", *DAY), ("check", "tencent", "ascend-910b")],
    "why": [("why", "tencent", "h200", *DAY), ("why", "tencent", "ascend-910b")],
    "timeline": [("timeline", "tencent", "h200"), ("timeline", "tencent", "h200", "--to", "2019")],
    "timeline --knowledge": [("timeline", "tencent", "h200", "--knowledge")],
    "diff": [
        ("diff", "--at", "2022-01-01", "--to-at", "2022-12-31"),
        ("diff", "--at", "2024-06-01", "--to-at", "2024"),
    ],
    "diff --only status": [("diff", "--at", "2022-01-01", "--to-at", "2022-12-31", "--only", "status")],
    "conflicts": [("conflicts", *DAY), ("conflicts", "--at", "2019")],
    "claims": [("claims", *DAY), ("claims", "--at", "1999"), ("claims", "--type", "held")],
    "quantities": [("quantities", *DAY), ("quantities", "--at", "2019")],
    "companies": [("companies",), ("companies", "no such text")],
    "chips": [("chips", "ascend"), ("chips", "no such text")],
    "authorities": [("authorities",)],
    "log": [("log",), ("log", "--type", "disputed"), ("log", "--recorded", "2020")],
    "show": [("show", "cn-2026-01-28-batch"), ("show", "cn-2026-01-28-batch-wsj")],
    "search": [("search", "腾讯"), ("search", "no such text anywhere")],
    "where": [("where",)],
    "verify": [("verify",)],
    "doctor": [("doctor",)],
}
EMPTY = [("state",), ("matrix",), ("timeline", "--all"), ("claims",), ("conflicts",), ("quantities",), ("companies",),
         ("chips",), ("authorities",), ("log",), ("search", "x")]  # fmt: skip


MADE = ("backup", "restore", "upgrade")
"""These make files: they have a test of their own."""
BY_CHIP = ("matrix",)


ASKED = [(command, question) for command, questions in QUESTIONS.items() for question in questions]


@pytest.mark.parametrize(("command", "question"), ASKED)
def test_the_columns_are_the_documented_ones_and_hold_every_key(
    demo: Where, command: str, question: tuple[str, ...]
) -> None:
    """No row has a key that no column shows."""
    header, *_ = csv.reader(ask(demo, *question, "--csv").stdout.splitlines())
    assert tuple(header) == BY_COMMAND[command]
    if command not in ("why", "diff", "diff --only status"):  # in a spreadsheet these have rows of their own
        answer = json.loads(ask(demo, *question, "--json").stdout)
        assert {key for row in answer for key in row} <= set(header)


@pytest.mark.parametrize("command", EMPTY)
def test_an_empty_answer_has_its_header(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Of a ledger that holds nothing; in Markdown too."""
    say(tmp_path / "empty.ledger", "init")
    told = ask(tmp_path / "empty.ledger", *command, "--csv").stdout
    assert told.splitlines() == [",".join(BY_COMMAND[command[0]])]
    markdown = ask(tmp_path / "empty.ledger", *command, "--md").stdout
    assert markdown.splitlines()[0].split()[1] == BY_COMMAND[command[0]][0]


def test_no_command_that_prints_csv_is_left_out() -> None:
    """Neither in the documented lists nor in these tests; and each takes ``--bom`` with ``--csv``."""
    options = {name: {option for each in command_named(name).params for option in each.opts} for name in COMMANDS}
    printing = {name for name, its in options.items() if "--csv" in its}
    assert printing == {name.split(" --")[0] for name in BY_COMMAND} >= {"state", "upgrade"}
    assert {name for name, its in options.items() if "--bom" in its} == printing
    assert {*QUESTIONS, *MADE, *BY_CHIP} == set(BY_COMMAND)


def command_named(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.files
def test_commands_that_make_files_print_the_documented_columns(tmp_path: Path) -> None:
    """With a byte order mark too."""
    ledger, backup, old = tmp_path / "new.ledger", tmp_path / "new.backup", old_file(tmp_path)
    say(ledger, "init")
    for command, question, where in (
        ("backup", ("backup", str(backup)), ledger),
        ("restore", ("restore", str(backup)), tmp_path / "restored.ledger"),
        ("upgrade", ("upgrade",), old),
    ):
        printed = say(where, *question, "--csv", "--bom")
        header, *answers = csv.reader(printed.removeprefix("\ufeff").splitlines())
        assert printed.startswith("\ufeff")
        assert (tuple(header), len(answers)) == (BY_COMMAND[command], 1)


def test_the_matrix_has_a_column_for_each_chip(demo: Where) -> None:
    header, *_ = csv.reader(ask(demo, "matrix", "--csv").stdout.splitlines())
    assert header == ["company", *(row["chip"] for row in rows(demo, "chips"))]


def test_every_field_of_the_language_has_a_column() -> None:
    """Of events in the log, and of claims."""
    assert {name for kind in TYPES.values() for name in fields(kind)} | {"type"} == set(EVENT)
    assert set(KEPT_FIELDS) <= set(LOG)
    assert {name for kind in CLAIM_TYPES for name in fields(TYPES[kind])} <= set(CLAIMS)


@pytest.mark.parametrize(
    "question", [("matrix", *DAY), *(questions[0] for questions in QUESTIONS.values())], ids=" ".join
)
def test_every_command_can_begin_with_a_byte_order_mark(demo: Where, question: tuple[str, ...]) -> None:
    printed = ask(demo, *question, "--csv", "--bom").stdout
    assert printed.startswith("\ufeff") and printed.count("\ufeff") == 1


@pytest.mark.parametrize("question", [("claims", "--company", "腾讯", *DAY), ("claims", "--at", "1999")])
def test_a_byte_order_mark_stands_before_the_header_where_it_is_asked_for(
    demo: Where, question: tuple[str, ...]
) -> None:
    """Excel takes the file for UTF-8 then. It is not the default: most programs would read it as a part of a name."""
    plain, marked = (ask(demo, *question, "--csv", *more).stdout for more in ((), ("--bom",)))
    assert plain.startswith("type,")
    assert marked == f"\ufeff{plain}"


@pytest.mark.parametrize("form", [(), ("--json",), ("--nl",), ("--md",)])
def test_a_byte_order_mark_is_for_csv_alone(demo: Where, form: tuple[str, ...]) -> None:
    answer = ask(demo, "claims", *form, "--bom")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--bom is for CSV; give --csv with it, or leave it out" in answer.stderr
