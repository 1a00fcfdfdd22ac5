"""Every command of the tutorial and the how-tos runs in the order of its page, and prints what the page shows."""

from pathlib import Path

import pytest

from tests.docs.consoles import run

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
GUIDES = [DOCS / "tutorial.md", *sorted(DOCS.glob("howto-*.md"))]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_the_commands_of_a_guide_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    done = run(page.read_text(encoding="utf-8"), tmp_path)

    assert done
    assert {each.command: each.printed for each in done if each.differs} == {}
