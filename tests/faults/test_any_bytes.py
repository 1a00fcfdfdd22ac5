"""Any bytes as any argument of any command: an answer, or a sentence and an exit code. Bad input changes nothing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import chdir, nullcontext
from pathlib import Path
from random import Random
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from policytracker.cli import serve
from policytracker.cli.main import cli
from policytracker.mcp_server import server
from policytracker.questions.escaping import unseen
from policytracker.questions.spreadsheets import BOM
from tests.cases.ground import BASE, ledger_of
from tests.cli.recording import content
from tests.demo import PROGRAM
from tests.faults.counted import Count
from tests.soak import often

IN_PROCESS = often(400, 15_000)
OF_THEIR_OWN = often(12, 300)
CODES = range(7)
KNOWN = (
    *("alpha", "x20", "us-base", "bis", "2026-01-20", "today", "1", "-1", "0", "blocked", "corrected", "CN", "-", "--"),
    *("case.ledger", "lines.jsonl", ".", "owned:alpha", "in:CN", "postgresql://nobody@localhost:1/none", "official"),
)
"""Words that some command takes."""
FITTING = {
    "a-company": ("alpha", "beta"),
    "company": ("alpha", "in:CN", "all"),
    "a-chip": ("x20",),
    "chip": ("x20", "all"),
    "event": ("us-base", "cn-base"),
    "authority": ("bis", "gacc"),
    "DAY": ("2026-01-20", "2026", "today"),
    "DAY|INSTANT": ("2026-01-28T12:00Z", "2026-01"),
    "published": ("2026-01-20",),
    "effective": ("2026-01-20",),
    "path": ("case.ledger", "lines.jsonl", "new"),
    "TYPE": ("blocked",),
}
"""Words for parameters of a name, or of a type of this name."""
VARIABLES = ("POLICYTRACKER_RECORDER", "POLICYTRACKER_LOCK_SECONDS", "POLICYTRACKER_TOKEN", "COLUMNS", "LOGNAME", "TZ")
STREAMS = ("", "<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>&1")


class Asked(NamedTuple):
    """What is said to the program."""

    words: list[str]
    variables: dict[str, str]
    standard_input: bytes


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and subcommand, with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from commands(found, (*path, name))


COMMANDS = list(commands(cli))


def any_bytes(chance: Random) -> bytes:
    """Bytes as a process can get them: all but NUL. And no slash, so that a path stays in the folder of the test."""
    length = chance.choice((0, 1, 1, 2, 3, 8, 40, 3_000))
    return chance.randbytes(length).translate(None, b"\0/")


def any_word(chance: Random, parameter: click.Parameter | None) -> str:
    """A word for a parameter: one that is known, any bytes, or one with any bytes in it."""
    known: tuple[str, ...] = KNOWN
    if parameter is not None:
        kind = parameter.type
        fitting = FITTING.get(str(parameter.name)) or FITTING.get(getattr(kind, "space", kind.name), ())
        choices = tuple(map(str, kind.choices)) if isinstance(kind, click.Choice) else ()
        known = (fitting or choices or KNOWN) if chance.random() < 0.9 else KNOWN
    word = os.fsencode(chance.choice(known))
    match chance.randrange(12):
        case 0:
            return os.fsdecode(any_bytes(chance))
        case 1:
            place = chance.randrange(len(word) + 1)
            return os.fsdecode(word[:place] + any_bytes(chance) + word[place:])
        case _:
            return os.fsdecode(word)


def any_call(chance: Random) -> Asked:
    """A command with words for some of its parameters, and sometimes with others."""
    path, command = chance.choice(COMMANDS)
    words = list(path)
    for parameter in command.params:
        is_option = isinstance(parameter, click.Option)
        if parameter.required or chance.random() < (0.15 if is_option else 0.6):
            words += [chance.choice(parameter.opts)] if is_option else []
            words += [] if getattr(parameter, "is_flag", False) else [any_word(chance, parameter)]
    if chance.random() < 0.1:
        words.insert(chance.randrange(len(words) + 1), any_word(chance, None))
    before = ["--recorder", any_word(chance, None)] if chance.random() < 0.05 else []
    variables = {name: any_word(chance, None) for name in VARIABLES if chance.random() < 0.05}
    ledger = "case.ledger" if chance.random() < 0.95 else any_word(chance, None)
    where = [] if chance.random() < 0.2 else ["--ledger", ledger]
    return Asked([*where, *before, *words], {**variables, "POLICYTRACKER_LEDGER": ledger}, any_bytes(chance))


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small ledger in a folder of its own, and a file to import. Nothing is served, and no editor opens.

    A server for assistants runs an event loop, of which a process can have one in a thread; other tests may have one.
    """
    monkeypatch.setattr(serve, "_serve", lambda *_: None)
    monkeypatch.setattr(serve, "_ending_quietly", nullcontext)
    monkeypatch.setattr(server, "serve", lambda _: None)
    for editor in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(editor, "true")
    (tmp_path / "lines.jsonl").write_bytes(b'{"type":"company-registered","company":"omega"}\n\xff\n')
    return ledger_of(tmp_path, BASE)


def test_any_bytes_are_answered_in_sentences(ledger: Path, counted: Count) -> None:
    chance = Random(20260128)
    before = content(ledger)
    codes = dict.fromkeys(CODES, 0)
    for _ in range(IN_PROCESS):
        asked = any_call(chance)
        with chdir(ledger.parent):
            found = CliRunner(env=asked.variables).invoke(cli, asked.words, input=asked.standard_input)

        assert isinstance(found.exception, SystemExit | None), (asked, found.exception)
        assert found.exit_code in CODES, (asked, found.output)
        printed = click.unstyle(found.output) if "always" in asked.words else found.output  # --color always
        assert set(unseen(printed)) <= {"\r", BOM if "--bom" in asked.words else "\r"}, asked
        assert found.output or found.exit_code == 0, asked
        after = content(ledger)
        assert found.exit_code == 0 or after == before, asked
        before = after
        codes[found.exit_code] += 1
    assert min(codes[0], codes[1], codes[2]) > IN_PROCESS // 20, codes
    for code, count in codes.items():
        counted(f"calls with any bytes, in process: exit code {code}", count)


def test_any_bytes_with_any_standard_streams_are_no_mistake(ledger: Path, counted: Count) -> None:
    chance = Random(20260129)
    for _ in range(OF_THEIR_OWN):
        asked = any_call(chance)
        while "serve" in asked.words:
            asked = any_call(chance)
        streams = chance.choice(STREAMS)
        line = ["sh", "-c", f'exec "$@" {streams}', "sh", *PROGRAM[:-1], *asked.words]
        settings = {**os.environ, "PYTHONUTF8": "1", **asked.variables}
        before = content(ledger)
        found = subprocess.run(line, input=asked.standard_input, capture_output=True, env=settings, cwd=ledger.parent)

        told = found.stdout + found.stderr
        assert found.returncode in CODES, (asked, streams, told)
        assert b"Traceback" not in told, (asked, streams, told)
        assert b"mistake in policytracker" not in told, (asked, streams, told)
        assert found.returncode != 2 or content(ledger) == before, (asked, streams)
        counted(f"calls with any bytes, of their own: {streams or 'all streams open'}", 1)
