"""Names found registered, which they stay: what a process that appends again and again need not ask anew."""

MOST = 65_536

Name = tuple[str, str, bool]
"""Name space, id, and whether a single subject was meant, and not a group."""


class Names:
    """Names found registered, as far as they were asked for."""

    def __init__(self) -> None:
        self._found: set[Name] = set()
        self._position = 0

    def at(self, position: int) -> set[Name]:
        """Those found in a ledger that goes so far. One that ends earlier than before is another, put in its place."""
        if position < self._position:
            self._found.clear()
        return self._found

    def found(self, names: set[Name], position: int) -> None:
        """These were found in what is committed up to a position."""
        if len(self._found) + len(names) > MOST:
            self._found.clear()
        if len(names) <= MOST:
            self._found |= names
        self._position = position
