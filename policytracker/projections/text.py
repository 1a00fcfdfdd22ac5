"""How texts are compared when they are searched."""

import unicodedata


def folded(text: str) -> str:
    """Text without case, full-width and compatibility forms folded.

    >>> folded("ＴＥＮＣＥＮＴ 腾讯")
    'tencent 腾讯'
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
