"""The colours of drawings: on a page those of the stylesheet by name, in a file the same ones of its light theme."""

import re
from collections.abc import Mapping
from functools import cache

from policytracker.status.words import STATUSES
from policytracker.web import files

NAMES = (*STATUSES, "unknown", "ink", "soft", "line", "paper", "panel", "held", "learned")
"""What drawings are painted with."""
ON_PAGES: Mapping[str, str] = {name: f"var(--{name})" for name in NAMES}
"""As presentation attributes take them: the page's theme decides."""
_ROOT = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--(\w+):\s*(#[0-9a-f]{6})\b")


@cache
def themes() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The colours of the light and of the dark theme, by name: the stylesheet is the one place that has them."""
    light, dark = (dict(_COLOUR.findall(block)) for block in _ROOT.findall(files.CONTENTS["style.css"].decode())[:2])
    return light, dark


def in_files() -> Mapping[str, str]:
    """For a file of its own, which stands on white whoever looks at it."""
    return {name: themes()[0][name] for name in NAMES} | {"paper": "#ffffff"}
