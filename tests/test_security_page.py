"""Every test that docs/security.md names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`", PAGE)


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_is_there() -> None:
    missing = [f"{file}::{name}" for file, name in NAMED if name not in names_in(file)]

    assert missing == []


def test_every_line_of_the_table_names_a_test() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]

    assert len(lines) > 25
    assert [line for line in lines if "::test_" not in line.split(" | ")[-1]] == []
