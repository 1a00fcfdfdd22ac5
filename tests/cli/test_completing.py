"""What the shell completes: companies, chips and events wherever a command takes one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from policytracker.cli.completing import Named
from policytracker.cli.main import cli
from policytracker.ledger.where import Where


def completed(ledger: Where, words: tuple[str, ...], begun: str) -> list[str]:
    """What the shell would propose for a word that has been begun."""
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")
    return [str(item.value) for item in shell.get_completions(["--ledger", str(ledger), *words], begun)]


@pytest.mark.parametrize("command", ["state", "check", "why", "timeline", "diff"])
def test_companies_and_chips_are_completed(demo: Where, command: str) -> None:
    assert completed(demo, (command,), "ten") == ["tencent", "tencent-hk"]
    assert completed(demo, (command, "tencent"), "h20") == ["h20", "h200", "h200-nvl"]


@pytest.mark.parametrize("command", ["matrix", "claims", "conflicts"])
def test_options_that_name_a_company_or_a_chip_are_completed(demo: Where, command: str) -> None:
    assert completed(demo, (command, "--company"), "ten") == ["tencent", "tencent-hk"]
    assert completed(demo, (command, "--chip"), "gaudi-2") == ["gaudi-2", "gaudi-2-hl225b"]


def test_groups_and_selectors_are_no_companies(demo: Where) -> None:
    """A question is about one of them; ``record`` takes selectors too."""
    assert completed(demo, ("state",), "major") == completed(demo, ("state",), "in:") == []
    assert completed(demo, ("record", "blocked", "--company"), "major") == ["major-internet"]


@pytest.mark.parametrize(
    ("option", "begun", "expected"),
    [
        ("--company", "owned:ten", ["owned:tencent", "owned:tencent-hk"]),
        ("--company", "owned:major", ["owned:major-internet"]),
        ("--company", "under:ten", ["under:tencent", "under:tencent-hk"]),
        ("--chip", "vendor:Nv", ["vendor:Nvidia"]),
    ],
)
def test_selectors_are_completed_where_a_claim_is_recorded(
    demo: Where, option: str, begun: str, expected: list[str]
) -> None:
    assert completed(demo, ("record", "blocked", option), begun) == expected


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        (("companies",), "ten", ["tencent", "tencent-hk"]),
        (("chips",), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("quantities",), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("quantities", "--company"), "ten", ["tencent", "tencent-hk"]),
        (("record", "company-registered", "--company"), "ten", ["tencent", "tencent-hk"]),
        (("record", "chip-registered", "--chip"), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("record", "authority-registered", "--authority"), "gac", ["gacc"]),
        (("record", "group-defined", "--group"), "major", ["major-internet"]),
    ],
)
def test_what_is_registered_is_completed_in_lists_and_where_it_is_registered_anew(
    demo: Where, words: tuple[str, ...], begun: str, expected: list[str]
) -> None:
    assert completed(demo, words, begun) == expected


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command, with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                yield from commands(command.get_command(context, name) or command, (*path, name))


def test_every_company_chip_and_event_of_every_command_is_completed() -> None:
    """Whatever a parameter is called that takes one."""
    named = ("company", "companies", "chip", "chips", "event", "target", "target_argument", "parent", "authority")
    places = [(path, each) for path, command in commands(cli) if path != ("copy",) for each in command.params]
    found = [(path, each) for path, each in places if each.name in named]
    assert len(found) > 75
    assert [(path, each.name) for path, each in found if not isinstance(each.type, Named)] == []


@pytest.mark.parametrize("command", ["show", "prove", "redact"])
def test_events_are_completed_by_ref(demo: Where, command: str) -> None:
    assert completed(demo, (command,), "cn-2026-01-28-batch-w") == ["cn-2026-01-28-batch-wsj"]


BASH = r"""
eval "$(_POLICYTRACKER_COMPLETE=bash_source policytracker)"
COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$2
read -ra COMP_WORDS <<< "$1"
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_policytracker_completion policytracker
printf '%s\n' "${COMPREPLY[@]}"
"""
"""What bash does at <TAB>: the first argument is the line, the second what ends its words."""
BREAKS = " \t\n\"'><=;|&(:"
"""What ends a word, unless its user says otherwise."""


@pytest.fixture
def on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of this checkout, by its name."""
    program = tmp_path / "policytracker"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m policytracker.cli.main "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.files
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("line", "breaks", "replies"),
    [
        ("state Tenc", BREAKS, ["tencent", "tencent-hk"]),
        ("record blocked --company under:ten", BREAKS, ["tencent", "tencent-hk"]),
        ("record blocked --company=under:ten", BREAKS, ["tencent", "tencent-hk"]),
        ("record blocked --company under:ten", BREAKS.replace(":", ""), ["under:tencent", "under:tencent-hk"]),
        ("state --known 2026-01-28T12:00Z Tencent gaudi-2", BREAKS, ["gaudi-2", "gaudi-2-hl225b"]),
        ("state 'Tencent Holdings' gaudi-2", BREAKS, ["gaudi-2", "gaudi-2-hl225b"]),
        ("why tencent ", BREAKS, None),
    ],
)
def test_bash_completes_names_by_the_documented_line(
    demo: Path, on_the_path: None, line: str, breaks: str, replies: list[str] | None
) -> None:
    words = ["bash", "--norc", "-c", BASH, "bash", f"policytracker --ledger {demo} {line}", breaks]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.stderr == ""
    found = done.stdout.splitlines()
    assert found == replies if replies is not None else len(found) > 30


@pytest.mark.files
@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_completes_names_by_the_documented_line(demo: Path, on_the_path: None, tmp_path: Path) -> None:
    script = f"""_POLICYTRACKER_COMPLETE=fish_source policytracker | source
        complete -C 'policytracker state --ledger {demo} --known 2026-01-28T12:00Z ten'"""
    settings = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, env=settings)
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == ["tencent", "tencent-hk"]
