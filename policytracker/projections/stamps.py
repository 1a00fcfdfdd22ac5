"""What the files of read models were like when this program last wrote to them.

SQLite has no checksum of its pages, and a question must not read a whole file. So each file of read models has a stamp
beside it: identity, size and times (``stat``) of the file, of its index and of its log. Whoever changes one of them in
any other way, if only a bit, changes its time too, which no program can set (``ctime``). The stamp has a checksum of
file and index as well, where it was cheap to make: it tells what was only copied or moved from what was changed. Read
models whose stamp does not hold are made anew. What a disk changes by itself is found by ``verify``.
"""

import fcntl
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from policytracker.ledger.waiting import lock_seconds
from policytracker.projections.layout import index_file

SIZE = 512
"""Bytes of a stamp: it is written over the last one in one call."""
PAUSE = 0.002
"""Seconds between two looks whether somebody still writes."""
CHEAP = 4 << 20
"""Bytes whose checksum is made whenever read models are let go of; of more, only when they are made anew."""
LARGEST = 256 << 20
"""Bytes of which no checksum is made at all, as they have to be in memory for it."""


class Changed(sqlite3.DatabaseError):
    """Something else has changed a file of read models since they were written."""


class Looks(NamedTuple):
    """What ``stat`` tells of the files of read models; "" for one that is not there."""

    of_file: str
    of_index: str
    of_log: str


class Stamp(NamedTuple):
    """A stamp, as it is read."""

    generation: str
    """Of the index."""
    looks: Looks
    settled: bool
    """Whether all that the log holds is in the file too: then another program may remove it."""
    checksum: str
    """Of file and index; "" for one that was not made."""

    def content(self) -> bytes:
        """The stamp as it is written."""
        text = "\n".join((self.generation, *self.looks, str(int(self.settled)), self.checksum)).encode()
        return (text + b"\n%08x" % crc32(text)).ljust(SIZE)


def stamp_file(file: Path) -> Path:
    """Where the stamp of read models is, given their own file (no link)."""
    return file.with_name(f"{file.name}.stamp")


def create(file: Path, generation: str) -> None:
    """Stamp read models that were just made. ``generation``: of their index. Raises OSError."""
    descriptor = os.open(stamp_file(file), os.O_RDWR | os.O_CREAT | os.O_TRUNC, file.stat().st_mode & 0o666)
    try:
        _write(descriptor, Stamp(generation, _looks(file, generation), True, _checksum(file, generation)))
    finally:
        os.close(descriptor)


def holds(file: Path) -> bool:
    """Whether nothing else has changed read models since they were written. Waits for whoever is writing to them.

    Raises sqlite3.OperationalError where that takes too long.
    """
    try:
        descriptor = os.open(stamp_file(file), os.O_RDONLY)
    except OSError:
        return False
    try:
        stamp = _read(descriptor)
        if stamp and _is_as_stamped(stamp, file):
            return True
        _lock(descriptor, fcntl.LOCK_SH, lock_seconds())
        stamp = _read(descriptor)
        if stamp is None or _is_as_stamped(stamp, file):
            return stamp is not None
        if not _is_same(stamp, file):
            return False
    finally:
        os.close(descriptor)
    # So that the next question need not read all of it.
    with suppress(sqlite3.DatabaseError, OSError), writing(file, 0) as stamping:
        stamping.settled = True
    return True


class Stamping:
    """Somebody writes to read models."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        """Of the index that counts once they are written."""
        self.settled = False
        """Whether all that the log holds is in the file too by then."""


@contextmanager
def writing(file: Path, seconds: float) -> Iterator[Stamping]:
    """Write to read models, and stamp them anew: nobody else does so meanwhile. Waits for so many seconds.

    Raises Changed where their stamp does not hold, sqlite3.OperationalError where somebody else writes, or OSError.
    """
    try:
        descriptor = os.open(stamp_file(file), os.O_RDWR)
    except FileNotFoundError:
        raise Changed(f"{file} has no stamp") from None
    try:
        _lock(descriptor, fcntl.LOCK_EX, seconds)
        stamp = _read(descriptor)
        if stamp is None or not (_is_as_stamped(stamp, file) or _is_same(stamp, file)):
            raise Changed(f"something else has changed {file}")
        stamping = Stamping(stamp.generation)
        try:
            yield stamping
        finally:
            # Also after a failure: SQLite may have written to its log before.
            looks = _looks(file, stamping.generation)
            is_cheap = stamping.settled and not looks.of_log and file.stat().st_size <= CHEAP
            checksum = _checksum(file, stamping.generation) if is_cheap else ""
            _write(descriptor, Stamp(stamping.generation, looks, stamping.settled, checksum))
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int, seconds: float) -> None:
    """Lock a stamp while read models are written. Goes without where there are no such locks, as on some networks."""
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise sqlite3.OperationalError("the read models are being written") from None
            time.sleep(PAUSE)
        except OSError:
            return
        else:
            return


def _read(descriptor: int) -> Stamp | None:
    """A stamp; None for what is none."""
    content = os.pread(descriptor, SIZE + 1, 0)
    with suppress(ValueError):
        generation, file, index, log, settled, checksum, _ = content.decode("ascii").split("\n")
        stamp = Stamp(generation, Looks(file, index, log), settled == "1", checksum)
        if stamp.content() == content and re.fullmatch(r"[0-9]+\.[0-9a-f]{8}", generation):
            return stamp
    return None


def _write(descriptor: int, stamp: Stamp) -> None:
    os.pwrite(descriptor, stamp.content(), 0)


def _is_as_stamped(stamp: Stamp, file: Path) -> bool:
    now = _looks(file, stamp.generation)
    return stamp.looks == now or (stamp.settled and not now.of_log and stamp.looks[:2] == now[:2])


def _is_same(stamp: Stamp, file: Path) -> bool:
    """Whether files that were copied or moved hold what they held."""
    log = _looks(file, stamp.generation).of_log
    return bool(stamp.checksum) and not log and stamp.checksum == _checksum(file, stamp.generation)


def _looks(file: Path, generation: str) -> Looks:
    """What read models look like now."""
    # As root, SQLite gives its log to the owner of the file whenever it opens it, which sets the log's ctime.
    log = _look(file.with_name(f"{file.name}-wal")).rpartition(" ")[0]
    return Looks(_look(file), _look(index_file(file, generation)), log)


def _look(path: Path) -> str:
    """What changes with a file. An empty log is as good as none: whoever opens read models makes one."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    if not found.st_size:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _checksum(file: Path, generation: str) -> str:
    """The checksum of read models, whose log is empty, and of their index; "" where they cannot be read.

    SQLite reads the file: to open and close it otherwise would end the locks that SQLite holds on it in this process
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        if file.stat().st_size > LARGEST:
            return ""
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            found = crc32(connection.serialize())
        return f"{crc32(index_file(file, generation).read_bytes(), found):08x}"
    except (sqlite3.Error, OSError):
        return ""
