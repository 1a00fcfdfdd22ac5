"""ETags: an answer is the same while the program, the ledger and what was asked are (RFC 9110 §8.8.3, §13.1.2)."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from policytracker.events.dates import end_of_day
from policytracker.ledger import clock
from policytracker.ledger.reading import Head
from policytracker.questions.asked import DAYS
from policytracker.questions.reader import Clocks

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
ANY = "*"


def tag(
    head: Head, path: str, given: Mapping[str, str], asked: Clocks, today: int, options: Sequence[object] = ()
) -> str:
    """The ETag of an answer. The day counts only where a date of the question rests on it, or lies ahead of it.

    Of a date that lies ahead a page says so.
    """
    rests = "at" not in given or any(value.casefold() in DAYS for value in given.values())
    ends = (asked.known, end_of_day(today)), (asked.recorded, clock.end_of_day(today))
    rests |= asked.at > today or any(date is not None and date > end for date, end in ends)
    parts = [
        program(),
        head.ledger,
        head.position,
        head.id,
        head.recorded,
        head.foreign,
        path,
        sorted(given.items()),
        today if rests else None,
        options,
    ]
    return f'"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'


def held(headers: Iterable[str]) -> set[str]:
    """The tags that a request holds already, by its If-None-Match headers; compared weakly.

    >>> sorted(held(['"a", W/"b"', '"c,d"'])), held(["*"])
    (['"a"', '"b"', '"c,d"'], {'*'})
    """
    return {ANY} if ANY in (texts := [text.strip() for text in headers]) else set(_TAG.findall(",".join(texts)))


@cache
def program() -> str:
    """A mark of the program as installed: another after every change to it, with or without a new version."""
    folder = Path(__file__).resolve().parent.parent
    found = sorted(
        (entry.path.removeprefix(str(folder)), entry.stat().st_size, entry.stat().st_mtime_ns)
        for place, _, _ in os.walk(folder, followlinks=True)
        for entry in os.scandir(place)
        if entry.name.endswith((".py", ".html", ".css", ".js", ".svg", ".ttf", ".ico"))
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]
