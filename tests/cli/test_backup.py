"""``backup`` and ``restore``: what is written is whole, or nothing is."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from policytracker.keeping import backups
from policytracker.ledger.audit import Damage, ledger_damage
from policytracker.ledger.beside import SUFFIX
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server, Where
from policytracker.projections.layout import place
from policytracker.seals.checkpoint import read_checkpoint
from policytracker.seals.notes import open_note, verifier_key
from tests.demo import ask, rows
from tests.homes import HOMES, change, databases_of
from tests.ledger.ground import Ledger, company
from tests.shipped import shipped

EVENTS = len(shipped())
Other = Callable[[], Where]
NEWS = ("--publisher", "Caixin", "--published", "2026-01-29", "--attribution", "official")
LIFTED = ("record", "lifted", "cn-2026-01-14-customs", *NEWS, "--anyway")
ACME = ("record", "company-registered", "--name", "Acme", "--jurisdiction", "SG", "--company")


@pytest.fixture(params=HOMES)
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where nothing is yet."""
    return tmp_path / "there" / "restored.ledger" if request.param == "file" else databases_of(request).fresh()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where nothing but backups lie."""
    made = tmp_path / "kept"
    made.mkdir()
    return made


@pytest.fixture
def saved(demo: Where, folder: Path) -> Path:
    """A backup of the shipped history."""
    return backed_up(demo, folder / "demo.backup")


def backed_up(ledger: Where, file: Path, *more: str) -> Path:
    answer = ask(ledger, "backup", str(file), *more)
    assert answer.exit_code == 0, answer.output
    return file


def content(where: Where) -> tuple[Any, ...]:
    with open_ledger(where) as source:
        return source.head(), source.count(), list(source.events())


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for the views."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".views"))


def refused(answer: Result, code: int, words: str) -> bool:
    assert answer.exit_code == code, answer.output
    assert words in answer.stderr
    return answer.stdout == "" and answer.stderr.count("\n") == 1


def test_a_backup_is_the_ledger_in_one_file_with_its_checkpoint(demo: Where, tmp_path: Path) -> None:
    file = tmp_path / "demo.backup"

    answer = ask(demo, "backup", str(file))

    (head, *_) = content(demo)
    root = read_checkpoint(Path(f"{file}.checkpoint").read_bytes()).checkpoint
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines() == [
        f"backed up {EVENTS} events to {file}, {file.stat().st_size:,} bytes; every seal holds",
        f"identity    {head.ledger}",
        f"root        {backup_root(file)}",
        f"checkpoint  {file}.checkpoint",
    ]
    assert (root.origin, root.size) == (f"policytracker/{head.ledger}", EVENTS)
    assert content(file) == content(demo)
    assert {"demo.backup", "demo.backup.checkpoint"} <= set(names(tmp_path))
    assert not [name for name in names(tmp_path) if name.endswith(SUFFIX) or name.startswith("demo.backup-")]


def backup_root(file: Path) -> str:
    return Path(f"{file}.checkpoint").read_text().splitlines()[2]


def test_a_backup_is_told_in_a_machines_words_too(demo: Where, tmp_path: Path) -> None:
    file = tmp_path / "demo.backup"

    (told,) = rows(demo, "backup", str(file))

    assert told == {
        "backup": str(file),
        "checkpoint": f"{file}.checkpoint",
        "bytes": file.stat().st_size,
        "identity": content(demo)[0].ledger,
        "events": EVENTS,
        "root": backup_root(file),
    }


def test_a_backup_is_read_where_nothing_can_be_written(saved: Path) -> None:
    """A file in WAL mode could not be: SQLite has to make files beside it."""
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.files
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_backup_is_open_to_nobody_to_whom_the_ledger_is_not(copied: Path, tmp_path: Path, mode: int) -> None:
    copied.chmod(mode)

    file = backed_up(copied, tmp_path / "b")

    assert file.stat().st_mode & 0o777 == mode
    assert ask(tmp_path / "r", "restore", str(file)).exit_code == 0
    assert (tmp_path / "r").stat().st_mode & 0o777 == mode


def test_the_checkpoint_of_a_backup_can_be_signed(demo: Where, tmp_path: Path) -> None:
    key = tmp_path / "key"
    public = verifier_key(ask(demo, "checkpoint", "--new-key", str(key), "--name", "example.com/x").stdout.strip())

    file = backed_up(demo, tmp_path / "b", "--key", str(key))

    assert open_note(Path(f"{file}.checkpoint").read_bytes(), [public]).signers == (public,)
    answer = ask(tmp_path / "r", "restore", str(file), "--against", f"{file}.checkpoint", "--key", str(public))
    assert answer.exit_code == 0, answer.output
    assert f"signed by {public}" in answer.stdout


@pytest.mark.parametrize("taken", ["b", "b.checkpoint"])
def test_a_backup_takes_the_place_of_nothing(demo: Where, tmp_path: Path, taken: str) -> None:
    file = tmp_path / taken
    file.write_text("something of mine")

    answer = ask(demo, "backup", str(tmp_path / "b"))

    assert refused(answer, 1, f"{file} is there already, and a backup takes the place of nothing; choose another name")
    assert file.read_text() == "something of mine"
    assert [name for name in names(tmp_path) if name.startswith("b")] == [taken]


def test_a_folder_that_is_not_there_is_not_made(demo: Where, tmp_path: Path) -> None:
    """The disk was not mounted."""
    answer = ask(demo, "backup", str(tmp_path / "stick" / "b"))

    assert refused(answer, 1, f"there is no folder {tmp_path}/stick; make it, or see whether the disk that it is on is")
    assert not (tmp_path / "stick").exists()


def test_a_damaged_ledger_gives_no_backup(copied: Where, folder: Path) -> None:
    change(copied, "UPDATE ledger_entries SET recorder = 'eve' WHERE position = 5")

    answer = ask(copied, "backup", str(folder / "b"))

    assert refused(answer, 5, " is damaged, and nothing was backed up: event ")
    assert "at position 5: its seal does not match its position, id, name, time and recorder" in answer.stderr
    assert names(folder) == []


@pytest.mark.files
def test_a_ledger_that_was_cut_short_gives_no_backup(copied: Path, folder: Path) -> None:
    os.truncate(copied, 100_000)

    answer = ask(copied, "backup", str(folder / "b"))

    assert refused(answer, 5, f"the ledger {copied} is damaged, and nothing was backed up: after position 0 it cannot")
    assert names(folder) == []


@pytest.mark.files
@pytest.mark.parametrize("taken", ["b", "b.checkpoint"])
def test_who_comes_while_a_backup_is_taken_stays(copied: Path, folder: Path, taken: str) -> None:
    """Somebody writes a file of that name meanwhile."""
    first = folder / taken

    with pytest.raises(backups.BackupThere, match=rf"^{first} is there already, and a backup takes the place of "):
        backups.backup(copied, folder / "b", progress=lambda *_: (first.write_text("mine"), None)[1])

    assert first.read_text() == "mine"
    assert names(folder) == [taken]


@pytest.mark.files
def test_a_folder_that_takes_no_files_is_told(demo: Path) -> None:
    answer = ask(demo, "backup", "/proc/b")

    assert refused(answer, 1, "/proc/b was not made (No such file or directory); check its folder and free space")


def test_the_restore_drill(demo: Where, copied: Where, there: Where, tmp_path: Path) -> None:
    """A checkpoint is kept, more is recorded, a backup is taken; the ledger is lost; it is restored and goes on."""
    kept = tmp_path / "kept.checkpoint"
    assert ask(copied, "checkpoint", "-o", str(kept)).exit_code == 0
    assert ask(copied, *LIFTED).exit_code == 0
    file = backed_up(copied, tmp_path / "b")

    answer = ask(there, "restore", str(file), "--against", str(kept), f"{file}.checkpoint")

    assert answer.exit_code == 0, answer.output
    head = content(copied)[0]
    lines = answer.stdout.splitlines()
    assert lines[0] == f"restored {EVENTS + 1} events from {file} to {there}; every seal holds"
    assert lines[1:3] == [f"identity  {head.ledger}", f"root      {backup_root(file)}"]
    assert lines[3].startswith("newest    recorded 20")
    assert lines[4:] == [
        f"extends {kept}: its {EVENTS} events are the first of this ledger; it is unsigned",
        f"extends {file}.checkpoint: its {EVENTS + 1} events are the first of this ledger; it is unsigned",
    ]
    assert content(there) == content(copied)
    for question in (("log",), ("state", "--at", "2026-01-28"), ("verify", "--against", str(kept))):
        assert rows(there, *question) == rows(copied, *question)
    assert ask(there, *ACME, "acme").exit_code == 0
    assert ask(there, "verify", "--against", f"{file}.checkpoint").exit_code == 0


def test_a_restore_is_told_in_a_machines_words_too(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "r.ledger"

    (told,) = rows(place, "restore", str(saved), "--against", f"{saved}.checkpoint")

    head = content(place)[0]
    assert told["recorded"].startswith("20")
    assert {**told, "recorded": ""} == {
        "ledger": str(place),
        "backup": str(saved),
        "identity": head.ledger,
        "events": EVENTS,
        "root": backup_root(saved),
        "recorded": "",
        "extends": [f"{saved}.checkpoint"],
    }


def test_a_restored_file_is_durable_again(saved: Path, tmp_path: Path) -> None:
    assert ask(tmp_path / "r", "restore", str(saved)).exit_code == 0

    with closing(sqlite3.connect(tmp_path / "r")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_ledger_that_is_there_is_not_restored_over(copied: Where, saved: Path) -> None:
    before = content(copied)

    answer = ask(copied, "restore", str(saved))

    assert refused(answer, 1, f"{copied} is there already, and nothing was restored; ")
    way_out = "name an empty database" if isinstance(copied, Server) else "move it away, with the files -wal and -shm"
    assert way_out in answer.stderr
    assert content(copied) == before


@pytest.mark.files
def test_the_journal_of_a_lost_ledger_is_not_written_into_the_restored_one(saved: Path, tmp_path: Path) -> None:
    """The file went, its log stayed: SQLite would take it for the newest part of whatever stands there next."""
    lost, log = tmp_path / "r.ledger", tmp_path / "r.ledger-wal"
    log.write_bytes(b"pages")

    answer = ask(lost, "restore", str(saved))

    assert refused(
        answer, 1, f"{log} lies beside {lost} and belongs to a database that was there; SQLite would write it"
    )
    assert not lost.exists()
    log.unlink()
    assert ask(lost, "restore", str(saved)).exit_code == 0


def test_a_damaged_backup_is_not_restored(saved: Path, there: Where) -> None:
    change(saved, "UPDATE stored_events SET state = {Tencent, Tencemt} WHERE originator_id = 'company:tencent'")
    with open_ledger(saved) as source:
        row = next(row for row in source.rows() if b"Tencemt" in row.state)

    answer = ask(there, "restore", str(saved))

    assert refused(answer, 5, f"the backup {saved} is damaged, and nothing was restored: event {row.id[:12]} at ")
    assert "its content does not match its id: it was changed after recording; restore another backup" in answer.stderr
    assert nothing_there(there)


def nothing_there(where: Where) -> bool:
    return ask(where, "state").stderr.startswith("Error: no ledger at ")


@pytest.mark.files
@pytest.mark.parametrize("size", [8_192, 100_000])
def test_a_backup_that_was_cut_short_is_not_restored(saved: Path, tmp_path: Path, size: int) -> None:
    os.truncate(saved, size)

    answer = ask(tmp_path / "r", "restore", str(saved))

    assert refused(answer, 5, f"the backup {saved} is damaged, and nothing was restored: ")
    assert not (tmp_path / "r").exists()


@pytest.mark.files
@pytest.mark.parametrize(
    ("text", "why"), [(None, "there is no such file"), ("text" * 999, "it is no SQLite database")], ids=["none", "text"]
)
def test_what_is_no_backup_is_not_restored(tmp_path: Path, text: str | None, why: str) -> None:
    file = tmp_path / "b"
    if text:
        file.write_text(text)

    answer = ask(tmp_path / "r", "restore", str(file))

    assert refused(answer, 1, f"{file} is no backup ({why}); name a file that `policytracker backup` wrote, or a ledg")


def test_a_backup_that_does_not_extend_a_kept_checkpoint_is_not_restored(
    copied: Where, saved: Path, there: Where, tmp_path: Path
) -> None:
    """The checkpoint is of a later day: the backup is whole, and older than was thought."""
    assert ask(copied, *LIFTED).exit_code == 0
    later = tmp_path / "later"
    assert ask(copied, "checkpoint", "-o", str(later), "--origin", "example.com/x").exit_code == 0

    answer = ask(there, "restore", str(saved), "--against", str(later))

    assert refused(
        answer, 5, f"the backup {saved} does not extend {later}, and nothing was restored: it is of {EVENTS + 1} ev"
    )
    assert nothing_there(there)
    assert ask(there, "restore", str(saved), str(later)).exit_code == 2


@pytest.mark.files
def test_what_is_written_wrong_does_not_take_its_place(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup is whole, and the disk writes something else."""

    def looked(where: Path) -> list[Damage]:
        return list(ledger_damage(where)) if where == saved else [Damage(7, "ab" * 32, "its content is missing")]

    monkeypatch.setattr("policytracker.keeping.backups.ledger_damage", looked)

    answer = ask(tmp_path / "new" / "r", "restore", str(saved))

    assert refused(answer, 5, "is not: event abababababab at position 7: its content is missing; do not use that, look")
    assert names(tmp_path / "new") == []


