"""What is done in processes of its own, to be killed: endlessly, telling each thing that was acknowledged."""

import json
import os
import pwd
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from click.testing import CliRunner

from policytracker.cli.main import COMMANDS, cli
from policytracker.events.forms import read_line
from policytracker.index import layout
from policytracker.ledger import placing
from policytracker.ledger.appending import append_event, append_lines
from policytracker.ledger.copying import copy as make_the_same
from policytracker.ledger.redacting import redact as remove
from policytracker.ledger.store import Store
from policytracker.ledger.where import where_of
from policytracker.projections.catching_up import catch_up
from policytracker.projections.catching_up import rebuild as make_anew
from policytracker.web.opened import Opened
from tests.ledger.ground import Fields, batch, changed, cleared, company, line_of, lines_from

DAY = 739_000
LINES = 300

for name in COMMANDS:
    cli.get_command(None, name)  # type: ignore[arg-type]  # imported once, in the process that others are forked from


def teller(path: str) -> Callable[[object], None]:
    """Writes a line at once: what it has told is told, whatever becomes of the process."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(what: object) -> None:
        os.write(file, f"{what}\n".encode())

    tell("begun")
    return tell


def append(told: str, ledger: str, turn: int) -> None:
    """Register company after company; tell the ids."""
    with Store(where_of(ledger)) as store:
        tell = teller(told)
        for number in count():
            event = read_line(line_of(company(f"firm-{turn}-{number}")))
            (kept,) = append_event(store, event, recorder="worker").kept
            tell(kept.id)


def import_(told: str, ledger: str, turn: int) -> None:
    """Import file after file; tell their numbers."""
    with Store(where_of(ledger)) as store:
        tell = teller(told)
        for number in count():
            events = [company(f"firm-{turn}-{number}-{line}") for line in range(LINES)]
            append_lines(store, lines_from(events), recorder="worker")
            tell(number)


def grow(told: str, ledger: str, turn: int) -> None:
    """Register company after company, and bring the read models up to each; tell the ids."""
    with Store(where_of(ledger)) as store:
        tell = teller(told)
        for number in count():
            event = read_line(line_of(company(f"firm-{turn}-{number}")))
            (kept,) = append_event(store, event, recorder="worker").kept
            catch_up(where_of(ledger), DAY)
            tell(kept.id)


def grow_index(told: str, ledger: str, turn: int, room: int) -> None:
    """Make the read models anew, with an index that has little room; then record claim after claim, and change each.

    Tells their numbers, once the read models have them.
    """
    layout.ROOM = room
    with Store(where_of(ledger)) as store:
        make_anew(where_of(ledger), DAY)
        tell = teller(told)
        for number in count():
            append_lines(store, lines_from(_two_claims(turn, number)), recorder="worker")
            catch_up(where_of(ledger), DAY)
            tell(number)


def _two_claims(turn: int, number: int) -> list[Fields]:
    """A claim on two cells and one on a group, and a change to both, which ends rows of the index."""
    one, other = f"one-{turn}-{number}", f"other-{turn}-{number}"
    claims = [cleared(one, companies=["acme", "dyno"]), batch(other)]
    return [*claims, changed(one, companies=["bolt"]), changed(other, chips=["h200"])]


def killed_at(told: str, ledger: str, turn: int, step: int, *, at_removal: bool = False) -> None:
    """Let the index outgrow its room, and make the read models anew; be killed at the step-th look at a file.

    ``at_removal``: at the first index file that is to be removed.
    """
    layout.ROOM = 8
    with Store(where_of(ledger)) as store:
        make_anew(where_of(ledger), DAY)
        append_lines(store, lines_from(_two_claims(turn, 0)), recorder="worker")
    left = step

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event == "os.kill":  # the one below: it is looked at like any other
            return
        if at_removal:
            path = str(arguments[0]) if event == "os.remove" else ""
            left = 0 if path.endswith(".index") and Path(path).exists() else 1
        elif event == "open" or event.startswith(("os.", "sqlite3.", "mmap.", "fcntl.")):
            left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    tell = teller(told)
    sys.addaudithook(look)
    catch_up(where_of(ledger), DAY)
    make_anew(where_of(ledger), DAY)
    tell("survived")


def ask_on(report: str, ledger: str, until: str, *words: str) -> None:
    """Ask for one cell, again and again, until a file is there; write down each answer that is another than before."""
    last, asked = "", 0
    with Path(report).open("w") as file:
        while not Path(until).exists():
            answer = CliRunner().invoke(cli, ["--ledger", ledger, "state", "acme", "h20", *words, "--json"])
            found = json.dumps([answer.exit_code, answer.stdout, answer.stderr])
            if found != last:
                file.write(f"{found}\n")
            last, asked = found, asked + 1
        file.write(f"{asked}\n")


def rebuild(told: str, ledger: str) -> None:
    """Make the read models anew, again and again."""
    tell = teller(told)
    while True:
        tell(make_anew(where_of(ledger), DAY))


def export(told: str, ledger: str, *words: str) -> None:
    """Write the ledger to a file, again and again, as the program does."""
    tell = teller(told)
    while True:
        answer = CliRunner().invoke(cli, ["--ledger", ledger, "export", *words])
        assert answer.exit_code == 0, answer.output
        tell("written")


def copy(told: str, ledger: str, target: str) -> None:
    """Copy the ledger to place after place; tell their numbers."""
    tell = teller(told)
    for number in count():
        make_the_same(where_of(ledger), where_of(f"{target}-{number}"))
        tell(number)


def redact(told: str, ledger: str, *refs: str) -> None:
    """Redact event after event; tell their refs."""
    with Store(Path(ledger)) as store:
        tell = teller(told)
        for ref in refs:
            remove(store, ref, "a court has ordered it", recorder="worker")
            tell(ref)


def ask(report: str, *words: str) -> None:
    """Run the program, and write down how it ended and what it said."""
    answer = CliRunner().invoke(cli, words, prog_name="policytracker")
    Path(report).write_text(json.dumps([answer.exit_code, answer.output]))


def ask_within(report: str, size: int, *words: str) -> None:
    """The same where no file may grow beyond a size in bytes: to the program the disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    ask(report, *words)


