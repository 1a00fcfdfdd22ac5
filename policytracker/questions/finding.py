"""Finding whoever is called so: by every name, former ones too, in both scripts of Chinese, or nearly so."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from opencc import OpenCC

from policytracker.questions import names
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.entries import Fields
from policytracker.status.naming import folded as folded

Kind = Literal["company", "chip", "authority", "company-group", "chip-group"]
MOST_NEAR = 3
"""Of a kind that are proposed where nothing is called so."""
_CHINESE_PLACES = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
_CHINESE = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _CHINESE_PLACES) + "]")


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
        self._directory = directory

    def called(self, text: str) -> Iterator[Called]:
        """Those whose id, name or identifier contains a text, kind by kind; of each, those called just so first."""
        wanted = in_one_script(folded(text))
        for kind, registered in self._kinds.items():
            exactly: dict[str, bool] = {}
            for word, subject in self._spelled(kind):
                if wanted in word:
                    exactly[subject] = exactly.get(subject, False) or word == wanted
            found = (Called(kind, each, names.label(registered[each]), exactly[each]) for each in exactly)
            yield from sorted(found, key=lambda each: (not each.exactly, each.id))

    def all(self) -> Iterator[tuple[Called, list[str]]]:
        """Each of them, with all by which it is found, folded and Chinese in the simplified script."""
        for kind, registered in self._kinds.items():
            words: dict[str, dict[str, None]] = {subject: {} for subject in sorted(registered)}
            for word, subject in self._spelled(kind):
                words[subject].setdefault(word)
            for subject, found in words.items():
                yield Called(kind, subject, names.label(registered[subject]), exactly=True), list(found)

    def near(self, text: str) -> Iterator[Called]:
        """Companies and chips that may be meant by a text that nobody is called by."""
        wanted = in_one_script(folded(text))
        kinds: tuple[Kind, ...] = ("company", "chip")
        for kind in kinds:
            for subject in names.nearest(self._spelled(kind), wanted)[:MOST_NEAR]:
                yield Called(kind, subject, names.label(self._kinds[kind][subject]), exactly=False)

    def _spelled(self, kind: Kind) -> Iterator[tuple[str, str]]:
        """All by which each of a kind is found, Chinese in one script, with its id."""
        found = names.spelled_as(self._directory, kind.removesuffix("-group"), self._kinds[kind])
        return ((in_one_script(word), subject) for word, subject in found)


def in_one_script(text: str) -> str:
    """A text with its Chinese in the simplified script; any other text as it is.

    >>> in_one_script("字節跳動"), in_one_script("H200")
    ('字节跳动', 'H200')
    """
    return str(_simplified().convert(text)) if _CHINESE.search(text) else text


def scripts(text: str) -> tuple[str, str]:
    """The characters of the traditional script that stand for a simplified one of a text, and those, in one order.

    >>> traditional, simplified = scripts("字节跳动")
    >>> sorted(zip(traditional, simplified))
    [('動', '动'), ('節', '节')]
    """
    wanted = set(in_one_script(text))
    pairs = [(old, new) for old, new in _pairs() if new in wanted]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Every Chinese character that has a simplified form, with that."""
    every = (chr(place) for first, last in _CHINESE_PLACES for place in range(first, last + 1))
    return tuple((old, new) for old in every if (new := in_one_script(old)) != old)


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
