"""The chip in the news: the one that the newest reports on claims name most often."""

from collections import Counter

from policytracker.questions.newest import first_of, newest
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.turning import Publications
from policytracker.status.directory import Directory
from policytracker.status.knowledge import Standing

NEWEST = 30
"""Events that are looked at."""
LOOKED_AT = 300
"""Threads that are read for them at the most."""


def chips_in_the_news(reader: Reader, clocks: Clocks, publications: Publications, directory: Directory) -> list[str]:
    """The chips that the newest known reports name by themselves, the most often named first.

    An event about a claim names the chips of the claim. Of equally many the one named last goes first.
    """

    def named(standings: dict[str, Standing], event: Standing) -> list[str]:
        chips = (chip for chip in first_of(standings, event).fields.get("chips") or () if isinstance(chip, str))
        return [chip for chip in chips if chip in directory.chips]

    counted: Counter[str] = Counter()
    for chips in newest(reader, clocks, publications, named, NEWEST, LOOKED_AT).events:
        counted.update(chips)
    return [chip for chip, _ in counted.most_common()]
