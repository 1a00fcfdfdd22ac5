"""The examples of the pages for programmers run, and print what the page shows."""

from pathlib import Path

import pytest

from tests.demo import demo as demo
from tests.examples import blocks_of
from tests.views import copy_with_views


@pytest.mark.parametrize(("page", "examples"), [("library", 2), ("python", 6)])
def test_the_examples_print_what_the_page_shows(
    page: str,
    examples: int,
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy_with_views(demo, tmp_path / "demo.ledger")
    monkeypatch.chdir(tmp_path)
    printed, kinds = "", []
    for kind, text in blocks_of(page, "python|text"):
        kinds.append(kind)
        if kind == "python":
            exec(text, {"__name__": "example"})
            printed = capsys.readouterr().out
        else:
            assert printed == text

    assert kinds == ["python", "text"] * examples
