"""The one filter between untrusted text and a reader: no control, bidi, zero-width or private character passes."""

import json
import re
from typing import Any

_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


_MARKDOWN = r"[\\`*_<>|\[\]~$&#!]"
"""What would begin a heading, emphasis, code, a link, a picture, an entity or HTML."""
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def unseen(text: str) -> list[str]:
    """The characters of a text that are written out, each once."""
    return list(dict.fromkeys(re.findall(_UNSAFE, text)))


def seen(text: str) -> str:
    """What a reader sees of a text that is not made safe: it without those characters."""
    return re.sub(_UNSAFE, "", text)


def safe(text: str) -> str:
    """The text with every unsafe character written out as an escape.

    >>> print(safe("Ten\\u202ecent"))
    Ten\\u202ecent
    """
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSAFE, _escape, text)


def one_line(text: str) -> str:
    """The same on one line: line ends and tabs are spaces."""
    return " ".join(safe(text).split())


def markdown_line(text: str) -> str:
    r"""The same as text of one line of Markdown (CommonMark): nothing in it is markup, a link, HTML or an entity.

    >>> print(markdown_line("<b>*1*</b> [x](y)"))
    \<b\>\*1\*\</b\> \[x\](y)
    >>> print(markdown_line("1. a"), markdown_line("- a"))
    1\. a \- a
    """
    marked = re.sub(_MARKDOWN, r"\\\g<0>", one_line(text))
    return re.sub(r"^([0-9]*)([-+=.)])", r"\1\\\2", marked)


def json_text(value: Any) -> str:
    """JSON on one line, Chinese readable, unsafe characters as JSON escapes."""
    return safe(_ENCODE(value))


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
