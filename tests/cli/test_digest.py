"""``digest`` and ``brief`` at the door."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from policytracker.ledger.where import Where
from tests.cli.made_up import made_up
from tests.demo import ask
from tests.questions.test_conflicts import claim, report

SUMMER = ("digest", "--since", "2026-05-10", "--at", "2026-10-09")
HOSTILE = "</title><script>alert(1)</script> **bold** [x](javascript:alert(1)) <img src=x onerror=a> & \u202e\x1b[31m"


def test_a_digest_for_people_ends_with_that_nothing_else_was_recorded(demo: Where) -> None:
    """Each sentence with the refs of its events."""
    found = ask(demo, *SUMMER)
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[:2] == [
        "What is new after 10 May 2026",
        "Answers are those of 9 October 2026; all that is published counts.",
    ]
    assert lines[-2] == "Nothing else was recorded."
    assert lines[-1].startswith("held on 2026-10-09; all that is published; newest report in the ledger")
    assert any("9 to 11 companies in China" in line and "75,000" in line for line in lines)
    assert any("stopped imports of H200" in line and line.endswith("[cn-2026-08-26-not-let]") for line in lines)
    assert any(": none delivered; " in line and line.endswith("[h200-none-2026-05-14]") for line in lines)


def test_where_nothing_is_new_people_are_told_so(demo: Where) -> None:
    """Days to come are told all the same."""
    found = ask(demo, "digest", "--since", "2026-10-09", "--at", "2026-10-10").stdout
    assert "Nothing new was recorded." in found
    assert "Nothing else" not in found
    assert "Days to come" in found


def test_every_form_tells_the_same_sentences(demo: Where) -> None:
    """Text, Markdown and HTML, as JSON has them."""
    (answer,) = json.loads(ask(demo, *SUMMER, "--json").stdout)
    sentences = [entry["sentence"] for part in answer["parts"] for entry in part["entries"]]
    assert len(sentences) > 50
    text, page = ask(demo, *SUMMER).stdout, _text_of(ask(demo, *SUMMER, "--html").stdout)
    written = _text_of(MarkdownIt().render(ask(demo, *SUMMER, "--md").stdout))
    for sentence in sentences:
        assert sentence in text
        assert sentence in page
        assert sentence in written


def test_a_page_has_no_script_and_loads_nothing(demo: Where) -> None:
    """All styles are in it."""
    page = ask(demo, *SUMMER, "--html").stdout
    assert "<style>" in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import", page)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A report and a condition that would be markup."""
    return made_up(
        tmp_path,
        claim(
            "licence-granted",
            "lot",
            {**report("Reuters"), "publisher": HOSTILE.replace("\x1b", "")},
            authority="bis",
            conditions={"c": HOSTILE.replace("\x1b", "")},
        ),
    )


@pytest.mark.parametrize(
    "words", [("digest", "--since", "2026-01-01", "--at", "2026-02-01"), ("brief", "acme", "h20", "--at", "2026-02-01")]
)
def test_texts_of_reports_are_shown_and_do_nothing(hostile: Path, words: tuple[str, ...]) -> None:
    """Neither in a terminal, nor in Markdown, nor in a page."""
    found = ask(hostile, *words)
    assert found.exit_code == 0, found.output
    assert "\u202e" not in found.stdout and "\\u202e" in found.stdout
    assert "**bold**" in found.stdout
    forms = ["--md", "--html"] if words[0] == "digest" else ["--md"]
    for form in forms:
        written = ask(hostile, *words, form).stdout
        page = written if form == "--html" else MarkdownIt("commonmark").render(written)
        assert not re.search(r"<(script|img|a|strong|em)\b", page)
        assert "\u202e" not in page
        assert "**bold** [x](javascript:alert(1))" in _text_of(page)


def test_wrong_words_are_refused_with_the_way_out(demo: Where) -> None:
    """A beginning that is none, none at all, two forms, a company that is not there."""
    for words, told in (
        (("--since", "position:x"), "'x' is no position; write a whole number, such as position:340"),
        (("--since", "2027", "--at", "2026-10-09"), "2027-12-31 is after 2026-10-09, on which the news end"),
        ((), "Missing option '--since'"),
        (("--since", "2026", "--at", "2027-01-01", "--md", "--html"), "--md and --html exclude each other"),
    ):
        found = ask(demo, "digest", *words)
        assert (found.exit_code, told in found.stderr) == (2, True), found.stderr
    found = ask(demo, *SUMMER, "--company", "nobody")
    assert found.exit_code == 1
    assert "no company is called 'nobody'" in found.stderr
    assert "no event has position 9,999" in ask(demo, "digest", "--since", "position:9999").stderr


def test_a_brief_is_told_paragraph_by_paragraph(demo: Where) -> None:
    """The answer first."""
    found = ask(demo, "brief", "Tencent", "H200", "--at", "2026-10-09", "--stale-days", "30")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[:5] == [
        "Tencent Holdings 腾讯, H200, 9 October 2026",
        "Tencent Holdings may import H200, with conditions.",
        "",
        "Export from the United States",
        "  Yes, with conditions; last word on 26 August 2026, 44 days before: older than 30 days.",
    ]
    assert "Import into China" in lines
    assert any(line.startswith("  - left: 0 to 2,000 left") for line in lines)
    (answer,) = json.loads(ask(demo, "brief", "Tencent", "H200", "--at", "2026-10-09", "--json").stdout)
    assert [each["gate"] for each in answer["paragraphs"]] == ["US/export", "CN/import", None]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _text_of(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    return "".join(parser.found)
