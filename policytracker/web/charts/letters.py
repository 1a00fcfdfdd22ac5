"""Which letters the fonts have that come with the program, how wide texts are, and texts in lines."""

from wcwidth import wcwidth

FAMILY = "DejaVu Sans"
LAST_SHIPPED = 0x45F
"""The shipped fonts have Latin, Greek and Cyrillic letters up to here, and signs between the next two."""
FIRST_SIGN, LAST_SIGN = 0x2010, 0x2265
WIDEST = "MWmw@%…—"
"""Letters that are wider than others."""


def has_shipped_letters(text: str) -> bool:
    """Whether the shipped fonts have every character of a text.

    >>> has_shipped_letters("Huawei – ≥ 10"), has_shipped_letters("腾讯")
    (True, False)
    """
    return all(ord(each) <= LAST_SHIPPED or FIRST_SIGN <= ord(each) <= LAST_SIGN for each in text)


def lines_of(text: str, letters: int) -> list[str]:
    """A text in lines of so many letters of common width at the most (``wide``). A longer word is broken.

    >>> lines_of("May Tencent Holdings import the H200?", 24), lines_of("腾讯控股有限公司", 8)
    (['May Tencent Holdings', 'import the H200?'], ['腾讯控股', '有限公司'])
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and wide(f"{lines[-1]} {word}") > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
        while wide(lines[-1]) > letters:
            end = next(end for end in range(len(lines[-1]), 0, -1) if end == 1 or wide(lines[-1][:end]) <= letters)
            lines[-1:] = [lines[-1][:end], lines[-1][end:]]
            if not lines[-1]:
                return lines[:-1]
    return lines


def wide(text: str) -> float:
    """How wide a text is, in letters of common width; rather too much than too little."""
    return sum(_width(each) for each in text)


def _width(letter: str) -> float:
    if letter in WIDEST:
        return 1.75
    return max(1.25 if letter.isupper() else 1, wcwidth(letter))
