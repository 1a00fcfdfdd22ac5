"""A phrase of the trade press, and the event that it leads to: the table of docs/recording.md as data.

A row of it may have several phrases here. A phrase is looked for in one sentence; what stands before it there (a
negation, a plan, a denial) is read apart, in ``modality.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

EXPORT, IMPORT = "export", "import"
CLAIM_OF_ALL = ("prohibited", "licence-required", "cleared", "condition-imposed", "condition-signalled")
"""Types that are about everybody at a destination, where no company is named."""


class Phrase(NamedTuple):
    """What a report may say, and what is recorded of it."""

    row: int
    """Of docs/recording.md, "From phrases to events"."""
    type: str
    pattern: re.Pattern[str]
    fields: Mapping[str, Any] = {}
    direction: str = ""
    """Of the authority; "" for either."""
    may_come: bool = False
    """Whether what an authority will do is recorded as well: a rule that was announced."""


def phrase(
    row: int, type_: str, pattern: str, direction: str = "", may_come: bool = False, case: bool = False, **fields: Any
) -> Phrase:
    """A row of the table; ``fields`` are those of the event."""
    return Phrase(row, type_, re.compile(pattern, 0 if case else re.IGNORECASE), fields, direction, may_come)


LICENCE = r"(?:licen[cs]es?|export permits?)"
BUY = (
    r"(?:buy(?:ing)?|purchas(?:e|es|ing)|import(?:s|ing)?|order(?:s|ing)?|acquir(?:e|ing)|us(?:e|ing)|procur(?:e|ing))"
)
ENTITY = r"(?:to|on|onto) (?:its |the )?(?:U\.S\. |US |export |trade )?(?:Entity List|entity list|blacklist)"
TOLD = r"\b(?:told|instructed|ordered|directed|notified|informed)\b"
ASKED = r"\b(?:asked|urged|advised|discouraged|encouraged|warned|cautioned|pressed|recommended)\b"
SALE = r"(?:exports?|imports?|sales?|shipments?|exporting|importing|selling|shipping)"
"""Parts of several patterns in English."""
