"""How sentences are counted, and that those of the pages that people read through are short."""

from pathlib import Path

import pytest

from docs import sentences as script
from docs.sentences import Sentences, measured, sentences, words
from policytracker.documentation.navigation import KINDS, Kind
from policytracker.documentation.site import Documentation, Page, shipped


def test_the_median_sentence_of_tutorial_and_how_to_pages_has_at_most_twenty_words() -> None:
    held = [each for each in measured(shipped()) if each.page.kind.title in ("Tutorial", "How to")]

    assert [kind.median for kind in KINDS[:2]] == [20, 20]
    assert len(held) > 5 and all(each.found for each in held)
    assert [(each.page.source, each.median) for each in held if each.is_too_long] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It answers. See [the page](x.md)!", ["It answers.", "See the page!"]),
        ("He asks: why?\nNobody\nknows.", ["He asks: why?", "Nobody knows."]),
        ("`a b` is one word, e.g. `c d`. So is `e`.", ["Code is one word, eg Code.", "So is Code."]),
        ("Version 0.1 is old. 2026 is new.", ["Version 0.1 is old.", "2026 is new."]),
        ("- run anything,\n- It runs.\n", ["It runs."]),
        ("## It is a heading.\n\n    It is code.\n", []),
        ("| It is a table. |\n| --- |\n| A cell. |\n\nAfter it.", ["After it."]),
        ("![A picture.](x.png) <!-- A comment. --> Text.", ["Text."]),
    ],
)
def test_sentences_are_what_is_read_between_code_tables_and_headings(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


def test_a_dash_is_no_word_and_a_date_is_one() -> None:
    assert words("The date – in full – is 2026-01-28.") == 6


def test_a_median_above_the_limit_is_too_long_and_only_where_there_is_one() -> None:
    found = ["One two three.", "One two three four.", "One."]

    assert Sentences(Page("x.md", "", Kind("", (), median=2)), found).is_too_long
    assert not Sentences(Page("x.md", "", Kind("", (), median=3)), found).is_too_long
    assert not Sentences(Page("x.md", "", Kind("", ())), found).is_too_long


def test_the_script_prints_a_line_a_page_and_fails_where_a_median_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("# Title\n\nOne two three four five.\n")
    kinds = (Kind("Begin", ("README.md",), median=4),)
    monkeypatch.setattr(script, "Documentation", lambda: Documentation(tmp_path, kinds))

    with pytest.raises(SystemExit, match=r"the median sentence is too long: README\.md\. Split the longest sentences"):
        script.main()

    assert capsys.readouterr().out.splitlines()[1].split() == ["5", "4", "5", "README.md"]
