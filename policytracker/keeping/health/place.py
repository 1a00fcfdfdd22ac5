"""Checks of the place where a ledger file lies. None of them opens the file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from policytracker.keeping.health.findings import Finding, note, ok, problem
from policytracker.ledger.beside import left_in

MOUNTS = Path("/proc/self/mounts")
LOCAL_DISK = "move the ledger to a local disk (`backup`, then `restore`), or to a PostgreSQL server (`copy`)"
NETWORK = {
    "nfs",
    "nfs3",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "9p",
    "ceph",
    "glusterfs",
    "lustre",
} | {
    f"fuse.{name}" for name in ("sshfs", "rclone", "s3fs", "glusterfs", "davfs2", "gvfsd-fuse", "curlftpfs", "smbnetfs")
}
"""File systems that several machines reach; the log of SQLite works on one machine only (sqlite.org/wal.html)."""
SHARED = {"virtiofs", "vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse", "fakeowner", "fuse.grpcfuse", "osxfs"}
"""Folders that a virtual machine shares with the one that it runs on."""
PASSING = {"tmpfs": "memory", "ramfs": "memory", "overlay": "a container's own layer"}

SPARE = 100_000_000
LONG_LOG = 64_000_000


def file_system(path: Path, mounts: Path = MOUNTS) -> Iterator[Finding]:
    """What the ledger lies on."""
    try:
        kind, options = _mounted(path.absolute().parent, mounts.read_text("utf-8", "surrogateescape"))
    except OSError:
        yield note("file-system", "this system does not tell what kind it is", "see that it is no network drive")
        return
    if "ro" in options:
        yield note("file-system", f"it ({kind}) is mounted to be read only", "mount it to be written, to record there")
    if kind in NETWORK:
        yield problem("file-system", f"{kind} is a network drive, on which SQLite's log does not work", LOCAL_DISK)
    elif kind in SHARED:
        yield note(
            "file-system", f"{kind} is shared with another machine", "use the ledger from one of the two machines only"
        )
    elif kind in PASSING:
        yield note("file-system", f"{kind}: {PASSING[kind]}, which may be gone after a restart", LOCAL_DISK)
    else:
        yield ok("file-system", kind)


def _mounted(folder: Path, mounts: str) -> tuple[str, list[str]]:
    """Kind and options of what is mounted where a folder lies: the longest, and the last of equal ones."""
    real = str(folder.resolve())
    best = ("", "unknown", list[str]())
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 4:
            continue
        point = fields[1].encode("latin-1", "replace").decode("unicode_escape")
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, fields[2], fields[3].split(","))
    return best[1:]


def writable(path: Path) -> Iterator[Finding]:
    """Whether the ledger and its folder may be written: SQLite makes files beside the ledger."""
    closed = [str(each) for each in (path.absolute().parent, path) if each.exists() and not os.access(each, os.W_OK)]
    if closed:
        says = f"you may not write {' and '.join(closed)}, and so record nothing"
        yield note("access", says, "ask its owner for the right to write, unless you only ask")
    else:
        yield ok("access", "you may write the ledger and its folder")


def others(path: Path) -> Iterator[Finding]:
    """Whether other users of the machine may read or write it."""
    folder = path.absolute().parent
    around = folder.stat().st_mode
    reached = [each for each in (path, _log_of(path)) if each.exists() and around & stat.S_IXOTH]
    changed = [each for each in reached if each.stat().st_mode & stat.S_IWOTH]
    read = [each for each in reached if each.stat().st_mode & stat.S_IROTH]
    if around & stat.S_IWOTH and not around & stat.S_ISVTX:
        says = f"everybody may put another file in the ledger's place in {folder}"
        yield problem("others", says, f"chmod o-w {folder}")
    elif changed:
        says = f"everybody on this machine may change {_listed(changed)}"
        yield problem("others", says, f"chmod o-rw {_listed(changed)}")
    elif read:
        says = f"everybody on this machine may read {_listed(read)}"
        yield note("others", says, f"chmod o-r {_listed(read)}, if they should not")
    else:
        yield ok("others", "no other user of this machine may read or change it")


def names(path: Path) -> Iterator[Finding]:
    """Whether the file has one name: whoever opens it by another uses another log (sqlite.org/howtocorrupt.html)."""
    count = path.stat().st_nlink if path.exists() else 1
    if count > 1:
        count -= sum(path.samefile(each) for left in left_in(path.absolute().parent) for each in left.glob("files/*"))
    if count > 1:
        yield problem(
            "names",
            f"the file has {count} names (hard links), and who opens it by another one damages it",
            f"find them with: find DIR -samefile {path}; and remove all but one",
        )


def leftovers(path: Path) -> Iterator[Finding]:
    """Whether processes that were killed have left in the folder what they had begun."""
    left = sorted(left_in(path.absolute().parent))
    if left:
        says = f"commands that were interrupted have left {_listed(left)}"
        yield note("leftovers", says, f"run the same commands again, which removes it, or: rm -r {_listed(left)}")
    else:
        yield ok("leftovers", "no interrupted command has left anything in the folder")


def space(path: Path) -> Iterator[Finding]:
    """Whether there is room for the log, the read models, and writing the file anew."""
    disk = os.statvfs(path.absolute().parent)
    free = disk.f_bavail * disk.f_frsize
    size = sum(each.stat().st_size for each in (path, _log_of(path)) if each.exists())
    says = f"{_size(free)} free, beside a ledger of {_size(size)}"
    if free < SPARE or free < 2 * size:
        needed = max(SPARE, 2 * size)
        yield problem("space", says, f"make room for {_size(needed)}: `redact` and `rebuild` write files anew")
    else:
        yield ok("space", says)


def log(path: Path) -> Iterator[Finding]:
    """Whether the log beside the file has been left to grow."""
    size = _log_of(path).stat().st_size if _log_of(path).exists() else 0
    if size > LONG_LOG:
        says = f"the log beside the ledger has {_size(size)}: somebody has kept the ledger open for long"
        yield note("log", says, f"end who has it open (`fuser {_log_of(path)}`); what records next folds it in")
    else:
        yield ok("log", f"the log beside the ledger has {_size(size)}")


def _log_of(path: Path) -> Path:
    return Path(f"{path}-wal")  # "." and "/" have no name


def _listed(paths: list[Path]) -> str:
    return " ".join(map(str, paths))


def _size(count: float) -> str:
    """Bytes as people say them.

    >>> _size(155_648), _size(79_621_000_000), _size(3)
    ('156 kB', '79.6 GB', '0 kB')
    """
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if count >= factor:
            return f"{count / factor:,.1f} {unit}"
    return f"{count / 1000:.0f} kB"
