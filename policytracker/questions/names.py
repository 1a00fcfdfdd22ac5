"""From what people call a company or a chip to its id: ids, names and aliases, in any language (cli.md)."""

from collections.abc import Callable, Mapping
from functools import partial

from policytracker.events.limits import LONGEST_TEXT
from policytracker.questions.errors import AmbiguousName, UnknownName
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.naming import folded as folded
from policytracker.status.naming import names_of as names_of

NEAREST = 5
REGISTER = "register it first: `policytracker record`"


def company(directory: Directory, name: str) -> str:
    """The id of a company. Raises UnknownName or AmbiguousName."""
    return _resolve("company", directory.companies, name, partial(directory.called, "company"))


def chip(directory: Directory, name: str) -> str:
    """The id of a chip. Raises UnknownName or AmbiguousName."""
    return _resolve("chip", directory.chips, name, partial(directory.called, "chip"))


def authority(directory: Directory, name: str) -> str:
    """The id of an authority. Raises UnknownName or AmbiguousName."""
    return _resolve("authority", directory.authorities, name, partial(directory.called, "authority"), REGISTER)


def member(directory: Directory, kind: str, name: str) -> str:
    """The id of a company (or chip), or of a group of them. Raises UnknownName or AmbiguousName."""
    single = directory.companies if kind == "company" else directory.chips
    groups = {group: fields for (members, group), fields in directory.groups.items() if members == kind}
    return _resolve(f"{kind} or group", {**single, **groups}, name, partial(directory.called, kind), REGISTER)


def label(fields: Fields) -> str:
    """What to call a registered subject: its name, and its Chinese name beside it."""
    chinese = (fields.get("names") or {}).get("zh")
    return f"{fields['name']} {chinese}" if chinese else str(fields["name"])


def containing(registered: Mapping[str, Fields], text: str) -> list[str]:
    """The ids of the registered whose id, name in some language or alias contains a text; those called so go first."""
    wanted = folded(text)
    words = {subject: [subject, *map(folded, names_of(fields))] for subject, fields in registered.items()}
    found = [subject for subject, its in sorted(words.items()) if any(wanted in word for word in its)]
    return sorted(found, key=lambda subject: wanted not in words[subject])


def _resolve(
    kind: str,
    registered: Mapping[str, Fields],
    name: str,
    called: Callable[[str], list[str]],
    way_out: str = "",
) -> str:
    if len(name) > LONGEST_TEXT:
        raise UnknownName(kind, name, (), way_out)
    wanted = folded(name)
    if wanted in registered:
        return wanted
    found = [subject for subject in called(wanted) if subject in registered]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(kind, name, sorted(found))
    raise UnknownName(kind, name, _nearest(registered, wanted), way_out)


def _nearest(registered: Mapping[str, Fields], wanted: str) -> list[str]:
    from difflib import get_close_matches

    spelled = {folded(word): subject for subject, fields in registered.items() for word in names_of(fields)}
    spelled.update({subject: subject for subject in registered})
    close = get_close_matches(wanted, spelled, n=NEAREST, cutoff=0.5)
    parts = [word for word in spelled if wanted and (wanted in word or word in wanted)]
    return list(dict.fromkeys(spelled[word] for word in [*close, *sorted(parts)]))[:NEAREST]
