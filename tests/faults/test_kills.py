"""Processes are killed (SIGKILL) at any moment: what was acknowledged is there, and nothing is there by half."""

import random
from collections import Counter
from pathlib import Path

import pytest

from policytracker.keeping.verify import damage, ledger_damage
from policytracker.ledger.reading import Row, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.layout import place_of
from tests.demo import ask
from tests.faults import work
from tests.faults.counted import Count
from tests.faults.processes import kill_during
from tests.ledger.ground import Ledger, cleared, company
from tests.soak import often


@pytest.fixture
def where(ledger: Ledger) -> Where:
    """A ledger that nobody else has open, so that whoever opens it next has to put it in order."""
    ledger.store.close()
    return ledger.path


def kept(where: Where) -> list[Row]:
    """The events of a ledger, after it was found whole."""
    assert list(ledger_damage(where)) == []
    with open_ledger(where) as source:
        rows = list(source.rows())
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return rows


def left(folder: Path) -> list[str]:
    """What was made beside its place, and did not take it."""
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def home(where: Where) -> str:
    return "file" if isinstance(where, Path) else "server"


def turns(where: Where, count: int) -> range:
    """So many times for a file, and half of that for a server, where each takes longer."""
    return range(count if isinstance(where, Path) else count // 2)


def test_what_was_acknowledged_is_kept_once(where: Where, tmp_path: Path, counted: Count) -> None:
    """And of what was not, at most one event for each kill."""
    chance = random.Random("append")
    before, acknowledged, kills = len(kept(where)), list[str](), 0
    for turn in turns(where, often(short=8, long=60)):
        told, killed = kill_during(work.append, (str(where), turn), tmp_path / f"told-{turn}", chance)
        acknowledged += told
        kills += killed
        ids = Counter(row.id for row in kept(where))
        assert [ids[event_id] for event_id in acknowledged] == [1] * len(acknowledged)
        assert ids.total() - before - len(acknowledged) <= kills
    assert acknowledged
    counted(f"kills during appends ({home(where)})", kills)
    counted(f"events acknowledged by killed processes ({home(where)}), all of them kept", len(acknowledged))


def test_an_import_is_kept_whole_or_not_at_all(where: Where, tmp_path: Path, counted: Count) -> None:
    chance = random.Random("imports")
    imports, kills = 0, 0
    for turn in turns(where, often(short=6, long=50)):
        told, killed = kill_during(work.import_, (str(where), turn), tmp_path / f"told-{turn}", chance)
        kills += killed
        imports += len(told)
        own = [row.stream for row in kept(where) if row.stream.startswith(f"company:firm-{turn}-")]
        files = Counter(stream.split("-")[2] for stream in own)
        assert set(files.values()) <= {work.LINES}
        assert set(told) <= set(files)
        assert len(files) - len(told) <= 1
    counted(f"kills during imports ({home(where)})", kills)
    counted(f"imports acknowledged by killed processes ({home(where)}), all of them kept whole", imports)


def test_read_models_that_were_growing_answer_for_all_events(where: Where, tmp_path: Path, counted: Count) -> None:
    chance = random.Random("grow")
    acknowledged, kills = 0, 0
    for turn in turns(where, often(short=4, long=25)):
        told, killed = kill_during(work.grow, (str(where), turn), tmp_path / f"told-{turn}", chance)
        kills += killed
        acknowledged += len(told)
        listed = ask(where, "log", "--nl").stdout.splitlines()
        assert len(listed) == len(kept(where))
        assert list(damage(where)) == []
    assert acknowledged
    counted(f"kills while read models grew ({home(where)})", kills)


def test_a_rebuild_that_is_killed_leaves_the_old_read_models(where: Where, tmp_path: Path, counted: Count) -> None:
    """They answer as before, and what killed processes have left does not pile up."""
    chance = random.Random("rebuild")
    before = ask(where, "state", "--nl").stdout
    with open_ledger(where) as source:
        views = place_of(source)
    kills = 0
    for turn in turns(where, often(short=8, long=50)):
        kills += kill_during(work.rebuild, (str(where),), tmp_path / f"told-{turn}", chance).killed
        assert ask(where, "state", "--nl").stdout == before
        assert list(damage(where)) == []
        assert len(left(views.parent)) <= 1
    assert ask(where, "rebuild").exit_code == 0
    assert left(views.parent) == []
    assert [path.name for path in views.parent.glob(f".{views.name}.????????")] == [views.readlink().name]
    counted(f"kills during rebuilds ({home(where)})", kills)


@pytest.mark.files
def test_an_export_that_is_killed_leaves_the_old_file(where: Where, tmp_path: Path, counted: Count) -> None:
    """What there was before, or the ledger of today, or nothing where there was nothing: never a part of it."""
    chance = random.Random("export")
    file = tmp_path / "exports" / "ledger.jsonl"
    file.parent.mkdir()
    may_be, kills = {""}, 0
    for turn in range(often(short=8, long=50)):
        grow_by_one(where, turn)
        may_be.add(ask(where, "export").stdout)
        words = (str(where), "-o", str(file), "--force")
        kills += kill_during(work.export, words, tmp_path / f"told-{turn}", chance).killed
        found = file.read_text() if file.exists() else ""
        assert found in may_be
        assert len(left(file.parent)) <= 1
        may_be = {found}
    assert ask(where, "export", "-o", str(file), "--force").exit_code == 0
    assert [path.name for path in file.parent.iterdir()] == ["ledger.jsonl"]
    counted("kills during exports", kills)


@pytest.mark.files
def test_a_copy_that_is_killed_is_there_whole_or_not_at_all(where: Where, tmp_path: Path, counted: Count) -> None:
    chance = random.Random("copy")
    whole, kills = kept(where), 0
    for turn in range(often(short=4, long=25)):
        folder = tmp_path / f"copies-{turn}"
        folder.mkdir()
        words = (str(where), str(folder / "copy"))
        told, killed = kill_during(work.copy, words, tmp_path / f"told-{turn}", chance)
        kills += killed
        made = [path for path in folder.iterdir() if path.name not in left(folder)]
        assert {f"copy-{number}" for number in told} <= {path.name for path in made}
        for path in made:
            assert kept(path) == whole
    counted("kills during copies", kills)


@pytest.mark.files
def test_a_redaction_that_is_killed_is_made_or_not(ledger: Ledger, tmp_path: Path, counted: Count) -> None:
    """Content gone and the redaction recorded, or neither; and the next one clears what was left in the files."""
    chance = random.Random("redact")
    refs = [f"clear-{number}" for number in range(200)]
    contents = [f"note {chance.randbytes(8).hex()}" for _ in refs]
    ledger.add(*[cleared(ref, note=note) for ref, note in zip(refs, contents, strict=True)])
    ledger.store.close()
    done, kills = 0, 0
    for turn in range(often(short=4, long=25)):
        words = (str(ledger.file), *refs[done:])
        told, killed = kill_during(work.redact, words, tmp_path / f"told-{turn}", chance)
        kills += killed
        rows = kept(ledger.file)
        gone = sum(not row.state for row in rows)
        assert gone == sum(row.topic.startswith("redacted/") for row in rows)
        assert 0 <= gone - done - len(told) <= 1
        done = gone
    assert ask(ledger.file, "redact", refs[done], "--reason", "the last one", "--yes").exit_code == 0
    content = ledger.file.read_bytes()
    assert not [note for note in contents[: done + 1] if note.encode() in content]
    counted("kills during redactions", kills)


def grow_by_one(where: Where, turn: int) -> None:
    """Record one more event."""
    from policytracker.ledger.store import Store

    with Store(where) as store:
        Ledger(where, store).add(company(f"more-{turn}"))
