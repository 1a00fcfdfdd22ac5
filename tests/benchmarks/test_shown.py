"""The table of speed in the README: what the results tell of the smallest and of the largest ledger."""

from pathlib import Path

import pytest

from benchmarks import shown

PAGE = """# Results

## Growth

In brackets, how many times as long.

| what | 10 events | 100 events | 1,000 events |
| --- | --- | --- | --- |
| claims on the scopes of a cell | 1 | 2 | 3 |
| a cell | 1 ms | 2 ms | more than 240 s |
| rebuild | 1 ms (3 ×) | 2 ms (3 ×) | 9 s (4 ×) |

## The same answers from other engines

| 10 events | version | status |
"""


def test_the_readme_tells_the_ends_of_the_growth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(shown, "FILE", results)

    shown.speed()

    assert capsys.readouterr().out.splitlines() == [
        "| median | 10 events | 1,000 events |",
        "| --- | --- | --- |",
        "| a cell | 1 ms | more than 240 s |",
    ]
