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
from typing import Any

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
TASK = (
    'Propose the events that the text supports, as {"events": [...]}: each an object with the fields of its type'
    " by the schema, without `report`, with `quote`: a passage of the text, word for word, at most 500 characters,"
    " that names every company, chip and authority of the event and every number of its quantity; and optionally"
    " `why`: a list of short texts. Dates are those that the text tells, as vague as it tells them. Propose nothing"
    " that the text does not say was done."
)


class NotAnswered(QuestionError):
    """A command that gave no answer which can be read."""


class _Answer:
    """What the command wrote."""

    def __init__(self, code: int, output: bytes, messages: bytes) -> None:
        self.code, self.output, self.messages = code, output, messages


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
    try:
        words = shlex.split(command)
        if not words:
            raise ValueError("it is empty")
        # A group of its own, so that what the command has started ends with it.
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise NotAnswered(f"--with {called} cannot be started: {why}; name a program and its arguments") from None
    with process:
        try:
            output, messages = process.communicate(request, timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            raise NotAnswered(
                f"--with {called} gave no answer in {seconds:g} seconds; allow more with --seconds"
            ) from None
        except BaseException:
            _end(process)
            raise
    return _Answer(process.returncode, output, messages)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command, and what it has started."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _proposals(called: str, output: bytes) -> list[Proposal]:
    form = 'answer {"events": [{"type": …, "quote": …}]} on standard output'
    if len(output) > MOST_ANSWERED:
        raise NotAnswered(f"--with {called} answered more than {MOST_ANSWERED:,} bytes; {form}")
    try:
        said = json.loads(output)
    except (ValueError, RecursionError):
        begins = output[:60].decode("utf-8", "replace")
        raise NotAnswered(f"--with {called} answered no JSON (it begins with {shown(begins)}); {form}") from None
    events = said.get("events") if isinstance(said, dict) else said
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise NotAnswered(f"--with {called} answered JSON without a list of events; {form}")
    if len(events) > MOST_EVENTS:
        raise NotAnswered(f"--with {called} answered {len(events):,} events; {MOST_EVENTS} are read at the most")
    return [_proposal(each) for each in events]


def _proposal(event: dict[str, Any]) -> Proposal:
    fields = {key: value for key, value in event.items() if key not in ("quote", "why", "draft", "report")}
    why = event.get("why")
    told = [why] if isinstance(why, str) else why if isinstance(why, list) else []
    quote = event.get("quote")
    proposed = ("proposed by the command", *(str(each) for each in told))
    return Proposal(fields, quote if isinstance(quote, str) else "", proposed)
