"""``doctor`` finds what is wrong with what a ledger rests on: each finding is produced, and told with what to do."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.version import Version

from policytracker.keeping.doctor import FILE, LEDGER, PLACE, PROGRAMS, Finding, doctor
from policytracker.keeping.health import place
from policytracker.keeping.health.defects import DEFECTS
from policytracker.ledger import layout
from policytracker.ledger.copying import copy
from policytracker.ledger.layout import PRAGMAS
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.projections.catching_up import catch_up
from policytracker.projections.layout import place as views_of
from tests.ledger.ground import NOON, Ledger, company
from tests.views import files_of

DAY = 739_000
SECOND = 1_000_000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger file in a folder of its owner's."""
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    with Store.create(folder / "my.ledger") as store:
        made = Ledger(folder / "my.ledger", store)
        made.add(company("acme"))
        yield made


def found(where: Where, check: str, now: int = NOON) -> list[Finding]:
    """What a check finds that is not ok; or that it is."""
    findings = [finding for finding in doctor(where, now) if finding.check == check]
    return [finding for finding in findings if finding.level != "ok"] or findings


def one(where: Where, check: str, now: int = NOON) -> tuple[str, str, str | None]:
    """The one thing that it finds."""
    (finding,) = found(where, check, now)
    return finding.level, finding.says, finding.do


def test_a_ledger_that_is_well_has_no_problem(ledger: Ledger) -> None:
    findings = list(doctor(ledger.path, NOON))

    assert [finding for finding in findings if finding.level == "problem"] == []
    assert [finding for finding in findings if (finding.do is None) != (finding.level == "ok")] == []
    assert len({finding.check for finding in findings}) >= len(PROGRAMS) + len(PLACE) + len(FILE) + len(LEDGER) - 1


def test_looking_changes_nothing(ledger: Ledger) -> None:
    ledger.store.close()
    before = ledger.file.read_bytes()

    list(doctor(ledger.path, NOON))

    assert ledger.file.read_bytes() == before
    assert not views_of(ledger.path).exists()


@pytest.mark.parametrize(
    ("version", "has"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.53.0", False),
    ],
)
def test_versions_with_the_wal_reset_bug_are_known(version: str, has: bool) -> None:
    """As https://sqlite.org/wal.html#walresetbug tells them."""
    assert DEFECTS[0].is_in(Version(version)) is has


