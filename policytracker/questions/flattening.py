"""Values as one cell of a table: in CSV, and in a snapshot."""

import json
from collections.abc import Mapping

from policytracker.questions.escaping import one_line


def flat(value: object) -> str:
    """A value on one line: lists by spaces, objects as ``key: text; key: text``.

    >>> flat(["CN/import", "US/export"]), flat({"min": 1, "max": None})
    ('CN/import US/export', 'min: 1; max: ')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{one_line(str(key))}: {flat(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        plain = all(isinstance(item, str) for item in value)
        return (" " if plain else " | ").join(flat(item) for item in value)
    return json.dumps(value)
