"""A news text taken apart: its head, its sentences, and who published it when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytracker.authoring.drafting.dates import absolute
from policytracker.authoring.drafting.html import HtmlPage, looks_like_html, read_html
from policytracker.authoring.drafting.publication import published_in
from policytracker.events.dates import first_day, in_utc
from policytracker.events.refusals import Refused
from policytracker.ledger.lines import BYTE_ORDER_MARK

LONGEST_HEAD_LINE = 120
LONGEST_SENTENCE = 2_000
LONGEST_ABBREVIATED = 12
MOST_BYTES = 5_000_000
"""Of a file: pages carry much that nobody reads."""
MOST_CHARACTERS = 100_000
"""Of the text that readers see."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that no reader sees, and that no event may hold."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|Mr|Ms|Mrs|Dr|Jr|St|Inc|Co|Corp|Ltd|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Sen|Rep|Gov|Gen|a\.m|p\.m|[A-Z]))\.$"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s)|[。!?！？][”」』）)]*|\n")
_DATELINE = re.compile(
    r"\s*(?:\[[A-Z][A-Za-z .,'/-]+\]\s*"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2} \((?P<desk>[^()\n]{2,40})\)\s*(?:-|–|—)+\s*"
    r"|[A-Z][A-Z .,'/-]{2,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*(?:\((?P<agency>[^()\n]{2,40})\))?\s*(?:-|–|—)+\s*"
    r"|【(?P<paper>[^】\n]{2,20}?)(?:讯|綜合|综合)?】\s*"
    r"|(?P<wire>[^\s,，。]{2,12}(?:社|网|报))[^\s,，。]{1,6}?\d{1,2}月\d{1,2}日(?:电|電|讯|訊)\s*(?:[-—–]+)?\s*)"
)
_SOURCE = re.compile(r"(?:Source|Publisher|来源|來源)\s*[:：]\s*(?P<name>.{2,80})", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By\s|Reporting by|Written by|记者|作者|文/)", re.IGNORECASE)
_AROUND_DATE = re.compile(
    r"\b(?:published|updated|posted|on|at|last|first)\b|发布时间|发布|日期|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\b[AaPp]\.?[Mm]\b\.?|\b(?:[A-Z]{2,4}T|GMT|UTC|Z)\b|[,|·:：()-]",
    re.IGNORECASE,
)


class NotAnArticle(Refused):
    """A file that holds no text to draft from."""


class Sentence(NamedTuple):
    """A sentence of the body, where it stands in the text."""

    start: int
    end: int
    text: str


class Article(NamedTuple):
    """A text and what its head says of it; None where it does not say."""

    text: str
    """What a reader sees, verbatim."""
    title: str | None
    publisher: str | None
    published: str | None
    """As the field of a report."""
    day: int | None
    """The day of publication where it was published: relative dates start from it."""
    url: str | None
    language: str | None
    agency: str | None
    """Whose text it is, by its dateline."""
    sentences: tuple[Sentence, ...]


def read_article(name: str, content: bytes) -> Article:
    """Take a text or a page apart. Raises NotAnArticle."""
    if len(content) > MOST_BYTES:
        raise NotAnArticle(name, f"larger than {MOST_BYTES:,} bytes", "give the article alone")
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        way_out = "save it in UTF-8; a PDF or a picture has to become a text first"
        raise NotAnArticle(name, f"byte {error.start + 1} is not UTF-8", way_out) from None
    text = _UNSEEN.sub(" ", text.replace("\r\n", "\n"))
    page = read_html(text) if looks_like_html(text) else HtmlPage(text)
    if not page.text.strip():
        raise NotAnArticle(name, "no text in it", "give an article as a text or HTML file, or - for standard input")
    if len(page.text) > MOST_CHARACTERS:
        raise NotAnArticle(name, f"more than {MOST_CHARACTERS:,} characters of text", "give the article alone")
    return _article(page)


def with_report(article: Article, publisher: str | None, published: str | None, url: str | None) -> Article:
    """The article with what a person says of it in place of what was found. Raises BadDate."""
    if published is not None:
        day = first_day(published if "T" not in published else published[:10])
        article = article._replace(published=in_utc(published), day=day)
    return article._replace(publisher=publisher or article.publisher, url=url or article.url)


