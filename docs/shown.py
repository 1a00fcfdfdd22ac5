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

from policytracker.cli.main import SECTIONS
from policytracker.events.catalogue import ABOUT, CLAIMS, MARKET, REGISTRY, SIGNALS, TYPES
from policytracker.events.dates import iso
from policytracker.events.describe import fields
from policytracker.ledger.clock import today

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
    parts = {"Registry": REGISTRY, "Claims": CLAIMS, "About claims": ABOUT, "Market and signals": (*MARKET, *SIGNALS)}
    for title, names in parts.items():
        print(f"## {title}\n")
        for name in names:
            kind = TYPES[name]
            print(f"### `{name}`\n\n{(kind.__doc__ or '').strip()}\n")
            print("| field | needed | what it is |\n| --- | --- | --- |")
            for field in fields(kind).values():
                words = field.description + (f": {', '.join(field.choices)}" if field.choices else "")
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