def test_a_sqlite_with_a_known_defect_is_told_with_its_source(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.46.1")
    level, says, do = one(ledger.path, "sqlite")
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.51.3")
    after = one(ledger.path, "sqlite")

    assert level == "note"
    assert says.startswith("SQLite 3.46.1 has the WAL-reset bug, unless your system has mended it under that number: ")
    assert says.endswith("(https://sqlite.org/wal.html#walresetbug)")
    assert do is not None and "SQLite 3.51.3 (3.44.6 or 3.50.7) or newer" in do
    assert after == ("ok", "SQLite 3.51.3, of which no defect is known that touches a ledger", None)


def test_a_sqlite_that_is_too_old_is_a_problem(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")

    assert found(ledger.path, "sqlite")[0] == (
        "problem", "sqlite", "SQLite 3.34.1 is older than 3.35.0", "use a newer Python"
    )  # fmt: skip


@pytest.mark.parametrize("version", ["9.5.5", "10.0a1", "10.1"])
def test_a_package_that_policytracker_was_not_made_for_is_a_problem(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: version if name == "eventsourcing" else real(name))

    level, says, do = one(ledger.path, "packages")

    assert level == "problem"
    assert says.startswith(f"eventsourcing {version} is installed, and ")
    assert do is not None
    assert do.startswith("pip install 'eventsourcing") and ">=9.5.6" in do and "<10" in do


def test_packages_that_are_not_installed_are_not_missed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name.startswith("psycopg"):
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)

    level, says, _ = one(ledger.path, "packages")
    assert level == "ok"
    assert "eventsourcing 9." in says and "msgspec" in says and "psycopg" not in says


def mounted(ledger: Ledger, tmp_path: Path, *lines: str) -> list[Finding]:
    """What is said of the file system, with these mounts."""
    mounts = tmp_path / "mounts"
    mounts.write_text("".join(f"{line}\n" for line in lines))
    return list(place.file_system(ledger.file, mounts))


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_a_ledger_on_a_network_drive_is_a_problem(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    (finding,) = mounted(ledger, tmp_path, "/dev/sda / ext4 rw 0 0", f"nas:/x {tmp_path} {kind} rw,relatime 0 0")

    assert finding.level == "problem"
    assert finding.says == f"{kind} is a network drive, on which SQLite's log does not work"
    assert finding.do is not None and "to a local disk" in finding.do


def test_the_innermost_mount_counts_and_the_last_of_two(ledger: Ledger, tmp_path: Path) -> None:
    own = ledger.file.parent
    assert mounted(ledger, tmp_path, f"nas:/x {tmp_path} nfs rw 0 0", f"/dev/b {own} xfs rw 0 0")[0].says == "xfs"
    assert mounted(ledger, tmp_path, f"/dev/b {own} xfs rw 0 0", f"nas:/x {own} nfs rw 0 0")[0].level == "problem"
    assert mounted(ledger, tmp_path, "/dev/a / xfs rw 0 0", f"nas:/x {own}er nfs rw 0 0", "odd")[0].says == "xfs"


def test_a_mount_point_with_a_space_is_understood(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {tmp_path}/my\\040files nfs rw 0 0\n")
    (tmp_path / "my files").mkdir()

    (finding,) = place.file_system(tmp_path / "my files" / "x.ledger", mounts)

    assert finding.level == "problem"


@pytest.mark.parametrize(
    ("line", "level", "says"),
    [
        ("none {} tmpfs rw 0 0", "note", "tmpfs: memory, which may be gone after a restart"),
        ("none {} overlay rw 0 0", "note", "overlay: a container's own layer, which may be gone after a restart"),
        ("none {} virtiofs rw 0 0", "note", "virtiofs is shared with another machine"),
        ("none {} ext4 ro,noatime 0 0", "note", "it (ext4) is mounted to be read only"),
        ("none {} ext4 rw,errors=remount-ro 0 0", "ok", "ext4"),
    ],
)
def test_what_else_a_ledger_may_lie_on(ledger: Ledger, tmp_path: Path, line: str, level: str, says: str) -> None:
    finding = mounted(ledger, tmp_path, line.format(tmp_path))[0]

    assert (finding.level, finding.says) == (level, says)


def test_a_system_that_does_not_tell_its_file_systems_is_told(ledger: Ledger, tmp_path: Path) -> None:
    (finding,) = place.file_system(ledger.file, tmp_path / "none")

    assert finding.level == "note"


def test_a_folder_that_may_not_be_written_is_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger.file.parent
    monkeypatch.setattr(os, "access", lambda path, _: path != folder)

    level, says, _ = one(ledger.path, "access")

    assert (level, says) == ("note", f"you may not write {folder}, and so record nothing")


@pytest.mark.parametrize(
    ("file", "folder", "level", "do"),
    [
        (0o600, 0o700, "ok", None),
        (0o666, 0o700, "ok", None),
        (0o640, 0o755, "ok", None),
        (0o644, 0o755, "note", "chmod o-r {file}, if they should not"),
        (0o646, 0o755, "problem", "chmod o-rw {file}"),
        (0o600, 0o757, "problem", "chmod o-w {folder}"),
        (0o600, 0o1757, "ok", None),
    ],
)
def test_what_others_may_do_with_the_file_is_told(
    ledger: Ledger, file: int, folder: int, level: str, do: str | None
) -> None:
    log = ledger.file.with_name("my.ledger-wal")
    for path, mode in ((ledger.file, file), (log, 0o600), (ledger.file.parent, folder)):
        path.chmod(mode)

    told = one(ledger.path, "others")

    assert (told[0], told[2]) == (level, do and do.format(file=ledger.path, folder=ledger.file.parent))


def test_a_log_that_others_may_read_is_told_too(ledger: Ledger) -> None:
    ledger.file.parent.chmod(0o755)
    ledger.file.chmod(0o600)
    log = ledger.file.with_name("my.ledger-wal")
    log.chmod(0o644)

    assert one(ledger.path, "others")[:2] == ("note", f"everybody on this machine may read {log}")


def test_a_file_with_two_names_is_a_problem(ledger: Ledger, tmp_path: Path) -> None:
    assert found(ledger.path, "names") == []
    os.link(ledger.file, tmp_path / "other")

    level, says, do = one(ledger.path, "names")

    assert level == "problem"
    assert says == "the file has 2 names (hard links), and who opens it by another one damages it"
    assert do == f"find them with: find DIR -samefile {ledger.path}; and remove all but one"


@pytest.mark.parametrize(("free", "level"), [(99_000_000, "problem"), (101_000_000, "ok")])
def test_a_disk_that_is_nearly_full_is_a_problem(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_bavail=free // 1000, f_frsize=1000))

    told, says, do = one(ledger.path, "space")

    assert told == level
    assert says.startswith(f"{free / 1e6:.1f} MB free, beside a ledger of ")
    assert do == (None if level == "ok" else "make room for 100.0 MB: `redact` and `rebuild` write files anew")


def test_a_large_ledger_needs_room_for_another(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_bavail=150_000, f_frsize=1000))
    os.truncate(ledger.file, 100_000_000)

    assert one(ledger.path, "space")[2] == "make room for 200.1 MB: `redact` and `rebuild` write files anew"


def test_a_log_that_has_been_left_to_grow_is_told(ledger: Ledger) -> None:
    os.truncate(ledger.file.with_name("my.ledger-wal"), 65_000_000)

    (finding,) = place.log(ledger.file)

    assert finding.level == "note"
    assert finding.says.startswith("the log beside the ledger has 65.0 MB: somebody has kept the ledger open for long")


def test_settings_are_those_that_sqlite_tells(ledger: Ledger) -> None:
    told = "journal_mode wal, synchronous 2, foreign_keys 1, trusted_schema 0, cell_size_check 1"

    assert one(ledger.path, "settings") == ("ok", told, None)


def test_a_setting_that_sqlite_did_not_take_is_a_problem(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that was told otherwise when it was made."""
    monkeypatch.setattr("policytracker.ledger.store.sqlite.PRAGMAS", ("PRAGMA synchronous=OFF", *PRAGMAS[1:]))
    monkeypatch.setattr(layout, "PRAGMAS", [pragma for pragma in PRAGMAS if "trusted_schema" not in pragma])

    says = {finding.says: finding.level for finding in found(ledger.path, "settings")}

    durable = "synchronous is 0 for writing, where 2 is due, so what was acknowledged may be lost"
    assert says[durable] == "problem"
    assert says["trusted_schema is 1 for reading, where 0 is due"] == "problem"
    assert len(says) == 2


def test_a_backup_that_is_asked_is_left_as_it_is(ledger: Ledger) -> None:
    ledger.store.close()
    with closing(sqlite3.connect(ledger.file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")

    level, says, _ = one(ledger.path, "settings")

    assert (level, says) == ("note", "journal_mode is delete, as in a backup, so nobody can ask while another records")
    with closing(sqlite3.connect(ledger.file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize(("seconds", "level"), [(61, "problem"), (60, "ok"), (-100_000, "ok")])
def test_a_clock_that_was_set_back_is_a_problem(ledger: Ledger, seconds: int, level: str) -> None:
    told, says, do = one(ledger.path, "clock", NOON - seconds * SECOND)

    assert told == level
    if level == "problem":
        first = ledger.rows()[0]
        assert says == (
            "the newest recorded time, 2027-01-15T12:00:00.000000Z, is 61 seconds ahead of this machine's clock; "
            f"the first such event is {first.id[:12]} at position 1, recorded 2027-01-15T12:00:00.000000Z by tester"
        )
        assert do is not None
        assert do.startswith("set this clock if it is wrong. If the other clock was ahead: no event is lost, and ")


def test_the_state_of_the_read_models_is_told(ledger: Ledger) -> None:
    views = views_of(ledger.path)

    assert one(ledger.path, "read-models")[:2] == ("ok", "there are none yet; the next question makes them")
    catch_up(ledger.path, DAY)
    assert one(ledger.path, "read-models")[:2] == ("ok", "up to date")
    ledger.add(company("bolt"))
    assert one(ledger.path, "read-models")[:2] == ("ok", "1 event behind; the next question takes them in")
    with closing(sqlite3.connect(views, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'ledger'")
    assert one(ledger.path, "read-models")[:2] == ("note", f"{views} is of another version or ledger")
    with closing(sqlite3.connect(views, isolation_level=None)) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'ledger'")
    assert one(ledger.path, "read-models")[:2] == ("note", f"{views} cannot be read ('ledger')")
    views.write_text("no database, and long enough to be none" * 100)
    assert one(ledger.path, "read-models")[:2] == ("note", f"{views} cannot be read (file is not a database)")


def test_read_models_without_their_index_are_a_note(ledger: Ledger) -> None:
    catch_up(ledger.path, DAY)
    (index,) = files_of(views_of(ledger.path))
    ledger.file.with_name(index).unlink()

    level, says, do = one(ledger.path, "read-models")

    assert (level, do) == ("note", "policytracker rebuild")
    assert "the index cannot be read" in says


def test_read_models_that_went_further_are_a_problem(ledger: Ledger, tmp_path: Path) -> None:
    """The ledger was put back to an earlier state, or has lost what was recorded."""
    older = tmp_path / "older"
    copy(ledger.path, older)
    ledger.add(company("bolt"))
    catch_up(ledger.path, DAY)
    ledger.store.close()
    older.replace(ledger.file)

    level, says, do = one(ledger.path, "read-models")

    assert (level, says) == ("problem", "they were made of 2 events, and the last of these is not in the ledger")
    assert do is not None
    assert do.startswith("where a backup was restored: policytracker rebuild; else events are lost")


def test_read_models_that_cannot_be_written_are_a_problem(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert one(ledger.path, "read-models")[0] == "problem"


@pytest.mark.parametrize("path", [".", "/", ".."])
def test_a_path_without_a_name_is_no_ledger(path: str) -> None:
    assert one(Path(path), "ledger")[:2] == ("problem", f"no ledger at {path}")


def test_no_ledger_is_a_problem_with_the_way_to_make_one(tmp_path: Path) -> None:
    level, says, do = one(tmp_path / "none", "ledger")

    assert (level, says) == ("problem", f"no ledger at {tmp_path}/none")
    assert do is not None
    assert do.startswith(
        f"make an empty one with `policytracker --ledger {tmp_path}/none init`, or one of the history "
    )
    assert one(tmp_path / "none", "space")[0] == "ok"


def test_what_is_no_ledger_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "foreign").write_text("text" * 999)

    level, says, do = one(tmp_path / "foreign", "ledger")

    assert says == f"{tmp_path}/foreign is not a policytracker ledger (it is no SQLite database)"
    assert (level, do) == ("problem", "name the right file with --ledger")


def test_a_check_that_fails_is_told_and_the_others_go_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "statvfs", broken)

    assert one(ledger.path, "space") == (
        "note", "this could not be looked at ([Errno 5] Input/output error)", "see to that, and ask again"
    )  # fmt: skip
    assert one(ledger.path, "log")[0] == "ok"
