"""Rows of the table beside version 0.1, from what both versions told."""

from collections.abc import Callable
from typing import Any

from benchmarks.before import Told
from benchmarks.figures import Beside, written
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.wanted import most


class Rows:
    """Makes the rows of one ledger."""

    def __init__(self, ledger: str, size: int | None = None) -> None:
        """``size``: how many events it has, where bounds depend on it."""
        self.ledger, self.size = ledger, size

    def plain(self, name: str, told: Told, unit: str = "ms") -> Beside:
        """What is here by version 0.1."""
        before, now = told
        ratio = None if isinstance(before, Unfinished) or isinstance(now, Unfinished) else now / before
        return self.row(name, [_text(each, unit) for each in told], ratio, now)

    def by_peer(self, name: str, told: Told, peers: Told, unit: str = "ms") -> Beside:
        """Each version by a peer of its own: the ratio is that of what is here."""
        texts: list[str] = []
        ratio: float | None = None
        for value, peer in zip(told, peers, strict=True):
            if isinstance(value, Unfinished) or isinstance(peer, Unfinished):
                ratio = None
                texts.append(_text(value, unit))
            else:
                ratio = value / peer
                texts.append(f"{_text(value, unit)} ({ratio:.3g} ×)")
        return self.row(name, texts, ratio, told[1] if isinstance(told[1], Unfinished) else peers[1])

    def each(self, name: str, told: tuple[Any, Any], of: Callable[[list[float]], float]) -> Beside:
        """Question by question: what is told of the ratios is told of them, not of the times."""
        before, now = told
        texts = [str(each) if isinstance(each, Unfinished) else written(of(each)) for each in told]
        if isinstance(before, Unfinished) or isinstance(now, Unfinished):
            return self.row(name, texts, None, now)
        return self.row(name, texts, of([one / other for one, other in zip(now, before, strict=True)]), now)

    def row(self, name: str, texts: list[str], ratio: float | None, now: object) -> Beside:
        """``texts``: the figure of 0.1, and that of what is here; ``now``: Unfinished if the latter was not come by."""
        before, here = texts
        return Beside(name, self.ledger, before, here, ratio, most(name, self.size), isinstance(now, Unfinished))


def _text(value: float | Unfinished, unit: str) -> str:
    if isinstance(value, Unfinished):
        return str(value)
    return f"{value * 1000:.3g} MB" if unit == "GB" else written(value)
