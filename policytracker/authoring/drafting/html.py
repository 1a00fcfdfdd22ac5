"""A page in HTML: the text that its readers see, and what it says of itself for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.authoring.drafting.publication import stamp

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p|h1|meta)\b", re.I | re.S)
_NOT_READ = ("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "header", "figure", "button")
_PARAGRAPHS = ("h1", "h2", "h3", "p", "li", "blockquote", "td", "pre")
_PUBLISHED = ("article:published_time", "datePublished", "date", "pubdate", "parsely-pub-date", "DC.date.issued")
_PUBLISHER = ("og:site_name", "application-name", "DC.publisher")
_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "WebPage", "BlogPosting")


class HtmlPage(NamedTuple):
    """A text and what its markup says of it; a plain text is one without markup."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """With the offset that the page gives."""
    url: str | None = None
    language: str | None = None


def looks_like_html(text: str) -> bool:
    """Whether a text is a page in HTML."""
    return _HTML.match(text) is not None


def read_html(text: str) -> HtmlPage:
    """The text of a page, a paragraph a line with an empty line between, and what its metadata say."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    linked = dict(_linked(soup))
    names = {tag.get("property") or tag.get("name") or tag.get("itemprop"): tag for tag in soup.find_all("meta")}
    meta = {str(name): str(tag.get("content", "")).strip() for name, tag in names.items() if name}
    time = soup.find("time", attrs={"datetime": True})
    dates = [linked.get("published"), *(meta.get(name) for name in _PUBLISHED), str(time["datetime"]) if time else None]
    link = soup.find("link", rel="canonical")
    language = soup.html.get("lang") if soup.html else None
    heading = soup.find("h1")
    paragraphs = list(_paragraphs(soup))
    title = _one_line(heading.get_text()) if heading else meta.get("og:title")
    return HtmlPage(
        "\n\n".join(paragraphs),
        title or linked.get("title"),
        next((meta[name] for name in _PUBLISHER if meta.get(name)), None) or linked.get("publisher"),
        next((found for found in (stamp(each) for each in dates if each) if found), None),
        meta.get("og:url") or (str(link["href"]) if link and link.get("href") else None),
        str(language).split("-")[0].lower() if language else None,
    )


def _paragraphs(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(_NOT_READ):
        tag.decompose()
    root: Tag = soup.find("article") or soup.find("main") or soup.body or soup
    found = [tag for tag in root.find_all(_PARAGRAPHS) if not tag.find(_PARAGRAPHS)]
    texts = [_one_line(tag.get_text()) for tag in found] or [_one_line(each) for each in root.get_text().split("\n\n")]
    yield from (text for text in texts if text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _linked(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """What JSON-LD says of the article."""
    for tag in soup.find_all("script", type="application/ld+json"):
        try:
            said = json.loads(tag.get_text())
        except (ValueError, RecursionError):
            continue
        for item in _items(said):
            publisher = item.get("publisher")
            for key, value in (
                ("published", item.get("datePublished")),
                ("title", item.get("headline")),
                ("publisher", publisher.get("name") if isinstance(publisher, dict) else publisher),
            ):
                if isinstance(value, str) and value.strip():
                    yield key, value.strip()


def _items(said: Any) -> Iterator[dict[str, Any]]:
    for item in said if isinstance(said, list) else [said]:
        if isinstance(item, dict):
            if item.get("@type") in _ARTICLES:
                yield item
            yield from _items(item["@graph"]) if isinstance(item.get("@graph"), list) else ()
