"""Processes are killed while the index grows, is written anew, or is made anew: the next question finds it whole."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from policytracker.keeping.verify import damage
from policytracker.ledger.store import Store
from policytracker.projections.layout import place
from tests.demo import ask
from tests.faults import work
from tests.faults.counted import Count
from tests.faults.processes import FORKS, kill_during, lines_of
from tests.ledger.ground import REGISTRY, Ledger, batch, cleared
from tests.soak import often
from tests.views import files_of, kept_and_rebuilt

TURNS = 10
"""Kills of one ledger, before another is taken: so that ledgers stay small."""


def made(folder: Path, name: object) -> Path:
    """A new ledger with a registry and two claims."""
    path = folder / f"{name}.ledger"
    with Store.create(path) as store:
        Ledger(path, store).add(*REGISTRY, cleared(), batch())
    return path


def check(ledger: Path) -> None:
    """The next question leaves an index that equals one made anew, byte for byte; the next that projects, no litter."""
    assert ask(ledger, "state", "--nl").exit_code == 0
    kept, rebuilt = kept_and_rebuilt(ledger)
    assert kept == rebuilt
    assert list(damage(ledger)) == []
    assert ask(ledger, "refresh").exit_code == 0
    (left,) = files_of(place(ledger))
    assert left.endswith(".index")


def kills_of(work_of: Callable[..., None], arguments: tuple[object, ...], folder: Path, turns: int) -> int:
    """Kill some work at random moments, and check after each. How many processes were killed."""
    chance, kills = random.Random(work_of.__name__), 0
    for turn in range(turns):
        ledger = folder / f"{turn // TURNS}.ledger"
        if turn % TURNS == 0:
            made(folder, turn // TURNS)
        words = (str(ledger), *(turn if each == "turn" else each for each in arguments))
        kills += kill_during(work_of, words, folder / f"told-{turn}", chance).killed
        check(ledger)
    return kills


def test_an_index_that_was_growing_equals_one_made_anew(tmp_path: Path, counted: Count) -> None:
    """Each event adds a part to its tail."""
    kills = kills_of(work.grow_index, ("turn", 2_048), tmp_path, often(short=3, long=80))
    counted("kills while an index grew, each without a trace", kills)


def test_an_index_that_outgrew_its_room_equals_one_made_anew(tmp_path: Path, counted: Count) -> None:
    """Every third event or so lets its file be written anew."""
    kills = kills_of(work.grow_index, ("turn", 24), tmp_path, often(short=4, long=120))
    counted("kills while an index was written anew now and then, each without a trace", kills)


def test_an_index_that_was_made_anew_equals_one_made_anew(tmp_path: Path, counted: Count) -> None:
    kills = kills_of(work.rebuild, (), tmp_path, often(short=3, long=80))
    counted("kills while read models were made anew, each index without a trace", kills)


def test_a_kill_at_any_look_at_a_file_leaves_no_trace(tmp_path: Path, counted: Count) -> None:
    """One step after another of a catching up whose index outgrows its room, and of a rebuild, is the last one."""
    kills, survived = 0, False
    steps = iter(range(1, 1_000, often(short=11, long=1)))
    while not survived:
        step = next(steps)
        ledger, told = made(tmp_path, f"step-{step}"), tmp_path / f"step-{step}"
        process = FORKS.Process(target=work.killed_at, args=(str(told), str(ledger), step, step))
        process.start()
        process.join(timeout=60)
        survived = lines_of(told)[1:] == ["survived"]
        kills += not survived
        check(ledger)
    assert kills > 4
    counted("kills at one look at a file after another, each index without a trace", kills)


def test_an_outdated_index_file_stays_until_the_next_that_projects(tmp_path: Path, counted: Count) -> None:
    """The process is killed between the commit and the removal. Questions answer; the old file is in nobody's way."""
    ledger = made(tmp_path, "test")
    ask(ledger, "refresh")
    process = FORKS.Process(
        target=partial(work.killed_at, at_removal=True), args=(str(tmp_path / "told"), str(ledger), 0, 0)
    )
    process.start()
    process.join(timeout=60)
    left = set(files_of(place(ledger)))
    assert len(left) == 2

    assert ask(ledger, "state", "--nl").exit_code == 0
    kept, rebuilt = kept_and_rebuilt(ledger)
    assert kept == rebuilt
    check(ledger)
    assert set(files_of(place(ledger))) < left
    counted("kills between the commit and the removal of an outdated index", 1)


def test_what_a_killed_rebuild_has_left_is_cleared_by_the_next_that_projects(tmp_path: Path) -> None:
    """A folder in which read models were made; a file of them, and an index, that did not get the name."""
    ledger = made(tmp_path, "test")
    ask(ledger, "state")
    views = place(ledger)
    part = tmp_path / f".{views.name}.abcdefgh.part"
    part.mkdir()
    (part / views.name).touch()
    for name in (".ijklmnop", ".ijklmnop-wal", ".ijklmnop.1.0123abcd.index"):
        (tmp_path / f".{views.name}{name}").touch()
    assert ask(ledger, "log").exit_code == 0
    assert len(list(files_of(views))) == 5

    check(ledger)