def ask_without_rights(report: str, ledger: str, scratch: str, cache: str, *words: str) -> None:
    """Run the program as somebody whom modes of files bind, which root is not; read models go to ``cache``.

    It is run on a copy first: what it imports late may lie where that somebody cannot read.
    """
    file = os.open(report, os.O_WRONLY | os.O_CREAT, 0o600)
    os.environ["XDG_CACHE_HOME"] = cache
    for first in (words, ("rebuild",)):
        CliRunner().invoke(cli, ["--ledger", scratch, *first])
    _become_nobody()
    answer = CliRunner().invoke(cli, ["--ledger", ledger, *words], prog_name="policytracker")
    os.write(file, json.dumps([answer.exit_code, answer.stdout, answer.stderr]).encode())


def look_twice(report: str, ledger: str, go: str) -> None:
    """Look at a ledger as its pages do, as somebody whom modes of files bind: now, and once a file is there."""
    file = os.open(report, os.O_WRONLY | os.O_CREAT, 0o600)
    again = os.open(go, os.O_RDONLY)
    opened = Opened(where_of(ledger), lambda: DAY)
    _become_nobody()
    os.write(file, f"{opened.head().position}\n".encode())
    while not os.fstat(again).st_size:
        time.sleep(0.01)
    os.write(file, f"{opened.head().position}\n".encode())


def _become_nobody() -> None:
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def killed_before_placing(told: str, ledger: str, *words: str) -> None:
    """Run the program, and be killed when a ledger is made and not yet at its place; tell what the file says it is."""
    tell = teller(told)

    def kill(made: Path, target: Path) -> None:
        with closing(sqlite3.connect(made)) as connection:
            tell(connection.execute("PRAGMA application_id").fetchone()[0])
        os.kill(os.getpid(), signal.SIGKILL)

    placing._take_place = kill
    CliRunner().invoke(cli, ["--ledger", ledger, *words])
