"""The commands of a page, run one after another by a shell in an empty folder, and what the page shows of them.

A block ``console`` has commands, each after ``$ ``, with what they print. A block of another kind is a file where the
line before it ends with "as `NAME`:". In what is shown, a line ``…`` stands for any lines, and `` …`` at the end of a
line for its rest. ``python -m tests.docs.consoles PAGE…`` writes anew what differs.
"""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policytracker.events.dates import iso
from policytracker.ledger.clock import today

BLOCK = re.compile(r"(?:\bas `(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
END = "(end of a command)"
"""What the shell prints after each command, on a line of its own."""
FOLDER = "/home/mia/tracker"
"""What pages call the folder in which they work."""
PORT = "8642"
KEPT = ("PATH", "TMPDIR")
"""What the shell of a page knows of the environment: pytest, for one, prints whole messages where ``CI`` is set."""
LONGEST = 300
"""Seconds in which the commands of a page have run, on a machine that has much else to do."""
DIFFERENT_EACH_TIME = {
    r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z": "2026-10-12T09:30:00Z",
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b": "fbb7b6ff-2925-417d-86f5-b65a04b64021",
    r"\bin \d+\.\d\ds": "in 0.50s",
}
"""Times and names that no two runs have in common, and what stands for them."""


class Shown(NamedTuple):
    """A command of a page, what the page shows of it (from which character to which), and what it printed."""

    command: str
    shown: str
    start: int
    end: int
    printed: str

    @property
    def differs(self) -> bool:
        """Whether the page shows something else than was printed."""
        pattern = "".join(map(_pattern_of, self.shown.splitlines(keepends=True)))
        return re.fullmatch(pattern, self.printed) is None


def run(page: str, folder: Path) -> list[Shown]:
    """Run the commands of a page in an empty folder. Raises AssertionError where the shell stops before the end."""
    script: list[str] = []
    commands: list[tuple[str, str, int, int]] = []
    port = _free_port()
    for block in BLOCK.finditer(page):
        if block["kind"] == "console":
            for each in COMMAND.finditer(block["text"]):
                start, end = (block.start("text") + place for place in each.span("shown"))
                commands.append((each["command"], each["shown"], start, end))
                script.append(_step(each["command"].replace(PORT, port), port))
        elif block["file"]:
            script.append(f"cat > '{block['file']}' <<'{END}'\n{block['text']}{END}\n")
    *printed, rest = _printed("".join(script), folder).replace(port, PORT).split(f"{END}\n")
    assert len(printed) == len(commands), f"the shell stopped at: {rest}"
    return [Shown(*command, _same_each_time(text)) for command, text in zip(commands, printed, strict=True)]


def anew(page: str, folder: Path) -> str:
    """The page with what its commands print, where it shows something else."""
    for each in reversed(run(page, folder)):
        if each.differs:
            page = page[: each.start] + each.printed + page[each.end :]
    return page


def _step(command: str, port: str) -> str:
    """A command and what tells its end; a server goes on until the shell ends."""
    if command.startswith("policytracker serve"):
        serving = (
            f"{command} --port {port} > .serving & until grep -qs {port} .serving; do sleep 0.1; done; cat .serving"
        )
        return f"{serving}\necho '{END}'\n"
    return f"{command}\ncode=$?; echo '{END}'; (exit $code)\n"


def _printed(script: str, folder: Path) -> str:
    """What the shell prints, errors in between, with the folder under the name that pages give it."""
    settings = {name: os.environ[name] for name in KEPT if name in os.environ}
    settings |= {"HOME": str(folder), "NO_COLOR": "1", "COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    settings["PATH"] = f"{Path(sys.executable).parent}:{settings['PATH']}"
    whole = f"exec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n{script}"
    done = subprocess.run(
        ["bash", "-c", whole], cwd=folder, env=settings, stdout=subprocess.PIPE, text=True, timeout=LONGEST
    )
    return done.stdout.replace(str(folder), FOLDER)


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _pattern_of(line: str) -> str:
    if line == "…\n":
        return "(?:.*\n)*"
    if line.endswith(" …\n"):
        return re.escape(_same_each_time(line[:-2])) + ".*\n"
    return re.escape(_same_each_time(line))


def _same_each_time(text: str) -> str:
    for pattern, constant in DIFFERENT_EACH_TIME.items():
        text = re.sub(pattern, constant, text)
    text = re.sub(r"^note: the day asked for lies .*\n", "", text, flags=re.MULTILINE)
    return text.replace(iso(today()), "TODAY")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with TemporaryDirectory() as place:
            file = Path(name)
            file.write_text(anew(file.read_text(encoding="utf-8"), Path(place)), encoding="utf-8")
