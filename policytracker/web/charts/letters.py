"""Which letters the fonts have that come with the program."""

FAMILY = "DejaVu Sans"
LAST_SHIPPED = 0x45F
"""The shipped fonts have Latin, Greek and Cyrillic letters up to here, and signs between the next two."""
FIRST_SIGN, LAST_SIGN = 0x2010, 0x2265


def has_shipped_letters(text: str) -> bool:
    """Whether the shipped fonts have every character of a text.

    >>> has_shipped_letters("Huawei – ≥ 10"), has_shipped_letters("腾讯")
    (True, False)
    """
    return all(ord(each) <= LAST_SHIPPED or FIRST_SIGN <= ord(each) <= LAST_SIGN for each in text)
