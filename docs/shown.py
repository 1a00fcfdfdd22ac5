"""For cog: what the pages show is what the program prints, on the history that ships with it."""

import atexit
import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from msgspec import Struct

from policytracker.cli.main import SECTIONS
from policytracker.events.about import Instead
from policytracker.events.catalogue import ABOUT, CLAIMS, DEVELOPMENTS, MARKET, REGISTRY, SIGNALS, TYPES
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


def shown(*commands: str) -> None:
    """Print commands with what they print, as a console would show it."""
    print("```console")
    for command in commands:
        print(f"$ policytracker {command}")
        print(_without_today(_run("--ledger", _demo(), *shlex.split(command))).rstrip())
    print("```")


def _without_today(text: str) -> str:
    """What was printed, the same on whatever day it was printed."""
    lines = [line for line in text.splitlines() if not line.startswith("note: the day asked for lies")]
    return "\n".join(lines).replace(iso(today()), "TODAY")


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
    parts = {
        "Registry": REGISTRY,
        "Claims": CLAIMS,
        "About other events": ABOUT,
        "Market, signals, developments": (*MARKET, *SIGNALS, *DEVELOPMENTS),
    }
    for title, names in parts.items():
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


def _run(*words: str) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=environment, encoding="utf-8")
    if done.returncode in (1, 2):
        raise RuntimeError(f"policytracker {shlex.join(words)}: {done.stderr}")
    return done.stdout
