"""Finding whoever is called so: by every name, former ones too, in both scripts of Chinese, or nearly so."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from opencc import OpenCC

from policytracker.questions import names
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.entries import Fields
from policytracker.status.naming import called_by, folded
from policytracker.status.registrations import Subject

Kind = Literal["company", "chip", "authority", "company-group", "chip-group"]
MOST_NEAR = 3
"""Of a kind that are proposed where nothing is called so."""
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


class Called(NamedTuple):
    """Whoever or whatever has such a name."""

    kind: Kind
    id: str
    name: str
    exactly: bool
    """Whether a name, an identifier or the id is just what was looked for."""


class Registered:
    """All who are registered on a day, with the names that they have or had on any day."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        directory = reader.directory_at(clocks.recorded, clocks.at)
        groups: dict[str, dict[str, Fields]] = {"company": {}, "chip": {}}
        for (of, group), fields in directory.groups.items():
            groups[of][group] = fields
        self._kinds: dict[Kind, Mapping[str, Fields]] = {
            "company": directory.companies,
            "chip": directory.chips,
            "authority": directory.authorities,
            "company-group": groups["company"],
            "chip-group": groups["chip"],
        }
        self._former: dict[Subject, list[str]] = {}
        for subject, registrations in reader.registry(reader.point(clocks).seen).changing.items():
            called = (name for entry in registrations.values() for name in called_by(entry.fields))
            self._former.setdefault(subject, []).extend(called)

    def called(self, text: str) -> Iterator[Called]:
        """Those whose id, name or identifier contains a text, kind by kind; of each, those called just so first."""
        wanted = in_one_script(folded(text))
        for kind, registered in self._kinds.items():
            found = []
            for subject, fields in registered.items():
                words = self._words((kind.removesuffix("-group"), subject), fields)
                if any(wanted in word for word in words):
                    found.append(Called(kind, subject, names.label(fields), wanted in words))
            yield from sorted(found, key=lambda each: (not each.exactly, each.id))

    def near(self, text: str) -> Iterator[Called]:
        """Companies and chips that may be meant by a text that nobody is called by."""
        wanted = in_one_script(folded(text))
        kinds: tuple[Kind, ...] = ("company", "chip")
        for kind in kinds:
            registered = self._kinds[kind]
            for subject in names.nearest(registered, wanted)[:MOST_NEAR]:
                yield Called(kind, subject, names.label(registered[subject]), exactly=False)

    def _words(self, subject: Subject, fields: Fields) -> set[str]:
        texts = (subject[1], *called_by(fields), *self._former.get(subject, ()))
        return {in_one_script(folded(text)) for text in texts}


def in_one_script(text: str) -> str:
    """A text with its Chinese in the simplified script; any other text as it is.

    >>> in_one_script("字節跳動"), in_one_script("H200")
    ('字节跳动', 'H200')
    """
    return str(_simplified().convert(text)) if _CHINESE.search(text) else text


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
