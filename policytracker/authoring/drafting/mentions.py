"""Where a text names what is registered: companies, chips and authorities, by a name, an alias or a ticker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from policytracker.authoring.drafting.actors import ACTORS
from policytracker.questions.names import Names
from policytracker.status.entries import Fields
from policytracker.status.naming import called_by, folded

_TOKEN = re.compile(r"[^\W_\u4e00-\u9fff\u3040-\u30ff]+|[^\s]")
SHORT = 3
"""Letters of a name that has to be written as registered: "amd" and "jd" are words of other languages."""
COMPANY, CHIP, AUTHORITY = "company", "chip", "authority"


class Mention(NamedTuple):
    """A name in a text, and to what it leads."""

    start: int
    end: int
    space: str
    id: str
    direction: str = ""
    """Of an authority: export or import."""
    jurisdiction: str = ""
    is_group: bool = False


class _Entry(NamedTuple):
    tokens: tuple[str, ...]
    written: str
    space: str
    id: str
    is_group: bool


class Lexicon:
    """The names of a registry, to be found in texts. Names that lead to two ids lead to none here."""

    def __init__(self, names: Names) -> None:
        self.names = names

    @cached_property
    def _by_token(self) -> Mapping[str, list[_Entry]]:
        found: dict[tuple[str, tuple[str, ...]], _Entry | None] = {}
        for entry in self._entries():
            key = entry.space, entry.tokens
            other = found.get(key, entry)
            found[key] = other if other is not None and other.id == entry.id else None
        by_token: dict[str, list[_Entry]] = {}
        for each in found.values():
            if each is not None and each.tokens:
                by_token.setdefault(each.tokens[0], []).append(each)
        for entries in by_token.values():
            entries.sort(key=lambda entry: -len(entry.tokens))
        return by_token

    def _entries(self) -> Iterator[_Entry]:
        registered = ((COMPANY, self.names.companies), (CHIP, self.names.chips), (AUTHORITY, self.names.authorities))
        for space, subjects in registered:
            for subject, fields in subjects.items():
                yield from _spelled(space, subject, fields, is_group=False)
        for (kind, group), fields in self.names.groups.items():
            yield from _spelled(kind, group, fields, is_group=True)

    def mentions(self, text: str) -> list[Mention]:
        """The mentions in a text, in their order, without overlaps: the longest counts."""
        found = [*self._named(text), *self._called(text)]
        found.sort(key=lambda each: (each.start, -each.end))
        kept: list[Mention] = []
        for each in found:
            if not kept or each.start >= kept[-1].end:
                kept.append(each)
        return kept

    def _named(self, text: str) -> Iterator[Mention]:
        tokens = [(match.start(), match.end(), folded(match[0])) for match in _TOKEN.finditer(text)]
        words = [word for _, _, word in tokens]
        for place, (start, _, word) in enumerate(tokens):
            for entry in (*self._by_token.get(word, ()), *self._by_token.get(word.removesuffix("s"), ())):
                after = place + len(entry.tokens)
                end = tokens[after - 1][1] if after <= len(tokens) else 0
                if end and self._is_here(entry, tuple(words[place:after]), text[start:end]):
                    fields = self.names.authorities.get(entry.id, {}) if entry.space == AUTHORITY else {}
                    direction, where = fields.get("direction", ""), fields.get("jurisdiction", "")
                    yield Mention(start, end, entry.space, entry.id, direction, where, entry.is_group)
                    break

    def _is_here(self, entry: _Entry, words: tuple[str, ...], written: str) -> bool:
        if words != entry.tokens:
            plural = (*words[:-1], words[-1].removesuffix("s"))
            return entry.space == CHIP and plural == entry.tokens
        letters = [each for each in entry.written if each.isalpha()]
        return len(letters) > SHORT or not entry.written.isascii() or written == entry.written

    def _called(self, text: str) -> Iterator[Mention]:
        for actor in ACTORS:
            subject = self.authority_of(actor.names)
            if subject is None:
                continue
            direction = str(self.names.authorities[subject].get("direction", actor.direction))
            for match in actor.pattern.finditer(text):
                yield Mention(match.start(), match.end(), AUTHORITY, subject, direction, actor.jurisdiction)

    def authority_of(self, names: tuple[str, ...]) -> str | None:
        """The first of some names that leads to one registered authority."""
        for name in names:
            if name in self.names.authorities:
                return name
            found = self.names.called(AUTHORITY, folded(name))
            if len(found) == 1:
                return found[0]
        return None


def _spelled(space: str, subject: str, fields: Fields, is_group: bool) -> Iterator[_Entry]:
    for written in dict.fromkeys((*called_by(fields), *([subject] if len(subject) > SHORT else []))):
        yield _Entry(tuple(folded(match[0]) for match in _TOKEN.finditer(written)), written, space, subject, is_group)