def _article(page: HtmlPage) -> Article:
    head, body = _split(page.text, page.title)
    said = _Head(head, page.title)
    published = page.published or said.published or published_in(page.text[body : body + 400].split("\n\n")[0])
    agency = None
    sentences = list(_sentences(page.text, body))
    for place, sentence in enumerate(sentences):
        line = _DATELINE.match(sentence.text)
        if line and line.end() < len(sentence.text):
            agency = agency or line["agency"] or line["desk"] or line["paper"] or line["wire"]
            start = sentence.start + line.end()
            sentences[place] = Sentence(start, sentence.end, page.text[start : sentence.end])
    publisher = page.publisher or said.publisher or agency
    return Article(
        page.text,
        page.title or said.title,
        publisher,
        in_utc(published) if published else None,
        first_day(published[:10]) if published else None,
        page.url,
        page.language or ("zh" if _is_chinese(page.text) else None),
        None if agency == publisher else agency,
        tuple(sentences),
    )


def _split(text: str, title: str | None) -> tuple[list[str], int]:
    """The lines of the head, and where the body begins."""
    head: list[str] = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare and bare != title and _is_body(bare, first=not head and title is None):
            break
        if bare:
            head.append(bare)
        at += len(line)
    else:
        return [], 0
    return head, at


def _is_body(line: str, first: bool) -> bool:
    if re.match(r"\(?(?:Corrects|Correction|更正)", line):
        return True
    if _DATELINE.match(line) and len(line) > LONGEST_HEAD_LINE // 3:
        return True
    ends = line.rstrip("\"'”’)）」").endswith((".", "!", "?", "。", "！", "？"))
    return not first and ends and (len(line) > LONGEST_HEAD_LINE // 2 or (_is_chinese(line) and len(line) > 20))


class _Head:
    """What the lines above the body say."""

    def __init__(self, lines: list[str], title: str | None) -> None:
        self.title, self.publisher, self.published = title, None, None
        named: str | None = None
        for line in lines:
            source = _SOURCE.match(line)
            if source:
                self.publisher = self.publisher or _publisher(source["name"])
            elif absolute(line) and len(line) < LONGEST_HEAD_LINE and (self.title or len(line) < 60):
                self.published = self.published or published_in(line)
                named = named or _publisher(line)
            elif _BYLINE.match(line):
                # "By Jane Doe, Example Times": a name of the outlet may follow that of the writer.
                _, comma, outlet = line.partition(", ")
                named = named or (outlet.strip() if comma and len(outlet.split()) > 1 else None)
            elif self.title is None:
                self.title = line
            elif line != self.title and len(line) < 60:
                named = named or line
        self.publisher = self.publisher or named


def _publisher(line: str) -> str | None:
    """What is left of a line without its date."""
    for dated in reversed(absolute(line)):
        line = line[: dated.start] + line[dated.end :]
    rest = " ".join(_AROUND_DATE.sub(" ", line).split()) if re.search(r"\d|[,|·]", line) or not line.strip() else line
    rest = rest.strip(" .,;|·-–—")
    return rest if len(rest) > 1 and not _AROUND_DATE.fullmatch(rest) else None


def _sentences(text: str, at: int) -> list[Sentence]:
    found: list[Sentence] = []
    start = at
    for end in _SENTENCE_END.finditer(text, at):
        beyond = end.end() - start > LONGEST_SENTENCE
        if (
            end[0] != "\n"
            and not beyond
            and _ABBREVIATED.search(text, max(start, end.end() - LONGEST_ABBREVIATED), end.end())
        ):
            continue
        found.append(_trimmed(text, start, end.end()))
        start = end.end()
    found.append(_trimmed(text, start, len(text)))
    return [piece for each in found if each.text for piece in _pieces(each)]


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence; of one that no report has, pieces that can be read in bounded time."""
    for start in range(0, len(sentence.text), LONGEST_SENTENCE):
        text = sentence.text[start : start + LONGEST_SENTENCE]
        yield Sentence(sentence.start + start, sentence.start + start + len(text), text)


def _trimmed(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Sentence(start, start + len(piece.strip()), piece.strip())


def _is_chinese(text: str) -> bool:
    found = re.findall(r"[\u4e00-\u9fff]", text)
    return len(found) * 4 > len(text)
