"""Which pages the documentation has, by what readers want of them. A new page is a line here."""

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of page: tutorial, how-to, reference or explanation."""

    title: str
    pages: tuple[str, ...]
    """Paths in the repository, in the order of the navigation. A path with ``*`` means all pages that it matches."""
    median: int | None = None
    """The words that the median sentence of each page may have; None: there is no limit."""


KINDS = (
    Kind("Tutorial", ("README.md", "docs/tutorial*.md"), median=20),
    Kind(
        "How to",
        (
            "docs/howto-*.md",
            "docs/recording.md",
            "docs/web.md",
            "docs/python.md",
            "docs/testing.md",
            "docs/keeping.md",
            "docs/postgresql.md",
            "docs/library.md",
        ),
        median=20,
    ),
    Kind(
        "Reference",
        (
            "docs/cli.md",
            "docs/json.md",
            "docs/tables.md",
            "docs/events.md",
            "policytracker/history/README.md",
            "benchmarks/RESULTS.md",
            "benchmarks/BESIDE.md",
            "CHANGELOG.md",
        ),
    ),
    Kind(
        "Explanation",
        (
            "docs/method.md",
            "docs/about.md",
            "docs/answers.md",
            "docs/semantics.md",
            "docs/glossary.md",
            "docs/comparison*.md",
            "docs/limits*.md",
            "docs/faq*.md",
            "docs/trust.md",
            "docs/security.md",
            "docs/design.md",
            "CONTRIBUTING.md",
        ),
    ),
)
START = "README.md"
"""The page that the documentation begins with."""
LABELS = {START: "Overview", "benchmarks/RESULTS.md": "Measurements", "benchmarks/BESIDE.md": "Beside version 0.1"}
"""What the navigation calls a page, where that is not its title."""
