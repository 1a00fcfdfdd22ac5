"""A JSON object of large parts, written in one pass: each part goes to a file of its own until all are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Any

from policytracker.questions.escaping import json_text

if TYPE_CHECKING:
    from typing import IO


class Sections:
    """The parts of an object by name, each with its entries. Use it in a ``with`` statement."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, IO[str]] = {}
        self._counts: dict[str, int] = {}

    def __enter__(self) -> Sections:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def put(self, section: str, key: str, value: dict[str, Any]) -> None:
        """Add an entry to a part; no two of a part have the same key. Raises OSError."""
        if section not in self._files:
            file = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
            self._files[section] = self._open.enter_context(file)
            self._counts[section] = 0
        self._files[section].write(f"{json_text(key)}: {json_text(value)}\n")
        self._counts[section] += 1

    def relate(self, section: str, value: dict[str, Any]) -> None:
        """Add an entry that has no name of its own."""
        self.put(section, f"_:{section}{self._counts.get(section, 0) + 1}", value)

    def lines(self, first: dict[str, Any]) -> Iterator[str]:
        """The lines of the object: what comes first, then the parts, one entry a line. Raises OSError."""
        yield "{"
        head = [f"{json_text(name)}: {json_text(value)}" for name, value in first.items()]
        yield ",\n".join(head) + ("," if self._files else "")
        for place, (section, file) in enumerate(self._files.items(), start=1):
            yield f"{json_text(section)}: {{"
            file.seek(0)
            last = self._counts[section]
            for number, line in enumerate(file, start=1):
                yield line.rstrip("\n") + ("," if number < last else "")
            yield "}" + ("," if place < len(self._files) else "")
        yield "}"
