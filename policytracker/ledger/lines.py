"""Lines of interchange files, each with the place that messages name."""

from typing import NamedTuple


class Line(NamedTuple):
    """One line of an interchange file."""

    source: str
    number: int
    text: bytes


def lines_of(source: str, content: bytes) -> list[Line]:
    """The lines of a file that are not blank."""
    numbered = enumerate(content.split(b"\n"), start=1)
    return [Line(source, number, text) for number, text in numbered if text.strip(b" \t\r")]
