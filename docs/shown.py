"""For cog: what the pages show is what the program prints, on the history that ships with it."""

import atexit
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from msgspec import Struct

from policytracker.cli.main import SECTIONS
from policytracker.events.about import Instead
from policytracker.events.catalogue import GROUPS, TYPES
from policytracker.events.dates import iso
from policytracker.events.describe import fields
from policytracker.events.fields import Range
from policytracker.events.registry import Attributes, Owner
from policytracker.events.reports import Report
from policytracker.events.scopes import Cohort, Where
from policytracker.ledger.clock import today

EVENT_PARTS: dict[str, type[Struct]] = {
    "`report`": Report,
    "`quantity`": Range,
    "cohort": Cohort,
    "`where`": Where,
    "`attributes`": Attributes,
    "owner": Owner,
    "`instead`": Instead,
}
"""What events are made of, by what docs/events.md calls it."""
PROGRAM = str(Path(sys.executable).with_name("policytracker"))


def shown(*commands: str, after: Sequence[str] = (), part: tuple[str, str] | None = None) -> None:
    """Print commands with what they print, as a console would show it.

    ``after`` is recorded before, in a copy of the ledger; only the first line of its answer is shown. ``part`` cuts
    each answer down to its first line, and the lines from the first that begins with ``part[0]`` to the one that begins
    with ``part[1]``, which is left out.
    """
    ledger = _copy() if after else _demo()
    print("```console")
    for command in (*after, *commands):
        print(f"$ policytracker {command}")
        answer = _on_any_day(_run("--ledger", ledger, *shlex.split(command)), command).rstrip()
        if command in after:
            print(answer.splitlines()[0])
        else:
            print(_cut(answer, *part) if part else answer)
    print("```")


def queried(command: str, *queries: str) -> None:
    """Print a command that writes ``tracker.db``, then queries of that file with what sqlite-utils prints."""
    print(f"```console\n$ policytracker {command}")
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracker.db")
        _run("--ledger", _demo(), *(path if word == "tracker.db" else word for word in shlex.split(command)))
        for query in queries:
            print(f'$ sqlite-utils tracker.db "{query}" --csv')
            words = [str(Path(PROGRAM).with_name("sqlite-utils")), path, query, "--csv"]
            print(subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8").stdout.rstrip())
    print("```")


def with_file(page: str, file: str, *commands: str) -> None:
    """Print commands with what they print, run where a file lies that the page shows after "as `FILE`:"."""
    text = Path(page).read_text(encoding="utf-8")
    content = text.partition(f"`{file}`:\n\n```")[2].partition("\n")[2].partition("```")[0]
    with TemporaryDirectory() as folder:
        (Path(folder) / file).write_text(content, encoding="utf-8")
        print("```console")
        for command in commands:
            answer = _run("--ledger", _demo(), *shlex.split(command), folder=folder)
            print(f"$ policytracker {command}\n{_on_any_day(answer, command).rstrip()}")
        print("```")


def _cut(answer: str, start: str, end: str) -> str:
    """A part of an answer, with ``…`` where lines are left out; raises StopIteration where it does not begin so."""
    head, *lines = answer.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(start))
    last = next((at for at, line in enumerate(lines[first:], first) if line.startswith(end)), len(lines))
    before, after = ["…"] if first else [], ["…"] if last < len(lines) else []
    return "\n".join([head, *before, "\n".join(lines[first:last]).rstrip(), *after])


def _on_any_day(answer: str, command: str) -> str:
    """What was printed, the same on whatever day it was printed. A day that the command names stays."""
    lines = [line for line in answer.splitlines() if not line.startswith("note: the day asked for lies")]
    day = iso(today())
    return "\n".join(line if day in command else line.replace(day, "TODAY") for line in lines)


def reference() -> None:
    """Print the help of every command, and of one event type for ``record``."""
    print(f"## policytracker\n\n```text\n{_run('--help').rstrip()}\n```\n")
    for section, commands in SECTIONS.items():
        print(f"# {section}\n")
        for command in commands:
            print(f"## {command}\n\n```text\n{_run(command, '--help').rstrip()}\n```\n")
            if command == "record":
                print(f"### record blocked\n\n```text\n{_run('record', 'blocked', '--help').rstrip()}\n```\n")


def event_types() -> None:
    """Print every event type with its fields, required ones first."""
    for title, names in GROUPS.items():
        print(f"## {title}\n")
        for name in names:
            kind = TYPES[name]
            print(f"### `{name}`\n\n{(kind.__doc__ or '').strip()}\n")
            print_fields(kind)


def event_parts() -> None:
    """Print the fields of what events are made of."""
    for title, part in EVENT_PARTS.items():
        print(f"### {title}\n\n{(part.__doc__ or '').strip()}\n")
        print_fields(part)


def print_fields(record: type[Struct]) -> None:
    """Print the fields of an event type, or of a part of one, as a table."""
    print("| field | needed | what it is |\n| --- | --- | --- |")
    for field in fields(record).values():
        words = field.description + (f": {', '.join(map(str, field.choices))}" if field.choices else "")
        words = words or f"see [{field.name}](#{field.name})"
        print(f"| `{field.name}` | {'yes' if field.required else ''} | {words.replace('|', '/')} |")
    print()


@cache
def _demo() -> str:
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder)
    ledger = str(Path(folder) / "demo.ledger")
    _run("--ledger", ledger, "init", "--demo")
    return ledger


def _copy() -> str:
    """The same, to record into."""
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(Path(_demo()).parent, folder, symlinks=True, dirs_exist_ok=True)
    return str(Path(folder) / "demo.ledger")


def answer_of(*words: str, copied: bool = False, ledger: str | None = None, folder: str | None = None) -> str:
    """What a command prints. It is asked of the history, of a copy to record into, or of another ledger.

    ``folder``: in which it runs, so that it can name files there.
    """
    return _run("--ledger", ledger or (_copy() if copied else _demo()), *words, folder=folder)


def _run(*words: str, folder: str | None = None) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    environment["XDG_CONFIG_HOME"] = os.devnull  # nobody's own settings
    done = subprocess.run(
        [PROGRAM, *words], capture_output=True, text=True, env=environment, encoding="utf-8", cwd=folder
    )
    if done.returncode in (1, 2):
        raise RuntimeError(f"policytracker {shlex.join(words)}: {done.stderr}")
    return done.stdout
