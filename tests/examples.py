"""The examples of the pages for programmers."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def blocks_of(page: str, kinds: str = "python") -> list[tuple[str, str]]:
    """The blocks of a page in their order, each with its kind; ``kinds`` as in a regular expression."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```({kinds})\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def modules_of_testing_page() -> dict[str, str]:
    """The examples of docs/testing.md, by the names of their modules."""
    names = "test_customs", "customs_register", "test_register", "test_any_ledger"
    return {name: text for name, (_, text) in zip(names, blocks_of("testing"), strict=True)}
