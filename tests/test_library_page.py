"""The examples of docs/library.md run, and print what the page shows."""

import re
import shutil
from pathlib import Path

import pytest

from tests.demo import demo as demo

PAGE = Path(__file__).resolve().parent.parent / "docs" / "library.md"
BLOCKS = re.findall(r"^```(python|text)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_examples_print_what_the_page_shows(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(demo, tmp_path / "demo.ledger")
    monkeypatch.chdir(tmp_path)
    printed, kinds = "", []
    for kind, text in BLOCKS:
        kinds.append(kind)
        if kind == "python":
            exec(text, {"__name__": "example"})
            printed = capsys.readouterr().out
        else:
            assert printed == text

    assert kinds == ["python", "text", "python", "text"]
