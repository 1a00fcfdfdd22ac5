"""Where the blocks of a TOML file begin: the standard library reads their values and tells no lines."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^']++|'(?!''))*+'{3,5}'''
    r"""|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'|\#[^\n]*+|[\[\]{}\n]""",
    re.DOTALL,
)
"""Strings and comments, in which nothing else is looked for; brackets; ends of lines."""


class Header(NamedTuple):
    """The line that begins one table of an array: ``[[report.event]]``."""

    path: tuple[str, ...]
    line: int


def headers(text: str) -> Iterator[Header]:
    """The headers of a text that is TOML, in their order.

    >>> [tuple(each) for each in headers("[[report]]\\nnote = '[[event]]'\\n[[ report . event ]]")]
    [(('report',), 1), (('report', 'event'), 3)]
    """
    depth, line, line_start, opened = 0, 1, 0, 0
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "\n":
                line, line_start = line + 1, token.end()
            case "[" | "{":
                if depth == 0:
                    opened = token.start()
                depth += 1
            case "]" | "}":
                depth -= 1
                # Of brackets outside all others only a header has nothing before them on its line.
                if depth == 0 and text.startswith("[[", opened) and not text[line_start:opened].strip():
                    yield Header(_path(text[opened : token.end()]), line)
            case other:
                line += other.count("\n")


@lru_cache(maxsize=64)
def _path(header: str) -> tuple[str, ...]:
    """The keys of a header."""
    found: list[str] = []
    value = tomllib.loads(header)
    while value:
        ((key, inner),) = value.items()
        found.append(key)
        value = inner[0] if isinstance(inner, list) else inner
    return tuple(found)