@pytest.mark.files
def test_read_models_of_what_stood_there_are_made_anew(copied: Path, saved: Path, tmp_path: Path) -> None:
    """They are of the same ledger, went further, and the file that they were made from is gone."""
    assert ask(copied, *ACME, "acme").exit_code == 0
    assert len(rows(copied, "log")) == EVENTS + 1
    moved = tmp_path / "broken"
    copied.rename(moved)

    assert ask(copied, "restore", str(saved)).exit_code == 0

    assert len(rows(copied, "log")) == EVENTS
    assert place(copied).exists()
    assert ask(copied, "verify").exit_code == 0


def test_a_redacted_ledger_is_backed_up_and_restored_without_what_was_removed(
    copied: Where, there: Where, tmp_path: Path
) -> None:
    with open_ledger(copied) as source:
        states = {row.ref: row.state for row in source.rows()}
    done = ask(copied, "redact", "cn-2026-01-28-batch", "--reason", "court order 12/2026", "--yes")
    assert done.exit_code == 0, done.output

    file = backed_up(copied, tmp_path / "b")
    assert ask(there, "restore", str(file)).exit_code == 0

    told = ask(there, "verify").stdout.splitlines()
    assert told[0].startswith(f"whole: {EVENTS + 1} events")
    assert told[1].endswith("court order 12/2026")
    assert states["cn-2026-01-28-batch"] not in file.read_bytes()
    assert states["cn-2026-01-28-batch-named"] in file.read_bytes()
    assert content(there) == content(copied)


