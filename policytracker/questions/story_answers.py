"""What the stories of companies and chips answer."""

from typing import TypedDict

from policytracker.questions.answers import Possible
from policytracker.questions.overview_answers import ClaimInWords


class StoryEvent(ClaimInWords):
    """An event that names a company or a chip, in a sentence, with how sure it is."""

    retracted: bool
    """Whether it was taken back since."""


class ChipForCompany(TypedDict):
    """A chip that matters for a company."""

    chip: str
    """Its id."""
    verdict: str
    """What the answer means to a reader."""
    possible: Possible
    limited_by: list[str]
    """The gates that hold it back."""


class PlaceInWords(TypedDict):
    """Who may import a chip in one jurisdiction, in a sentence."""

    jurisdiction: str
    sentence: str
