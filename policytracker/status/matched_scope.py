"""The cells of a scope on a day (semantics.md §4), as quantities are compared by them (§8)."""


class MatchedScope:
    """The cells of a scope on a day, matched certainly or possibly: every company with every chip."""

    def __init__(self, companies: frozenset[str], chips: frozenset[str]) -> None:
        self._companies, self._chips = companies, chips

    @property
    def companies(self) -> frozenset[str]:
        """The ids of the companies that it matches."""
        return self._companies

    @property
    def chips(self) -> frozenset[str]:
        """The ids of the chips that it matches."""
        return self._chips

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MatchedScope):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"MatchedScope({sorted(self.companies)}, {sorted(self.chips)})"

    def _key(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """All scopes without cells are equal."""
        return None if self.is_empty else (self.companies, self.chips)

    @property
    def is_empty(self) -> bool:
        """Whether there is no such cell."""
        return not (self.companies and self.chips)

    def is_within(self, other: "MatchedScope") -> bool:
        """Whether all its cells are among those of another scope.

        A scope may have 400,000 cells, and has a few thousand companies and chips: these are compared.
        """
        return self.is_empty or (self.companies <= other.companies and self.chips <= other.chips)
