"""What a name looks like, so that two that look alike have it in common (skeletons, Unicode Technical Standard #39).

The table of confusable characters is that of ``confusable-homoglyphs``, made from Unicode's own ``confusables.txt``.
"""

import unicodedata
from functools import cache

from policytracker.questions.escaping import seen

Look = tuple[str, str]
"""How the letters were set (as they are, small, large), and the skeleton of that."""


def looks(text: str) -> list[Look]:
    """What a text looks like as it is written, in small and in large letters: some are alike in one case only.

    >>> set(looks("TENCENT")) & set(looks("\\u0422encent"))
    {('large', 'TENCENT')}
    """
    plain = " ".join(seen(unicodedata.normalize("NFKC", text)).split())
    cases = {"as written": plain, "small": plain.casefold(), "large": plain.upper()}
    return [(case, skeleton(form)) for case, form in cases.items()]


def skeleton(text: str) -> str:
    """Every character as the one it looks like (UTS #39, section 4).

    >>> skeleton("\\u0430l00m")
    'alOOrn'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", decomposed.translate(_prototypes()))


@cache
def _prototypes() -> dict[int, str]:
    """What each confusable character looks like."""
    from confusable_homoglyphs.confusables import confusables_data

    alike = {text: [each["c"] for each in others] for text, others in confusables_data.items()}
    found: dict[int, str] = {}
    for text, others in alike.items():
        character, prototype = seen(text), others[0]
        # The table leads from a prototype to all that look like it, and from each of those to it alone.
        is_one_of_two = len(alike[prototype]) == 1 and text < prototype
        if len(character) == 1 and len(others) == 1 and not is_one_of_two:
            found[ord(character)] = unicodedata.normalize("NFD", seen(prototype))
    return {character: prototype.translate(found) for character, prototype in found.items()}
