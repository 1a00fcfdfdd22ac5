"""The words of a list and the codes that they mean: a table of spellings, and rules for those that vary."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Rule(NamedTuple):
    """All texts of one form, and the code that they mean."""

    matches: re.Pattern[str]
    """Compared with a whole text, normalised."""
    code: str


class Spellings:
    """What the texts of a column mean. A text that neither the table nor a rule knows means nothing: no guess."""

    def __init__(self, name: str, table: Mapping[str, str], rules: Sequence[Rule]) -> None:
        self.name = name
        self._table = {normal(text): code for text, code in table.items()}
        self._rules = rules

    def code(self, text: str) -> str | None:
        """The code of a text; None where it is not known. The table goes first, then the first rule that matches."""
        wanted = normal(text)
        found = self._table.get(wanted)
        if found is not None:
            return found
        return next((rule.code for rule in self._rules if rule.matches.fullmatch(wanted)), None)


def normal(text: str) -> str:
    """A text as spellings are compared: without case, quotation marks and dashes alike, no full stop at its end.

    >>> normal("  See §§ 744.2(d)  and 744.3(d).")
    'see §744.2(d) and 744.3(d)'
    >>> normal("Case–by–case  basis;")
    'case-by-case basis'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub("[\u2010-\u2015]", "-", re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', plain)))
    plain = re.sub(r"\s*§+\s*", " §", plain)
    return " ".join(plain.split()).rstrip(" .;,")
