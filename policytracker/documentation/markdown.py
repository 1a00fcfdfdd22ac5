"""One page from Markdown to HTML, as GitHub shows it: tables, anchors of headings, fenced code."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

COMMENT = re.compile(r"\s*(<!--.*?-->\s*)+", re.DOTALL)
"""The only HTML that a page may hold: the marks of cog are comments."""
ALIGNED = re.compile(r"text-align:(left|right|center)")


class Target(NamedTuple):
    """Where a link leads, or which file a picture is."""

    address: str
    """What the HTML names."""
    title: str | None = None
    """The title of the page there. It replaces a link text that is only the name of the page's file."""


Resolve = Callable[[str], Target]
"""From an address as the page has it to its target."""


class Heading(NamedTuple):
    """A heading of a page."""

    level: int
    anchor: str
    text: str


@dataclass
class Rendered:
    """A page in HTML, and what is to be known of it."""

    html: str = ""
    headings: list[Heading] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What the page must not have: a sentence each."""


def parse(text: str) -> list[Token]:
    """The page as tokens of markdown-it."""
    return _parser().parse(text)


def render(text: str, resolve: Resolve) -> Rendered:
    """The page in HTML. ``resolve`` is asked for every link and picture."""
    tokens = parse(text)
    found = Rendered()
    _name_headings(tokens, found)
    for token in tokens:
        _take_html(token, found)
        for child in token.children or ():
            _take_html(child, found)
        _resolve_links(token.children or (), resolve, found)
    _begin(tokens, found)
    found.html = _parser().renderer.render(tokens, _parser().options, {})
    return found


def plain(token: Token) -> str:
    """The text of a token of kind ``inline``, without its marks."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type not in ("html_inline", "image")
    )


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading.

    >>> anchor_of("Who said it?"), anchor_of("`where` – by figures"), anchor_of("US/export")
    ('who-said-it', 'where--by-figures', 'usexport')
    """
    kept = (letter for letter in heading.strip().lower() if letter in " -_" or unicodedata.category(letter)[0] in "LNM")
    return "".join(kept).replace(" ", "-")


def _name_headings(tokens: Sequence[Token], found: Rendered) -> None:
    """Give each heading an anchor of its own, at both of its ends."""
    taken: dict[str, int] = {}
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        text = plain(inline)
        anchor = anchor_of(text)
        taken[anchor] = count = taken.get(anchor, -1) + 1
        anchor = f"{anchor}-{count}" if count else anchor
        opening.attrSet("id", anchor)
        closing.meta["anchor"] = anchor
        found.headings.append(Heading(int(opening.tag[1]), anchor, text))


def _begin(tokens: Sequence[Token], found: Rendered) -> None:
    """A page begins with its title, and then says in a sentence what the reader gets."""
    kinds = [token.type for token in tokens if token.type != "html_block"][:4]
    if not found.headings or found.headings[0].level != 1 or kinds[:1] != ["heading_open"]:
        found.problems.append("the page begins with no title: write one after a single #")
    elif kinds[3:] != ["paragraph_open"]:
        found.problems.append("no sentence follows the title: say there what the reader gets")


def _take_html(token: Token, found: Rendered) -> None:
    """Leave comments out. Other HTML would be shown as it is, so it is a problem."""
    if token.type not in ("html_block", "html_inline"):
        return
    if not COMMENT.fullmatch(token.content):
        found.problems.append(f"HTML in the page: {token.content.strip()[:60]!r}; write Markdown")
    token.content = ""


def _resolve_links(children: Sequence[Token], resolve: Resolve, found: Rendered) -> None:
    for at, child in enumerate(children):
        if child.type == "link_open":
            given = str(child.attrs["href"])
            target = resolve(given)
            child.attrSet("href", target.address)
            if target.title and _is_file_name(children[at + 1], given):
                is_alone = len(children) == 3
                children[at + 1].content = target.title if is_alone else f"“{target.title}”"
        elif child.type == "image":
            given = str(child.attrs["src"])
            child.attrSet("src", resolve(given).address)
            if not child.content:
                found.problems.append(f"the picture {given} has no description: write it between the brackets")


def _is_file_name(inner: Token, address: str) -> bool:
    """Whether the text of a link is only the name of a page's file, which means nothing to readers of the site."""
    path = address.partition("#")[0]
    return inner.type == "text" and inner.content.endswith(".md") and path.endswith(inner.content)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


# The rules are methods of the renderer: markdown-it binds them. No inline style: the policy of the server forbids it.
def _table_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return '<div class="scroll" role="region" aria-label="Table, scrollable" tabindex="0"><table>\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _cell_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    aligned = ALIGNED.fullmatch(str(token.attrs.get("style", "")))
    return f'<{token.tag} class="{aligned[1]}">' if aligned else f"<{token.tag}>"


def _heading_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    mark = "" if token.tag == "h1" else f' <a class="anchor" href="#{escapeHtml(token.meta["anchor"])}">#</a>'
    return f"{mark}</{token.tag}>\n"


def _code(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    is_console = token.info.strip() == "console"
    lines = "".join(_console(token.content)) if is_console else escapeHtml(token.content)
    return f'<pre tabindex="0"><code>{lines}</code></pre>\n'


def _console(text: str) -> Iterator[str]:
    """The lines of a console, with what somebody types set apart from what is answered."""
    for line in text.splitlines(keepends=True):
        yield f"<b>{escapeHtml(line)}</b>" if line.startswith("$ ") else escapeHtml(line)


RULES = {
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _cell_open,
    "td_open": _cell_open,
    "heading_close": _heading_close,
    "fence": _code,
    "code_block": _code,
}
