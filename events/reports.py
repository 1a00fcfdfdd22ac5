"""Reports: who published what, when, and how far it is to be trusted (semantics.md §1, §3)."""

from typing import Annotated, Literal

from msgspec import Meta

from policytracker.events.dates import moment
from policytracker.events.fields import Moment, Part
from policytracker.events.refusals import Refused, WrongKind

Attribution = Literal["official", "on-record", "anonymous", "unattributed"]
Grade = Annotated[str, Meta(pattern="^[A-F][1-6]$", description="Admiralty code, A1 (best) to F6")]


class Report(Part, frozen=True, kw_only=True):
    """A published account."""

    publisher: Annotated[str, Meta(min_length=1, description="the outlet or body that published it")]
    published: Moment
    title: Annotated[str, Meta(description="its title")] | None = None
    url: Annotated[str, Meta(description="where it can be read")] | None = None
    cites: Annotated[str, Meta(min_length=1, description="the outlet or agency that it repeats")] | None = None
    attribution: (
        Annotated[Attribution, Meta(description="on whose word: decides the grade if none is given")] | None
    ) = None
    sources: Annotated[int, Meta(ge=0, description="how many people it rests on")] | None = None
    grade: Grade | None = None
    language: Annotated[str, Meta(description="its language: en, zh")] | None = None
    archived: Annotated[str, Meta(description="URL of a saved copy")] | None = None

    def check(self) -> None:
        """Raise Refused when it has no publisher or its publication date is none."""
        try:
            moment(self.published)
        except Refused as refused:
            raise refused.within("published") from None
        if not self.publisher.strip():
            raise WrongKind("publisher", "an empty name", self.publisher, "name the outlet")
