"""Which companies are named as belonging to a cohort, and which as not (semantics.md §3, §4)."""

from collections.abc import Iterable

from policytracker.events.dates import moment
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing

Words = dict[str, tuple[tuple[int, int], set[bool]]]
"""For each company the last moment at which it was spoken of, and whether it was named then, excluded, or both."""


def recipients(standing: Standing, cohort: Fields) -> tuple[frozenset[str], frozenset[str]]:
    """The named and the excluded companies of a claim whose `companies` are a cohort (§3, §4).

    Of a company both named and excluded the later sure word decides. The claim's own lists are the earliest words, then
    come events without a report. Where words of one moment do both, it is neither.
    """
    words: Words = {}
    _hear(words, (0, 0), cohort.get("named"), cohort.get("excluded"))
    for event in standing.acting("recipients-identified"):
        sure = event.sure_word
        when = (1, 0) if sure is None else (2, moment(sure["published"]))
        _hear(words, when, event.fields.get("companies"), event.fields.get("excluded"))
    named = frozenset(company for company, (_, said) in words.items() if said == {True})
    return named, frozenset(company for company, (_, said) in words.items() if said == {False})


def _hear(
    words: Words,
    when: tuple[int, int],
    named: Iterable[str] | None,
    excluded: Iterable[str] | None,
) -> None:
    """Take down who is named and excluded at a moment, unless a later word on a company is there."""
    for companies, is_named in ((named or (), True), (excluded or (), False)):
        for company in companies:
            before = words.get(company)
            if before is None or before[0] < when:
                words[company] = when, {is_named}
            elif before[0] == when:
                before[1].add(is_named)
