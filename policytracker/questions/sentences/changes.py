"""Changes as sentences: for whom the answer turned, for which chips, from which verdict to which."""

from collections.abc import Iterable, Sequence

from policytracker.questions.groups import Group
from policytracker.questions.sentences.naming import MOST_NAMED, Naming, listed, number
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.status.words import Status


def change_sentence(naming: Naming, group: Group) -> str:
    """A change that several cells share."""
    step = group.step
    return f"{cells_in_words(naming, group.cells)}: {turn(step['from_possible'], step['to_possible'])}"


def cells_in_words(naming: Naming, cells: Iterable[tuple[str, str]]) -> str:
    """The companies and the chips of some cells: a few by their names, of more how many they are."""
    companies, chips = sides_of(cells)
    return (
        f"{_some([naming.company(each) for each in companies], 'companies')}, "
        f"{_some([naming.chip(each) for each in chips], 'chips')}"
    )


def sides_of(cells: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The ids of the companies, and those of the chips, of some cells: each once."""
    found = list(cells)
    return list(dict.fromkeys(company for company, _ in found)), list(dict.fromkeys(chip for _, chip in found))


def turn(before: Sequence[Status], after: Sequence[Status]) -> str:
    """From which verdict to which; by the statuses where the verdict stays the same.

    >>> turn(["blocked"], ["in_principle"])
    'from “no” to “not yet”'
    >>> turn(["pending"], ["in_principle"])
    '“not yet” as before, now in principle (was pending)'
    """
    was, now = verdict_words(before), verdict_words(after)
    if was != now:
        return f"from “{was}” to “{now}”"
    return f"“{now}” as before, now {_statuses(after)} (was {_statuses(before)})"


def _statuses(possible: Sequence[Status]) -> str:
    return " or ".join(status.replace("_", " ") for status in possible)


def _some(names: Sequence[str], kind: str) -> str:
    """A few names, or how many there are."""
    return listed(names) if len(names) <= MOST_NAMED else f"{number(len(names))} {kind}"
