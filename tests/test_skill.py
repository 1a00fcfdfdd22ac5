"""SKILL.md, which tells assistants how to use the program: its commands run, and there is each that it names."""

import re
from pathlib import Path

import yaml

from policytracker.cli.main import COMMANDS
from policytracker.status.words import STATUSES
from tests.docs.consoles import run
from tests.test_house import ROOT

SKILL = ROOT / "skills" / "policytracker" / "SKILL.md"
TEXT = SKILL.read_text(encoding="utf-8")
BEGIN = "```console\n$ export POLICYTRACKER_LEDGER=$PWD/demo.ledger\n$ policytracker init --demo\n…\n```\n\n"
"""What a user has done before: there is a ledger."""


def test_every_command_of_the_skill_prints_what_it_shows(tmp_path: Path) -> None:
    done = run(BEGIN + TEXT, tmp_path)

    assert len(done) > 12
    assert {each.command: each.printed for each in done if each.differs} == {}
    refused = [each.command for each in done if each.printed.startswith(("Error", "Usage"))]
    assert refused == ["policytracker state Tencnt H200"]


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    wrong = TEXT.replace("policytracker where\nledger ", "policytracker whereabouts\nledger ")

    assert [each.command for each in run(BEGIN + wrong, tmp_path) if each.differs] == ["policytracker whereabouts"]


def test_it_begins_with_its_name_and_when_to_use_it() -> None:
    """As assistants find skills: the folder has the name, and the description says when."""
    head = yaml.safe_load(TEXT.split("---\n")[1])

    assert head["name"] == SKILL.parent.name
    assert re.fullmatch("[a-z0-9-]{1,64}", head["name"]) and len(head["description"]) <= 1_024
    assert "Use it when" in head["description"]


def test_the_commands_of_its_table_and_the_statuses_are_those_of_the_program() -> None:
    asked = re.findall(r"^\| [^|]+\? ?[^|]*\| `([a-z]+)|^\| all [^|]+\| `([a-z]+)", TEXT, re.MULTILINE)
    named = {first or second for first, second in asked}

    assert len(named) == 10 and named <= set(COMMANDS)
    assert re.findall(r"^\| `([a-z_]+)` \|", TEXT, re.MULTILINE) == list(STATUSES)
