"""A draft as the lines of a report file, with comments that say what led to each event and what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from policytracker.authoring.drafting.drafting import Draft, Drafted, Refusal
from policytracker.authoring.events import DRAFT
from policytracker.authoring.writing import block

LONGEST = 110
"""Characters of a line of a comment."""
_HEAD = (
    "A draft. Compare each event with the text, change what is wrong, then delete its line `draft = true`.",
    "An import refuses the file while one is left.",
)
_NOTHING = "no event was found in the text; write [[report.event]] blocks, or throw this file away"


def draft_file(draft: Draft) -> Iterator[str]:
    """The lines of the file."""
    for line in _HEAD:
        yield from comment(line)
    yield ""
    for why in draft.why:
        yield from comment(why)
    yield from block("[[report]]", draft.report, "report")
    for event in draft.events:
        yield from _event(event)
    if not draft.events:
        yield from comment(_NOTHING)
    for refusal in draft.refused:
        yield from _refused(refusal)
    for unplaced in draft.unplaced:
        yield from comment(f"not placed: {unplaced.why}")
        yield from comment(f"  “{_one_line(unplaced.text)}”")


def _event(event: Drafted) -> Iterator[str]:
    for why in event.why:
        yield from comment(f"why: {why}")
    first = {"type": event.fields["type"], DRAFT: True}
    yield from block("[[report.event]]", {**first, **event.fields, "quote": event.quote})


def _refused(refusal: Refusal) -> Iterator[str]:
    """A proposal that the text does not support, as a comment."""
    for reason in refusal.reasons:
        yield from comment(f"refused: {reason}")
    yield from comment(f"  {json.dumps(refusal.proposal.fields, ensure_ascii=False, default=str)}")
    yield from comment(f"  “{_one_line(refusal.proposal.quote)}”")


def comment(text: str) -> Iterator[str]:
    """A comment of as many lines as it needs. No line of it can be read as anything else."""
    for line in _wrapped(_one_line(text) if "\n" in text else text):
        yield f"# {line}".rstrip()


def _wrapped(text: str) -> Iterable[str]:
    from textwrap import wrap

    safe = "".join(character if character.isprintable() else "?" for character in text)
    indent = " " * (len(safe) - len(safe.lstrip()))
    return wrap(safe, LONGEST, subsequent_indent=f"{indent}  ", break_long_words=False) or [""]


def _one_line(text: str) -> str:
    return " ".join(text.split())