@pytest.mark.files
def test_a_backup_taken_during_writes_holds_all_that_was_acknowledged_before(tmp_path: Path) -> None:
    """Another process records one event after another, and says which have landed."""
    ledger = tmp_path / "busy.ledger"
    with Store.create(ledger) as store:
        Ledger(ledger, store).add(*[company(f"c{number}", note="x" * 500) for number in range(400)])
    writer = subprocess.Popen([sys.executable, "-c", WRITES, str(ledger)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    try:
        sizes = []
        for turn in range(3):
            acknowledged = int(writer.stdout.readline())
            file = backed_up(ledger, tmp_path / f"b{turn}")
            sizes.append(content(file)[0].position)
            assert sizes[-1] >= acknowledged
            assert ask(file, "verify").exit_code == 0
    finally:
        writer.kill()
        writer.wait()
    assert sizes == sorted(set(sizes)), "nobody recorded meanwhile"


WRITES = """
import sys
from itertools import count
from pathlib import Path
from policytracker.events.forms import read_line
from policytracker.ledger.appending import append_event
from policytracker.ledger.store import Store

with Store(Path(sys.argv[1])) as store:
    for number in count():
        line = b'{"type": "company-registered", "company": "n%d", "name": "N", "jurisdiction": "CN"}' % number
        done = append_event(store, read_line(line), recorder="writer")
        print(done.position, flush=True)
"""


@pytest.mark.files
def test_a_killed_backup_leaves_nothing_where_it_was_to_stand(demo: Path, folder: Path) -> None:
    """Killed while it checks what it wrote. The next one into the folder clears away what was left."""
    waits = "import time; from policytracker.keeping import backups; from policytracker.cli.main import cli\n"
    waits += "def wait(_): print('written', flush=True); time.sleep(60)\nbackups.ledger_damage = wait\n"
    waits += f"cli(['--ledger', {str(demo)!r}, 'backup', {str(folder / 'one')!r}])"
    process = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "written\n"

    backed_up(demo, folder / "beside")
    (half,) = [name for name in names(folder) if name.endswith(SUFFIX)]
    assert not {"one", "one.checkpoint"} & set(names(folder))
    process.send_signal(signal.SIGKILL)
    process.wait()

    backed_up(demo, folder / "two")
    assert half not in names(folder)
    assert names(folder) == ["beside", "beside.checkpoint", "two", "two.checkpoint"]


@pytest.mark.files
def test_a_place_without_hard_links_is_good_enough(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)

    file = backed_up(demo, tmp_path / "b")

    assert content(file) == content(demo)
    assert ask(demo, "backup", str(file)).exit_code == 1


@pytest.mark.files
def test_a_writer_that_never_rests_does_not_make_a_backup_start_anew(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One event is recorded after every few pages; the backup is of the moment at which it was begun."""
    monkeypatch.setattr("policytracker.ledger.backing_up.PAGES", 5)
    told: list[int] = []
    with Store(copied) as store:

        def meanwhile(done: int, total: int) -> None:
            told.append(done)
            Ledger(copied, store).add(company(f"c{done}"))

        made = backups.backup(copied, tmp_path / "b", progress=meanwhile)

    assert made.head.position == content(tmp_path / "b")[0].position == EVENTS
    assert told == sorted(set(told))
    assert content(copied)[0].position == EVENTS + len(told)


@pytest.mark.files
def test_progress_is_told_to_the_end(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytracker.ledger.backing_up.PAGES", 10)
    told: list[tuple[int, int]] = []

    backups.backup(copied, tmp_path / "b", progress=lambda done, total: told.append((done, total)))

    pages = (tmp_path / "b").stat().st_size // 4096
    assert told[0] == (10, pages)
    assert told[-1] == (pages, pages)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
