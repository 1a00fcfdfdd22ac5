"""How long the sentences of the documentation are: ``python -m docs.sentences``.

Counted is what people read as sentences: paragraphs and list items, without code blocks, tables, headings, pictures and
the addresses of links. A piece of code in a sentence counts as one word.
"""

import re
import sys
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from markdown_it.token import Token

from policytracker.documentation.markdown import parse
from policytracker.documentation.site import Documentation, Page

CODE = "Code"
"""Stands for a piece of code. A capital letter, because code may begin a sentence."""
LEFT_OUT = ("html_inline", "image")
END = re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[^a-z])")
"""Between two sentences: what ends one, and no small letter after it."""
ABBREVIATION = re.compile(r"\b(e\.g|i\.e|vs|No|Art|Inc|Co|Ltd|U\.S)\.(?=\s)")


class Sentences(NamedTuple):
    """The sentences of one page."""

    page: Page
    found: list[str]

    @property
    def median(self) -> float:
        """Words in the median sentence; 0 where there is none."""
        return median(map(words, self.found)) if self.found else 0

    @property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.found, key=words, default="")

    @property
    def is_too_long(self) -> bool:
        """Whether the median is above what the navigation allows for this kind of page."""
        return self.page.kind.median is not None and self.median > self.page.kind.median


def measured(documentation: Documentation) -> list[Sentences]:
    """The sentences of every page, in the order of the navigation."""
    return [Sentences(page, list(sentences(documentation.text(page.source)))) for page in documentation.pages.values()]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a page in Markdown, one after another."""
    within_table = False
    before = ""
    for token in parse(text):
        if token.type in ("table_open", "table_close"):
            within_table = token.type == "table_open"
        elif token.type == "inline" and before == "paragraph_open" and not within_table:
            parts = END.split(ABBREVIATION.sub(lambda found: found[1].replace(".", ""), _read(token)))
            yield from (part for part in parts if part.rstrip('"”’)*').endswith((".", "!", "?", ":")))
        before = token.type


def words(sentence: str) -> int:
    """How many words a sentence has."""
    return sum(any(letter.isalnum() for letter in word) for word in sentence.split())


def _read(token: Token) -> str:
    """What one reads of a paragraph."""
    return "".join(
        CODE if child.type == "code_inline" else " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type not in LEFT_OUT
    ).strip()


def main() -> None:
    """Print a line a page; fail where a median is too long."""
    found = measured(Documentation())
    print(f"{'median':>6}  {'at most':>7}  {'longest':>7}  page")
    for each in found:
        most = each.page.kind.median or ""
        print(f"{each.median:6g}  {most:>7}  {words(each.longest):7}  {each.page.source}")
    too_long = [each for each in found if each.is_too_long]
    if too_long:
        names = ", ".join(each.page.source for each in too_long)
        sys.exit(f"the median sentence is too long: {names}. Split the longest sentences")


if __name__ == "__main__":
    main()
