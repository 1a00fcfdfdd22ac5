"""Every test that the pages of promises name is there, and each line of their tables of promises names one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("security", "trust", "web", "json")
# The tables whose last column is called so promise something; other tables on these pages describe.
PROMISES = "test"


def text_of(page: str) -> str:
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def promises_of(text: str) -> list[str]:
    """Return the lines of the tables that have a column of tests, without their heads."""
    found: list[str] = []
    within = False
    for line in text.splitlines():
        if not line.startswith("|"):
            within = False
        elif line.rstrip(" |").endswith(f"| {PROMISES}"):
            within = True
        elif within and not line.startswith("| ---"):
            found.append(line)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_the_page_names_is_there(page: str) -> None:
    named = re.findall(r"`([a-z_0-9/]+\.py)::(test_[a-z0-9_]+)`", text_of(page))

    assert named
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


@pytest.mark.parametrize(("page", "least"), [("security", 45), ("trust", 30), ("web", 9), ("json", 8)])
def test_every_promise_names_a_test(page: str, least: int) -> None:
    lines = promises_of(text_of(page))

    assert len(lines) >= least
    assert [line for line in lines if "::test_" not in line and not line.endswith("| none |")] == []


def test_a_promise_without_a_test_is_a_limit_only() -> None:
    without = [line for line in promises_of("\n".join(map(text_of, PAGES))) if line.endswith("| none |")]

    assert all(line in text_of("security").split("## What is not defended")[1] for line in without)
