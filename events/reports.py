"""Reports: who published what, when, and how far it is to be trusted (semantics.md §1, §3)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from policytracker.events.dates import moment
from policytracker.events.fields import Moment, Part
from policytracker.events.limits import LONGEST_QUOTE
from policytracker.events.refusals import Refused, WrongKind

Attribution = Literal["official", "on-record", "anonymous", "unattributed"]
Grade = Annotated[
    str, Meta(pattern="^[A-F][1-6]$", description="Admiralty code, A1 (best) to F6", extra={"is": "Admiralty code"})
]


class Report(Part, frozen=True, kw_only=True):
    """A published account."""

    publisher: Annotated[str, Meta(min_length=1, description="the outlet or body that published it")]
    published: Moment
    title: Annotated[str, Meta(description="the headline as printed, never a paraphrase")] | None = None
    url: Annotated[str, Meta(description="where it can be read")] | None = None
    cites: (
        Annotated[str, Meta(min_length=1, description="the first source that it repeats, such as an agency")] | None
    ) = None
    attribution: (
        Annotated[Attribution, Meta(description="on whose word: decides the grade if none is given")] | None
    ) = None
    sources: Annotated[int, Meta(ge=0, description="how many people it rests on")] | None = None
    grade: Grade | None = None
    language: Annotated[str, Meta(description="its language: en, zh")] | None = None
    archived: Annotated[str, Meta(description="URL of a saved copy")] | None = None
    summary: Annotated[str, Meta(description="what it says, in your own words")] | None = None
    quote: (
        Annotated[
            str,
            Meta(
                max_length=LONGEST_QUOTE,
                description=f"the passage that the event rests on, word for word, at most {LONGEST_QUOTE} characters",
            ),
        ]
        | None
    ) = None

    def faults(self) -> Iterator[Refused]:
        """No publisher, or a publication date that is none."""
        try:
            moment(self.published)
        except Refused as refused:
            yield refused.within("published")
        if not self.publisher.strip():
            yield WrongKind("publisher", "an empty name", self.publisher, "name the outlet")
