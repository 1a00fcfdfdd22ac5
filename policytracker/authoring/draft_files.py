"""The drafts of a report file, and the file with one of them accepted, changed or dropped: all else stays as it is
written there, comments and layout too.

tomlkit, the library that keeps comments, puts all ``[[report]]`` before the first ``[[event]]``, so the order changes.
Here lines are replaced, and what comes out is read again: it has to say what is meant, and nothing else.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from policytracker.authoring.blocks import EVENT, REPORT, Block, NotToml, blocks_of
from policytracker.authoring.events import ACCEPTED, DRAFT
from policytracker.authoring.headers import headers
from policytracker.events.refusals import Refused

PATHS = ((REPORT,), (REPORT, EVENT), (EVENT,))
_DRAFT_LINE = re.compile(rf"""([ \t]*)["']?{DRAFT}["']?[ \t]*=[ \t]*true[ \t]*(#.*?)?(\r?)""")


class NotReviewed(Refused):
    """A report file, or a part of one, that cannot be gone through."""


class Draft(NamedTuple):
    """An event of a report file that nobody has reviewed, and its lines there, counted from 0."""

    place: int
    """Which of the blocks of the file it is, counted from 0."""
    block: Block
    first: int
    """The first of the comments that stand right above it."""
    header: int
    end: int
    """After its last line, and comments that stand right below that."""


class DraftFile:
    """The text of a report file. Each change gives another one."""

    def __init__(self, text: str) -> None:
        """Raises NotReviewed for a text that is not TOML, or that has a draft in one line with its report."""
        self.text = text
        self.blocks = blocks_of(text.encode())
        for block in self.blocks:
            if isinstance(block.fault, NotToml):
                raise NotReviewed(f"line {block.line}", block.fault.what, block.fault.way_out)
        self._lines = text.split("\n")
        self._headers = [(each.line - 1, each.path) for each in headers(text) if each.path in PATHS]
        self.drafts = [self._draft(place, each) for place, each in enumerate(self.blocks) if _is_draft(each)]

    def lines_of(self, draft: Draft) -> str:
        """A draft as it is written, with its comments."""
        return "\n".join(self._lines[draft.first : draft.end])

    def comments_of(self, draft: Draft) -> list[str]:
        """The comments above a draft, in it and right below it, each on one line, in their order."""
        found = (line.strip() for line in self._lines[draft.first : draft.end])
        return [line.lstrip("# \t") for line in found if line.startswith("#") and line.strip("# \t")]

    def accepted(self, draft: Draft, name: str) -> "DraftFile":
        """The file with a draft accepted by somebody. Raises NotReviewed."""
        fields = {key: value for key, value in draft.block.fields.items() if key != DRAFT}
        meant = self._with(draft, {**fields, ACCEPTED: name})
        for place in range(draft.header + 1, draft.end):
            found = _DRAFT_LINE.fullmatch(self._lines[place])
            if found:
                comment = f"  {found[2]}" if found[2] else ""
                line = f"{found[1]}{ACCEPTED} = {json.dumps(name, ensure_ascii=False)}{comment}{found[3]}"
                other = self._spliced(place, place + 1, [line])
                if other is not None and _said(other.blocks) == meant:
                    return other
        what = f"no line of it says `{DRAFT} = true`"
        raise NotReviewed(draft.block.name, what, "write it on a line of its own")

    def dropped(self, draft: Draft) -> "DraftFile":
        """The file without a draft, and without a report that has no other event."""
        parts = [(draft.first, draft.end)]
        if sum(each.name.startswith(f"{_report_of(draft.block)}, ") for each in self.blocks) == 1:
            header = max(line for line, path in self._headers if path == (REPORT,) and line < draft.header)
            parts.insert(0, self._extent(header))
        lines = list(self._lines)
        for first, end in reversed(parts):
            is_apart = end < len(lines) and not lines[end].strip()
            del lines[first : end + is_apart]
        other = DraftFile("\n".join(lines))
        if _said(other.blocks) != _said(block for block in self.blocks if block is not draft.block):
            raise NotReviewed(draft.block.name, "its lines say more than this event", "delete it in an editor")
        return other

    def changed(self, draft: Draft, written: str) -> "DraftFile":
        """The file with other lines in the place of a draft, which stays one. Raises NotReviewed."""
        lines = written.removesuffix("\n").split("\n")
        other = DraftFile("\n".join([*self._lines[: draft.first], *lines, *self._lines[draft.end :]]))
        if len(other.blocks) != len(self.blocks) or _others(other, draft) != _others(self, draft):
            raise NotReviewed(draft.block.name, "what you wrote is not one event", "keep its header, and add no other")
        if _is_draft(other.blocks[draft.place]):
            return other
        header = next(place for place, path in other._headers if place >= draft.first and path == _path(draft.block))
        again = other._spliced(header + 1, header + 1, [f"{_indent(other._lines[header])}{DRAFT} = true"])
        if again is None or not _is_draft(again.blocks[draft.place]):
            raise NotReviewed(draft.block.name, f"it says {DRAFT} and not true", f"write {DRAFT} = true")
        return again

    def _draft(self, place: int, block: Block) -> Draft:
        if (block.line - 1, _path(block)) not in self._headers:
            way_out = "write it under [[report.event]], or under [[event]]"
            raise NotReviewed(f"line {block.line}", f"{block.name} is a draft in one line with others", way_out)
        return Draft(place, block, self._extent(block.line - 1)[0], block.line - 1, self._extent(block.line - 1)[1])

    def _extent(self, header: int) -> tuple[int, int]:
        """The lines of a table: comments right above its header, up to comments right below its last value.

        What stands further below belongs to the file: what a draft says that it could not place.
        """
        following = [line for line, _ in self._headers if line > header]
        end = self._above(following[0]) if following else len(self._lines)
        last = next(place for place in range(end - 1, header - 1, -1) if not _is_idle(self._lines[place]))
        while last + 1 < end and self._lines[last + 1].strip().startswith("#"):
            last += 1
        return self._above(header), last + 1

    def _above(self, header: int) -> int:
        while header and self._lines[header - 1].strip().startswith("#"):
            header -= 1
        return header

    def _spliced(self, first: int, end: int, lines: Sequence[str]) -> "DraftFile | None":
        try:
            return DraftFile("\n".join([*self._lines[:first], *lines, *self._lines[end:]]))
        except NotReviewed:
            return None

    def _with(self, draft: Draft, fields: dict[str, Any]) -> list[Any]:
        return _said(block._replace(fields=fields) if block is draft.block else block for block in self.blocks)


def _is_draft(block: Block) -> bool:
    return block.fields.get(DRAFT) is True


def _said(blocks: Any) -> list[Any]:
    """What blocks say, wherever they stand."""
    return [(block.fields, block.report) for block in blocks]


def _others(file: DraftFile, draft: Draft) -> list[Any]:
    return _said(block for place, block in enumerate(file.blocks) if place != draft.place)


def _report_of(block: Block) -> str:
    return block.name.partition(", ")[0] if block.report is not None else ""


def _path(block: Block) -> tuple[str, ...]:
    return (EVENT,) if block.report is None else (REPORT, EVENT)


def _is_idle(line: str) -> bool:
    return not line.strip() or line.strip().startswith("#")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
