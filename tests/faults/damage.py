"""A ledger to be damaged, and what notices that it is."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from tests.cli.recording import ask
from tests.ledger.ground import QUOTA, REGISTRY, REPORT, Ledger, about, batch, changed, cleared, company

EVENTS = 60
QUESTIONS = (
    ("state", "--json", "--at", "2026-02-01"),
    ("export",),
    ("log", "--json", "--limit", "1000"),
    ("show", "--json", "batch-1"),
)
NEW = json.dumps(about("lifted", "clear-0", ref="late-word", report=REPORT)).encode() + b"\n"
NOTICED = {
    "is not a policytracker ledger": "refused as no ledger of this program",
    "an earlier version made the ledger": "refused as one of an earlier layout",
    "it was put back to an earlier state": "named by the read models",
    "it has no ": "named by the schema",
    "lie in the same place": "named by the schema",
    "malformed database schema": "named by the schema",
    "the ledger is damaged": "named by an id, a seal, a ref or an end",
    "cannot be used now": "named by SQLite",
    "is no event recorded so far": "refused by the import, which does not find its target",
}
"""What noticed a damage, by words of the message; the first that fit."""
UNUSED = "without effect, also for verify"
VERIFIED = "answered and recorded as before, and named by verify"


@dataclass(frozen=True)
class Sample:
    """A ledger file, and what every question answers of it."""

    path: Path
    checkpoint: Path
    answers: dict[tuple[str, ...], str]
    places: dict[int, tuple[str, int]]
    """Stream and version of each event, by its position."""
    refs: dict[int, str]
    """By position, too."""
    ends: frozenset[int]
    """The positions with which a tree is kept: there the ledger ended once."""


def made_in(folder: Path) -> Sample:
    """A ledger of sixty events in imports of one to nine; the last two stand alone."""
    chance, path = random.Random(14), folder / "test.ledger"
    with Store.create(path) as store:
        ledger = Ledger(path, store)
        ledger.add(*REGISTRY)
        made = _events()
        while (left := EVENTS - 2 - ledger.head().position) > 0:
            ledger.clock += chance.randrange(5_000_000)
            ledger.add(*[next(made) for _ in range(min(left, chance.randrange(1, 10)))])
        for _ in range(2):
            ledger.add(next(made))
    with open_ledger(path) as source:
        rows = list(source.everything())
    asked = Path(shutil.copy(path, folder / "asked.ledger"))
    return Sample(
        path,
        _checkpoint(asked),
        dict(_answers(asked)),
        {row.position: (row.stream, row.version) for row in rows},
        {row.position: row.ref for row in rows if row.ref is not None},
        frozenset(row.position for row in rows if row.tree is not None),
    )


def _events() -> Iterator[dict[str, Any]]:
    for number in range(EVENTS):
        yield cleared(f"clear-{number}", note=f"第 {number} 号 – “quoted”", chips=["h200"], **QUOTA)
        yield batch(f"batch-{number}")
        yield about("corroborated", f"clear-{number}", report={**REPORT, "title": f"Report {number}"})
        yield changed(f"batch-{number}", f"slip-{number}", note=f"mended {number}")
        yield company("acme", name=f"Acme {number}")
        yield about("retracted", f"batch-{number}")


def _checkpoint(path: Path) -> Path:
    kept = path.with_name("kept.checkpoint")
    found = ask(path, "checkpoint", "-o", str(kept))
    assert found.exit_code == 0, found.output
    return kept


def _answers(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    for question in QUESTIONS:
        found = ask(path, *question)
        assert found.exit_code == 0, found.output
        yield question, found.stdout


def copy_of(sample: Sample, to: Path, asked: bool) -> Path:
    """The ledger's file alone; once it was ``asked`` something, with read models beside it."""
    for left in to.parent.glob(f"{to.name}*"):
        left.unlink()
    shutil.copy(sample.path, to)
    if asked:
        assert ask(to, "state").exit_code == 0
    return to


def noticed_by(sample: Sample, path: Path) -> str:
    """Ask every question, then import one event; say what noticed the damage. Fails where something is silent."""
    noticed = [_asked(path, question, answer) for question, answer in sample.answers.items()]
    noticed.append(_imported(path))
    return next(kind for kind in noticed if kind)


def _asked(path: Path, question: tuple[str, ...], answer: str) -> str:
    found = ask(path, *question)
    if found.exit_code == 0:
        assert found.stdout == answer, f"{question[0]} answers otherwise, and says nothing"
        return ""
    assert found.stdout == ""
    return _kind(found.exception, found.stderr)


def _kind(raised: BaseException | None, message: str) -> str:
    """What noticed the damage, by the one sentence that says it; an import that refuses a line names it on another."""
    assert isinstance(raised, SystemExit), raised
    told = [line for line in message.splitlines() if not line.startswith("note: ")]
    assert told[0].startswith("Error: ")
    assert len(told) == 1 or told[0] == "Error: 1 line was refused, so nothing was added:", message
    kinds = [kind for words, kind in NOTICED.items() if words in told[-1]]
    assert kinds, message
    return kinds[0]


def _imported(path: Path) -> str:
    """Import an event: refused, or the ledger holds it, and no event recorded before is damaged by it."""
    content, before = path.read_bytes(), _damaged(path)
    found = ask(path, "import", "-", text=NEW)
    noticed = _kind(found.exception, found.stderr) if found.exit_code else ""
    if not found.stdout:
        assert path.read_bytes() == content, "refused, and changed the file"
        return noticed
    after = _damaged(path)
    assert before or not after, "an import has damaged it"
    assert after - {EVENTS + 1} <= before | {0}, "an import has damaged more of it"
    return noticed or (VERIFIED if before else UNUSED)


def _damaged(path: Path) -> set[int]:
    """The positions of what `verify` names, 0 for the ledger as a whole."""
    try:
        return {found.position for found in ledger_damage(path)}
    except LedgerError:
        return {0}
