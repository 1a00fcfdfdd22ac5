"""``policytracker serve``: the ledger in a browser."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from policytracker.cli import streams
from policytracker.cli.notices import notice
from policytracker.cli.options import path_of
from policytracker.cli.publishing import publishing_options
from policytracker.cli.settings import given
from policytracker.ledger import clock

if TYPE_CHECKING:
    from policytracker.web.safety import Guard

STORY = "/home?at=2026-01-28&known=2026-01-28T12:00Z"
"""Where the demo begins: on the day of the story, before its second half was known."""
TOKEN = "POLICYTRACKER_TOKEN"
EVERYWHERE = ("0.0.0.0", "::")


@click.command(short_help="Show it in a browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0: a free one.")
@click.option("--demo", is_flag=True, help="Show the history that ships with the program; needs no ledger.")
@click.option("--public", is_flag=True, help="Let everyone read who reaches the host.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=f"Let those read who have the token in this file.  [default: ${TOKEN}]",
)
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Another name that browsers may use.")
@publishing_options("find the server", "as they call it", takes_path=False)
@click.option("--open", "browse", is_flag=True, help="Open a browser.")
@click.pass_context
def serve(
    context: click.Context,
    /,
    host: str,
    port: int,
    demo: bool,
    public: bool,
    token_file: Path | None,
    names: tuple[str, ...],
    base: str | None,
    recorders: bool,
    browse: bool,
) -> None:
    """Show the ledger in a browser: on this machine unless told otherwise, and only to be read. Ctrl-C ends it.

    \b
    Examples:
      policytracker serve --demo
      policytracker --ledger demo.ledger serve --port 0 --open
      policytracker serve --host 0.0.0.0 --token-file token --allow-host tracker.example.org
    """
    if demo and given(context, "ledger"):
        raise click.UsageError("--demo shows a ledger of its own; leave out --demo or --ledger")
    token = _token(token_file, public)
    _check_reach(host, names, public or token is not None)
    from policytracker.web.app import application
    from policytracker.web.opened import Opened
    from policytracker.web.options import Options
    from policytracker.web.safety import Hosts

    hosts = Hosts((host, *names, *([] if base is None else [base.partition("//")[2]])), host in EVERYWHERE)
    with _ending_quietly(), _demo() if demo else nullcontext(path_of(context)) as ledger:
        opened = Opened(ledger, clock.today)
        opened.reader()
        start = STORY if demo else "/home"
        _serve(application(opened, start, hosts, token, Options(base, recorders)), host, port, browse)


def _serve(pages: "Guard", host: str, port: int, browse: bool) -> None:
    from policytracker.web import serving

    try:
        listening = serving.listen(host, port)
    except serving.CannotListen as error:
        raise click.ClickException(str(error)) from error
    address = serving.address(host, listening)

    def ready() -> None:
        try:
            click.echo(f"open {address}")
        except streams.NotWritten as error:
            streams.give_up()
            notice(f"note: {error}; open {address}")
        if browse:
            _browse(address)

    serving.serve(pages, listening, ready)


def _token(file: Path | None, public: bool) -> str | None:
    """The token that readers need; None: none. Raises UsageError."""
    token = file.read_text("utf-8", "replace").strip() if file else os.environ.get(TOKEN, "")
    if public and (file or token):
        raise click.UsageError(
            f"--public lets everyone read, a token does not; leave out one (the token may be in ${TOKEN})"
        )
    if not (file or token):
        return None
    from policytracker.web.tokens import SHORTEST_TOKEN

    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise click.UsageError(
            f"the token needs at least {SHORTEST_TOKEN} characters, all of them letters, digits or signs of ASCII; "
            "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return token


def _check_reach(host: str, names: tuple[str, ...], settled: bool) -> None:
    """Refuse to let others read without being told so, and names that no browser uses. Raises UsageError."""
    from policytracker.ledger.hosts import is_loopback
    from policytracker.web.safety import host_name

    for name in names:
        if not host_name(name):
            raise click.UsageError(f"--allow-host {name!r} is no name of a host; give one such as tracker.example.org")
    if not (settled or is_loopback(host)):
        raise click.UsageError(
            f"--host {host} lets others read too: say so with --public, or give them a token with --token-file"
        )


@contextmanager
def _demo() -> Iterator[Path]:
    """A ledger of the shipped history, for as long as it is looked at."""
    from tempfile import TemporaryDirectory

    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store
    from policytracker.questions.history import shipped_lines

    with TemporaryDirectory(prefix="policytracker-") as folder:
        path = Path(folder) / "demo.ledger"
        with Store.create(path) as store:
            append_lines(store, shipped_lines())
        yield path


@contextmanager
def _ending_quietly() -> Iterator[None]:
    """Ctrl-C, a polite kill and a closed terminal all end what is under way, and are no failure."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def hang_up(number: int, frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, hang_up)
    with suppress(KeyboardInterrupt):
        yield


def _browse(address: str) -> None:
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()
