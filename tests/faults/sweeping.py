"""One fault after another in a command that makes files; after each, what must hold is checked."""

import json
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.keeping.health.place import leftovers
from policytracker.ledger.beside import SUFFIX
from policytracker.ledger.errors import NOT_KNOWN
from tests.faults.making import Making, makings
from tests.faults.tracing import CannotTrace, Ended, Fault, Kind, traced

DONE = "what was done before stays: "


def sweep(report: str, base: str, name: str, most: int, kind: Kind) -> None:
    """Let a fault happen at up to so many calls of a command, evenly spread; report how often it did.

    Run it in a process without threads that has imported everything. What does not hold ends it.
    """
    making = makings(Path(base))[name]
    try:
        calls = len(_without_fault(making))
    except CannotTrace as error:
        Path(report).write_text(json.dumps({"cannot": str(error)}))
        return
    count = min(most, calls)
    offset = list(Kind).index(kind) / len(Kind)
    faults = [Fault(kind, 1 + int(calls / count * (number + offset))) for number in range(count)]
    done = sum(_with_fault(making, fault) for fault in faults)
    Path(report).write_text(json.dumps({"calls": calls, "done": done}))


def unconfirmed(report: str, base: str, name: str) -> None:
    """Let the disk confirm none of the writes of a command, one after another; report what was said of each."""
    making = makings(Path(base))[name]
    try:
        calls = _without_fault(making)
    except CannotTrace as error:
        Path(report).write_text(json.dumps({"cannot": str(error)}))
        return
    said = []
    for number, call in enumerate(calls, 1):
        if call in ("fsync", "fdatasync"):
            with _Place(making) as place:
                fault = Fault(Kind.FAILS, number)
                ended, told = place.traced(fault)
                place.check(ended, told, fault)
                said.append(told.splitlines()[-1])
    Path(report).write_text(json.dumps({"said": said}))


def _without_fault(making: Making) -> list[str]:
    """The calls of a command that write files. Raises CannotTrace."""
    with _Place(making) as place:
        ended, told = place.traced(None)
        assert (ended.code, place.state()) == (0, "new"), told
        return ended.calls


def _with_fault(making: Making, fault: Fault) -> int:
    """Let one fault happen; 1 where the command came so far."""
    with _Place(making) as place:
        ended, told = place.traced(fault)
        try:
            place.check(ended, told, fault)
        except Exception as error:
            error.add_note(f"{making.words}: {fault}, {ended.calls[-3:]}, {place.left()}\n{told}")
            raise
        return len(ended.calls) >= fault.call


class _Place:
    """A folder of its own for one run of a command."""

    def __init__(self, making: Making) -> None:
        self.making = making
        self.folder = Path(mkdtemp(prefix="sweep-"))

    def __enter__(self) -> "_Place":
        self.making.needs(self.folder)
        return self

    def __exit__(self, *exc: object) -> None:
        shutil.rmtree(self.folder)

    def traced(self, fault: Fault | None) -> tuple[Ended, str]:
        """Run the command in a process of its own: how that ended, and what it said."""
        output = os.memfd_create("output")

        def work() -> int:
            answer = self.run()
            os.write(output, answer.output.encode())
            return answer.exit_code

        try:
            ended = traced(work, fault)
            return ended, os.pread(output, 1_000_000, 0).decode()
        finally:
            os.close(output)

    def run(self, words: str | None = None) -> Result:
        given = (words or self.making.words).replace("FOLDER", str(self.folder)).split()
        return CliRunner().invoke(cli, given, prog_name="policytracker")

    def state(self) -> str:
        """What is there: the old, the new, or anything else."""
        path, found = self.folder / self.making.target, []
        for name, check in (("new", self.making.is_new), ("old", self.making.is_old)):
            try:
                if check(path):
                    return name
            except Exception as error:
                found.append(f"not {name}: {error!r}")
        return "; ".join(found) or "neither"

    def left(self) -> list[str]:
        """What was begun in the folder and is still there."""
        return [str(path) for path in self.folder.iterdir() if path.name.endswith(SUFFIX)]

    def check(self, ended: Ended, told: str, fault: Fault) -> None:
        """Whatever happened: old or new; said in one sentence; the same command works, and clears up; all is whole."""
        state = self.state()
        assert state in ("old", "new")
        if fault.kind is Kind.KILLED and ended.code == -9:
            assert told == ""
        elif ended.code == 0:
            assert state == "new"
        else:
            last = told.splitlines()[-1]
            assert ended.code == 1
            assert last.startswith("Error: ") and "; " in last and "mistake" not in told
            assert NOT_KNOWN in last or (DONE in last) == (state == "new")
        (finding,) = leftovers(self.folder / "any.ledger")
        assert all(each in finding.says for each in self.left())
        again = self.run()
        assert again.exit_code == 0 or (state == "new" and self.making.again in again.output), again.output
        assert self.state() == "new"
        self.check_ledgers()
        assert self.left() == []

    def check_ledgers(self) -> None:
        """Ledgers are whole, and answer; a backup has its checkpoint."""
        for path in self.folder.iterdir():
            if path.suffix == ".backup":
                assert path.with_name(f"{path.name}.checkpoint").exists()
            if path.suffix == ".ledger" and not path.name.startswith("."):
                for words in ("refresh", "verify", "state"):
                    answer = self.run(f"--ledger {path} {words}")
                    assert answer.exit_code == 0, answer.output
