"""How a name that has been begun may go on: ids, refs and selectors, each with what it stands for."""

import json
from collections.abc import Callable, Iterator, Mapping

from policytracker.questions.names import label
from policytracker.questions.reader import Reader
from policytracker.questions.telling import summary
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Fields

Completion = tuple[str, str]


def completions(reader: Reader, space: str, begun: str) -> list[Completion]:
    """Words of a name space that begin so, with their meaning. Case does not matter, but for events.

    The name spaces: ``company`` and ``chip`` (selectors), ``a-company`` and ``a-chip`` (one of them), ``authority``,
    ``group``, ``member`` and ``event``.
    """
    if space == "event":
        return sorted(_events(reader, begun))
    found = _SPACES[space](reader.directory)
    folded = begun.casefold()
    return [(word, meaning) for word, meaning in found if word.casefold().startswith(folded)]


def _events(reader: Reader, begun: str) -> Iterator[Completion]:
    """Refs; ids too once they are begun."""
    wanted = f"SELECT ref, id, body FROM entries WHERE type NOT IN ({', '.join('?' * len(REGISTRY_TYPES))})"
    for ref, event_id, body in reader.connection.execute(wanted, tuple(REGISTRY_TYPES)):
        if ref and ref.startswith(begun):
            yield ref, summary(json.loads(body))
        elif begun and event_id.startswith(begun):
            yield event_id, summary(json.loads(body))


def _companies(directory: Directory) -> Iterator[Completion]:
    yield from _labels(directory.companies)
    yield from _groups(directory, "company")
    homes = sorted({company["jurisdiction"] for company in directory.companies.values()})
    yield from ((f"in:{home}", f"companies of {home}") for home in homes)
    yield from ((f"hq:{home}", f"companies whose ultimate parent is of {home}") for home in homes)
    yield from ((f"under:{company}", f"{company} and all below it") for company in sorted(directory.companies))
    owners = (*sorted(directory.companies), *(group for kind, group in sorted(directory.groups) if kind == "company"))
    yield from ((f"owned:{owner}", f"{owner} and all of which it owns half or more") for owner in owners)
    yield "all", "every company"


def _chips(directory: Directory) -> Iterator[Completion]:
    yield from _labels(directory.chips)
    yield from _groups(directory, "chip")
    vendors = sorted({str(chip["vendor"]) for chip in directory.chips.values()})
    yield from ((f"vendor:{vendor}", f"chips of {vendor}") for vendor in vendors)
    yield "all", "every chip"


def _members(directory: Directory) -> Iterator[Completion]:
    yield from _labels(directory.companies)
    yield from _labels(directory.chips)


def _labels(registered: Mapping[str, Fields]) -> Iterator[Completion]:
    yield from ((subject, label(registered[subject])) for subject in sorted(registered))


def _groups(directory: Directory, kind: str) -> Iterator[Completion]:
    yield from (
        (group, label(fields)) for (members, group), fields in sorted(directory.groups.items()) if members == kind
    )


def _all_groups(directory: Directory) -> Iterator[Completion]:
    yield from _groups(directory, "company")
    yield from _groups(directory, "chip")


_SPACES: dict[str, Callable[[Directory], Iterator[Completion]]] = {
    "company": _companies,
    "chip": _chips,
    "a-company": lambda directory: _labels(directory.companies),
    "a-chip": lambda directory: _labels(directory.chips),
    "authority": lambda directory: _labels(directory.authorities),
    "group": _all_groups,
    "member": _members,
}
