"""``llms.txt`` (https://llmstxt.org): an index of the pages for language models, made from the navigation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from policytracker.documentation.markdown import parse, plain

NAME: Final = "llms.txt"
"""The name of the file."""
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


class Listed(NamedTuple):
    """A page of the index."""

    kind: str
    label: str
    name: str
    """Its file in the site."""
    text: str
    """What it says, as Markdown."""


def index(pages: Iterable[Listed], place: str) -> str:
    """A line for each page, with its first sentence; first the whole first paragraph of the first.

    ``place`` stands before each address. Pages of one kind follow each other.
    """
    return "\n".join(_lines(list(pages), place)) + "\n"


def _lines(pages: Sequence[Listed], place: str) -> Iterator[str]:
    yield from ("# policytracker", "", f"> {lead(pages[0].text)}")
    for kind, listed in groupby(pages, lambda page: page.kind):
        yield from ("", f"## {kind}", "")
        for page in listed:
            yield f"- [{page.label}]({place}{page.name}): {_END_OF_SENTENCE.split(lead(page.text))[0]}"


def lead(text: str) -> str:
    """The first paragraph of a page, as text; "" where there is none.

    >>> lead("# Title\\n\\nSee [the page](x.md)\\nfirst.\\n\\nMore.")
    'See the page first.'
    """
    tokens = parse(text)
    starts = (place for place, token in enumerate(tokens) if token.type == "paragraph_open")
    place = next(starts, None)
    return "" if place is None else plain(tokens[place + 1]).strip()
