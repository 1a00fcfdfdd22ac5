"""The newest reports known at a moment, in words, for readers who want to know what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policytracker.questions.newest import newest

if TYPE_CHECKING:
    from policytracker.questions.in_words import InWords
    from policytracker.questions.overview_answers import EventInWords
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.questions.turning import Publications

LOOKED_AT: Final = 1_000
"""Threads that are read at the most."""


def latest(
    reader: Reader, clocks: Clocks, publications: Publications, in_words: InWords, count: int
) -> list[EventInWords]:
    """The events published last, the newest first, as they stand: at most ``count``."""
    return newest(reader, clocks, publications, in_words.event, count, LOOKED_AT).events
