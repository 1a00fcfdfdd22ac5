"""Servers on loopback that take messages, refuse them, or do not answer; they keep what they heard."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SILENT = 0
"""In place of a status: no answer for long."""
SILENCE = 5.0


class Receiver:
    """What a webhook heard. It answers by a script of statuses, then 204."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str, bytes]] = []
        """The keys and bodies of all requests."""
        self.taken: dict[str, bytes] = {}
        """Of those that were answered with 2xx, each key once."""
        self.headers: list[dict[str, str]] = []
        self.script: list[int] = []
        self.on_request: Callable[[], None] | None = None

    def answer(self, key: str, body: bytes, headers: dict[str, str]) -> int:
        """The status for a request."""
        self.heard.append((key, body))
        self.headers.append(headers)
        if self.on_request is not None:
            self.on_request()
        status = self.script.pop(0) if self.script else 204
        if 200 <= status < 300:
            self.taken.setdefault(key, body)
        return status

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The JSON of what was taken."""
        return [json.loads(body) for body in self.taken.values()]


class Handler(BaseHTTPRequestHandler):
    """Answers as its server's receiver says."""

    def do_POST(self) -> None:
        """One message."""
        receiver = cast("Receiver", self.server.receiver)  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = receiver.answer(self.headers["Idempotency-Key"], body, dict(self.headers))
        if status == SILENT:
            time.sleep(SILENCE)
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        if status == 429:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """What a redirect would lead to."""
        raise AssertionError("nobody asks")

    def log_message(self, *given: object) -> None:
        """Nothing is printed."""


@contextmanager
def webhook() -> Iterator[Receiver]:
    """A server that takes POST requests on a free port."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.receiver = receiver  # type: ignore[attr-defined]
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """What a mail server took; it answers a message by a script of replies, then takes it."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[tuple[list[str], bytes]] = []
        self.script: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """One message."""
        if self.script:
            return self.script.pop(0)
        self.mails.append((list(envelope.rcpt_tos), envelope.original_content or b""))
        return "250 OK"

    def message(self, number: int = -1) -> EmailMessage:
        """One of those taken, read."""
        return message_from_bytes(self.mails[number][1], policy=default)


class _OnAnyPort(Controller):
    """It looks whether it answers at the port, which is known only once it listens."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        trigger: Callable[[], None] = super()._trigger_server
        trigger()


@contextmanager
def mailbox(password: str | None = None) -> Iterator[Mailbox]:
    """A mail server on a free port; with a password it wants the user ``tracker`` to log in."""
    found = Mailbox()

    def log_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password.decode() == password
        return AuthResult(success=known, handled=False) if not known else AuthResult(success=True)

    wanted: dict[str, Any] = (
        {"authenticator": log_in, "auth_required": True, "auth_require_tls": False} if password else {}
    )
    controller = _OnAnyPort(found, hostname="127.0.0.1", port=0, **wanted)
    controller.start()
    found.port = controller.port
    try:
        yield found
    finally:
        controller.stop()
