"""What a text or a page says of itself: who published it, when, and where its sentences are."""

import pytest

from policytracker.authoring.drafting.article import (
    MOST_BYTES,
    MOST_CHARACTERS,
    NotAnArticle,
    read_article,
    with_report,
)
from policytracker.events.dates import iso

TEXT = """A headline about the H200

Example Daily
May 14, 2026

BEIJING, May 14 (Example Wire) - China has approved a batch. The U.S. Commerce Department did not answer.
"""
PAGE = """<html lang="en-GB"><head><title>A headline | Example Daily</title>
<meta property="og:site_name" content="Example Daily">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="https://daily.example/1"></head>
<body><nav>China approved all of it</nav><article><h1>A headline</h1><p>One &amp; two.</p><p>Three.</p></article>
<script>approved()</script></body></html>"""


def test_a_text_has_its_head_and_its_sentences_apart() -> None:
    article = read_article("a.txt", TEXT.encode())

    assert (article.title, article.publisher, article.published) == (
        "A headline about the H200",
        "Example Daily",
        "2026-05-14",
    )
    assert article.agency == "Example Wire"
    assert [each.text for each in article.sentences] == [
        "China has approved a batch.",
        "The U.S. Commerce Department did not answer.",
    ]
    assert all(article.text[each.start : each.end] == each.text for each in article.sentences)


def test_a_page_has_its_paragraphs_and_no_navigation_and_no_scripts() -> None:
    article = read_article("a.html", PAGE.format(published="2026-01-28T12:21:00+0800").encode())

    assert article.text == "A headline\n\nOne & two.\n\nThree."
    assert (article.publisher, article.published, article.url) == (
        "Example Daily",
        "2026-01-28T04:21Z",
        "https://daily.example/1",
    )
    assert (article.language, article.title) == ("en", "A headline")


def test_the_day_of_a_page_is_that_of_its_own_zone() -> None:
    article = read_article("a.html", PAGE.format(published="2026-01-28T01:00:00+08:00").encode())

    assert article.published == "2026-01-27T17:00Z"
    assert article.day is not None and iso(article.day) == "2026-01-28"


def test_a_page_whose_date_is_none_has_no_date() -> None:
    assert read_article("a.html", PAGE.format(published="soon").encode()).published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published Wed, Jan 28, 2026 · 12:21 PM SGT", "2026-01-28T04:21Z"),
        ("April 15, 2025 4:40 PM EDT", "2025-04-15T20:40Z"),
        ("28 January 2026, 12:21 CST", "2026-01-28"),
        ("发布时间:2026年6月3日", "2026-06-03"),
    ],
)
def test_an_instant_needs_a_zone_that_is_one_zone_alone(line: str, published: str) -> None:
    text = f"Headline\n\n{line}\n\nBody of it, which is long enough to be a sentence of an article."

    assert read_article("a.txt", text.encode()).published == published


def test_what_a_person_says_of_the_report_counts_before_the_text() -> None:
    found = with_report(
        read_article("a.txt", TEXT.encode()), "Example Post", "2026-05-15T01:00+08:00", "https://x.example"
    )

    assert (found.publisher, found.published, found.url) == ("Example Post", "2026-05-14T17:00Z", "https://x.example")
    assert found.day is not None and iso(found.day) == "2026-05-15"


def test_a_single_line_is_a_text_without_a_head() -> None:
    article = read_article("a.txt", b"Beijing has told firms to stop buying the H20.")

    assert [each.text for each in article.sentences] == ["Beijing has told firms to stop buying the H20."]
    assert (article.title, article.publisher, article.published) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text in it"),
        (b"<html><script>x</script></html>", "no text in it"),
        (b"\xff\xfe\x00", "byte 1 is not UTF-8"),
        (b"x" * (MOST_BYTES + 1), "larger than 5,000,000 bytes"),
        (b"x" * (MOST_CHARACTERS + 1), "more than 100,000 characters of text"),
    ],
)
def test_what_holds_no_text_is_refused_with_the_way_out(content: bytes, why: str) -> None:
    with pytest.raises(NotAnArticle, match=why):
        read_article("a.html", content)


def test_characters_that_no_reader_sees_are_no_part_of_the_text() -> None:
    article = read_article(
        "a.txt", "Head\x1b[31mline\n\nChina\u202e has approved\x00 it, and told everybody so.".encode()
    )

    assert article.text.isprintable() is False and "\x1b" not in article.text
    assert [each.text for each in article.sentences] == [
        "Head [31mline",
        "China  has approved  it, and told everybody so.",
    ]
