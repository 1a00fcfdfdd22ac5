"""``policytracker serve`` as a user runs it: a process, its one line, its end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.demo import PROGRAM, ask

PROMISE = "open http://127.0.0.1:"
TOKEN = "correct-horse-battery"
SECONDS = 60


def as_at_a_terminal() -> None:
    """Heed the signals that whoever runs the tests may ignore (nohup, a job in the background)."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def serving(folder: Path, *words: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command on a free port; its temporary folders lie in ``folder``."""
    command = [*PROGRAM[:-1], *words, "--port", "0"]
    given = {**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1", **settings}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=given,
        preexec_fn=as_at_a_terminal,
    ) as process:
        try:
            assert process.stdout is not None and process.stderr is not None
            line = process.stdout.readline()
            assert line.startswith(PROMISE) and line.endswith("/\n"), line + process.stderr.read()
            yield process, int(line.removeprefix(PROMISE).removesuffix("/\n"))
        finally:
            process.kill()


def get(port: int, path: str, **headers: str) -> HTTPResponse:
    """An answer, read to its end."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        reply.read()
        return reply


def raw(port: int, request: bytes) -> bytes:
    """What comes back for bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall(request)
        found = b""
        while part := connection.recv(65536):
            found += part
        return found


@pytest.fixture(scope="module")
def port(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of the shipped history, which says nothing but its address."""
    with serving(tmp_path_factory.mktemp("served"), "--ledger", str(demo), "serve") as (_, found):
        yield found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_demo_begins_with_the_story_and_ends_quietly_with_nothing_left(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path, "serve", "--demo") as (process, port):
        start = get(port, "/").getheader("location")
        story = get(port, start or "").status
        made = [path.name for path in tmp_path.iterdir()]
        process.send_signal(number)
        rest = process.communicate(timeout=SECONDS)

    assert (start, story) == ("/home?at=2026-01-28&known=2026-01-28T12:00Z", 200)
    assert len(made) == 1
    assert (process.returncode, rest) == (0, ("", ""))
    assert list(tmp_path.iterdir()) == []


def test_it_ends_though_a_browser_keeps_its_connection(tmp_path: Path, demo: Path) -> None:
    with (
        serving(tmp_path, "--ledger", str(demo), "serve") as (process, port),
        closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection,
    ):
        connection.request("GET", "/board")
        connection.getresponse().read()
        process.terminate()
        rest = process.communicate(timeout=SECONDS)

    assert (process.returncode, rest) == (0, ("", ""))


def test_many_requests_share_a_connection(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
        for _ in range(3):
            connection.request("HEAD", "/board")
            reply = connection.getresponse()
            assert (reply.status, reply.read(), reply.getheader("server")) == (200, b"", None)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/board?at=%", b"400"),
        (b"/%ff%00", b"404"),
        (b"/board?%ed%a0%80=%ed%a0%80", b"400"),
        (b"/static/..%2f..%2fapp.py", b"404"),
        (b"/static/../../app.py", b"404"),
        (b"/board?" + b"a&" * 1000, b"400"),
        (b"/board?at=" + b"9" * 1500, b"400"),
        (b"http://evil.example/board", b"404"),
        (b"/\xff", b"400"),
        (b"*", b"404"),
    ],
)
def test_bytes_that_no_browser_sends_get_a_sentence(port: int, target: bytes, status: bytes) -> None:
    reply = raw(port, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert reply.split(b" ", 2)[1] == status
    assert b"Traceback" not in reply


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01 not http\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused(port: int, request_: bytes) -> None:
    assert raw(port, request_).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("head", [b"GET /board?" + b"a&" * 100_000, b"GET /board HTTP/1.1\r\nX: " + b"x" * 1_000_000])
def test_a_huge_head_is_cut_off_and_the_server_goes_on(port: int, head: bytes) -> None:
    reply = b""
    # The server hangs up on what it has not read: its last words may be lost.
    with suppress(ConnectionError):
        reply = raw(port, head)

    assert reply == b"" or reply.startswith(b"HTTP/1.1 431")
    assert get(port, "/board").status == 200


def test_a_body_closes_the_connection(port: int) -> None:
    reply = raw(port, b"GET /board HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc")

    assert reply.startswith(b"HTTP/1.1 413")


def test_a_websocket_is_answered_with_the_page_and_told_to_nobody(tmp_path: Path, demo: Path) -> None:
    asked = b"GET /board HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    with serving(tmp_path, "--ledger", str(demo), "serve") as (process, port):
        reply = raw(port, asked)
        process.terminate()
        rest = process.communicate(timeout=SECONDS)

    assert (reply.split(b" ", 2)[1], rest) == (b"200", ("", ""))


def test_a_token_from_the_surroundings_locks_the_server_and_is_told_to_nobody(tmp_path: Path, demo: Path) -> None:
    with serving(tmp_path, "--ledger", str(demo), "serve", POLICYTRACKER_TOKEN=TOKEN) as (process, port):
        found = [
            get(port, "/board").status,
            get(port, "/board", Authorization=f"Bearer {TOKEN}").status,
            get(port, f"/board?token={TOKEN}").status,
            get(port, "/board?token=wrong-horse-battery").status,
            get(port, f"/changes.atom?token={TOKEN}").status,
            get(port, f"/changes.atom?token={TOKEN}&at=never").status,
            len(raw(port, f"GET /board?token={TOKEN}\r\n\r\n".encode())) // 1000,
        ]
        process.terminate()
        rest = process.communicate(timeout=SECONDS)

    assert found == [401, 200, 303, 401, 301, 301, 0]
    assert rest == ("", "policytracker: Invalid HTTP request received.\n")


def test_a_token_from_a_file_lets_others_read(tmp_path: Path, demo: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    words = (
        "--ledger",
        str(demo),
        "serve",
        "--host",
        "0.0.0.0",
        "--token-file",
        str(file),
        "--allow-host",
        "here.test",
    )
    with serving(tmp_path, *words) as (_, port):
        for host, status in (("192.0.2.1", 200), ("here.test:80", 200), ("evil.test", 421)):
            assert get(port, "/board", Host=host, Authorization=f"Bearer {TOKEN}").status == status


def test_a_taken_port_is_told_with_the_way_out(demo: Path, port: int) -> None:
    found = ask(demo, "serve", "--port", str(port))

    assert (found.exit_code, found.output) == (
        1,
        f"Error: port {port} is taken; name another with --port, or --port 0 for a free one\n",
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "nobody.invalid"])
def test_a_host_of_another_machine_is_told(demo: Path, host: str) -> None:
    found = ask(demo, "serve", "--port", "0", "--host", host, "--public")

    assert found.exit_code == 1
    assert found.output.startswith(f"Error: {host} is no address of this machine (")


def test_a_missing_ledger_is_told_before_a_port_is_opened(tmp_path: Path, port: int) -> None:
    found = ask(tmp_path / "none", "serve", "--port", str(port))

    assert found.exit_code == 1
    assert found.output.startswith(f"Error: no ledger at {tmp_path / 'none'}; make an empty one with")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--demo",), "--demo shows a ledger of its own; leave out --demo or --ledger"),
        (("--host", "0.0.0.0"), "--host 0.0.0.0 lets others read too: say so with --public, or give them a token"),
        (("--host", "::"), "--host :: lets others read too"),
        (("--allow-host", "not a name"), "--allow-host 'not a name' is no name of a host"),
        (("--port", "65536"), "Invalid value for '--port'"),
        (("--token-file", "/nowhere/token"), "Invalid value for '--token-file'"),
    ],
)
def test_wrong_usage_is_told(demo: Path, words: tuple[str, ...], says: str) -> None:
    found = ask(demo, "serve", *words)

    assert found.exit_code == 2
    assert says in found.output


@pytest.mark.parametrize(
    "token", ["", "short", "fifteen-letters", "sixteen letters!", "fünfzehn-zeichen", "sixteen\x07letters"]
)
def test_a_weak_token_is_refused_and_not_repeated(demo: Path, tmp_path: Path, token: str) -> None:
    file = tmp_path / "token"
    file.write_text(token)
    found = ask(demo, "serve", "--token-file", str(file))

    assert found.exit_code == 2
    assert "the token needs at least 16 characters" in found.output
    assert not token or token not in found.output


def test_public_and_a_token_contradict_each_other(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYTRACKER_TOKEN", TOKEN)
    found = ask(demo, "serve", "--public")

    assert found.exit_code == 2
    assert "--public lets everyone read, a token does not; leave out one" in found.output


def test_help_loads_no_server(demo: Path) -> None:
    program = (
        "import sys; from policytracker.cli.main import cli\n"
        "try: cli(['serve', '--help'])\n"
        "except SystemExit: sys.exit(bool({'starlette', 'jinja2', 'uvicorn'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, timeout=SECONDS).returncode == 0
