"""Another program proposes events: a language model, or anything that reads JSON and answers in JSON.

It gets the text, the names and the JSON Schema of events on standard input. What it answers is held to the same check
as what is found offline (``proposals``).
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, NamedTuple, cast

from policytracker.authoring.drafting.article import Article
from policytracker.authoring.drafting.proposals import Proposal, Source
from policytracker.events.catalogue import REGISTRY, TYPES
from policytracker.events.describe import schema
from policytracker.events.refusals import shown
from policytracker.questions.errors import QuestionError
from policytracker.status.naming import called_by

MOST_ANSWERED = 5_000_000
"""Bytes of an answer."""
MOST_EVENTS = 500
PIECE = 65_536
FORM = 'answer {"events": [{"type": …, "quote": …}]} on standard output'
TASK = (
    'Propose the events that the text supports, as {"events": [...]}: each an object with the fields of its type'
    " by the schema, without `report`, with `quote`: a passage of the text, word for word, at most 500 characters,"
    " that names every company, chip and authority of the event and every number of its quantity; and optionally"
    " `why`: a list of short texts. Dates are those that the text tells, as vague as it tells them. Propose nothing"
    " that the text does not say was done."
)


class NotAnswered(QuestionError):
    """A command that gave no answer which can be read."""


class _Answer(NamedTuple):
    """How the command ended, and what it wrote."""

    code: int
    output: bytes
    messages: bytes


def ask(command: str, seconds: float, article: Article, source: Source) -> list[Proposal]:
    """What a command proposes. Raises NotAnswered if it fails, takes longer or answers something else."""
    request = json.dumps(request_for(article, source), ensure_ascii=False).encode()
    answer = _run(command, seconds, request)
    called = shown(command)
    if answer.code != 0:
        last = answer.messages.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it wrote no message"]
        raise NotAnswered(
            f"--with {called} ended with exit code {answer.code}: {last[0]}; mend the command, or leave out --with"
        )
    return _proposals(called, answer.output)


def request_for(article: Article, source: Source) -> dict[str, Any]:
    """What the command gets on standard input."""
    names = source.lexicon.names
    return {
        "task": TASK,
        "schema": schema(tuple(kind for name, kind in TYPES.items() if name not in REGISTRY)),
        "names": {
            "authorities": {each: list(called_by(fields)) for each, fields in names.authorities.items()},
            "companies": {each: list(called_by(fields)) for each, fields in names.companies.items()},
            "chips": {each: list(called_by(fields)) for each, fields in names.chips.items()},
            "groups": {each: fields["name"] for (_, each), fields in names.groups.items()},
        },
        "report": dict(source.report),
        "text": article.text,
    }


def _run(command: str, seconds: float, request: bytes) -> _Answer:
    called = shown(command)
    # From a file, and not through a pipe, which a command need not read to its end.
    with TemporaryFile() as asked:
        asked.write(request)
        asked.seek(0)
        try:
            words = shlex.split(command)
            if not words:
                raise ValueError("it is empty")
            # A group of its own, so that what the command has started ends with it.
            process = subprocess.Popen(
                words, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise NotAnswered(f"--with {called} cannot be started: {why}; name a program and its arguments") from None
        with process:
            try:
                return _answer(process, called, seconds)
            except BaseException:
                with suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
                raise


def _answer(process: subprocess.Popen[bytes], called: str, seconds: float) -> _Answer:
    """Read what the command writes, as long as it may take, and no more than an answer may have."""
    if process.stdout is None or process.stderr is None:
        raise NotAnswered(f"--with {called} has no standard streams; name another program")
    read: dict[IO[bytes], bytearray] = {process.stdout: bytearray(), process.stderr: bytearray()}
    deadline = monotonic() + seconds
    with DefaultSelector() as selector:
        for stream in read:
            selector.register(stream, EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - monotonic()))
            if monotonic() >= deadline:
                raise NotAnswered(f"--with {called} gave no answer in {seconds:g} seconds; allow more with --seconds")
            for key, _ in ready:
                piece = os.read(key.fd, PIECE)
                if not piece:
                    selector.unregister(key.fileobj)
                read[cast("IO[bytes]", key.fileobj)] += piece
            if len(read[process.stdout]) > MOST_ANSWERED:
                raise NotAnswered(f"--with {called} answered more than {MOST_ANSWERED:,} bytes; {FORM}")
            del read[process.stderr][:-PIECE]
    try:
        code = process.wait(max(0.0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        raise NotAnswered(f"--with {called} did not end in {seconds:g} seconds; allow more with --seconds") from None
    return _Answer(code, bytes(read[process.stdout]), bytes(read[process.stderr]))


def _proposals(called: str, output: bytes) -> list[Proposal]:
    try:
        said = json.loads(output)
    except (ValueError, RecursionError):
        begins = output[:60].decode("utf-8", "replace")
        raise NotAnswered(f"--with {called} answered no JSON (it begins with {shown(begins)}); {FORM}") from None
    events = said.get("events") if isinstance(said, dict) else said
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise NotAnswered(f"--with {called} answered JSON without a list of events; {FORM}")
    if len(events) > MOST_EVENTS:
        raise NotAnswered(f"--with {called} answered {len(events):,} events; {MOST_EVENTS} are read at the most")
    return [_proposal(each) for each in events]


def _proposal(event: dict[str, Any]) -> Proposal:
    fields = {key: value for key, value in event.items() if key not in ("quote", "why", "draft", "report")}
    why = event.get("why")
    told = [why] if isinstance(why, str) else why if isinstance(why, list) else []
    quote = event.get("quote")
    proposed = ("proposed by the command", *(str(each) for each in told))
    return Proposal(fields, " ".join(quote.split()) if isinstance(quote, str) else "", proposed)
