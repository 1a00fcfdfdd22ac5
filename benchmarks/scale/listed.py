"""The Entity-List shape in both versions, at several sizes: whether what is asked of it grows as the list does."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.before import Pair, Side, Sides, in_turns
from benchmarks.figures import Beside
from benchmarks.large.entity_list import CHIPS, COMPANIES, EntityList
from benchmarks.processes import used
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.pages import opened
from benchmarks.scale.rows import Rows
from benchmarks.scale.wanted import LINEAR

Work = Callable[[Side, float], dict[str, Any]]
"""Something asked of the ledger of a side within so many seconds."""
LINES = "listed.jsonl"


class Listed(NamedTuple):
    """So many companies, from few to many, and chips."""

    companies: Sequence[int] = (1_000, 2_000, COMPANIES)
    chips: int = CHIPS

    def rows(self, sides: Sides, seconds: float) -> Iterator[Beside]:
        """What each size takes; then, of what is here, a company of the longest list by one of the shortest."""
        told: dict[str, list[Pair]] = {}
        given_up: set[tuple[str, str]] = set()
        for count in self.companies:
            rows, there = Rows(f"Entity List, {count:,} companies"), self._made(sides, count)
            for name, work in WORKS.items():
                # An import cannot be done twice; of the others a first run has what numba compiles once.
                pair = in_turns(there, 1, _unless(given_up, name, work, seconds), warm=int(name != IMPORT))
                told.setdefault(name, []).append(pair)
                yield from _of(rows, name, pair)
        yield from self.growth(told)

    def _made(self, sides: Sides, count: int) -> Sides:
        """Both sides, each with a folder for this size, and in it the lines and no ledger yet."""
        one, other = (side._replace(folder=side.folder / f"listed-{count}") for side in sides)
        for side in (one, other):
            side.folder.mkdir()
            with (side.folder / LINES).open("wb") as file:
                file.writelines(line + b"\n" for line in EntityList(count, self.chips).lines())
        return one, other

    def growth(self, told: dict[str, list[Pair]]) -> Iterator[Beside]:
        """What a company takes in the longest list by what it takes in the shortest; ``told``: by what was asked."""
        few, many = self.companies[0], self.companies[-1]
        rows = Rows(f"Entity List, {many:,} companies by {few:,}")
        for name, pairs in told.items():
            for what in ("cpu", "peak"):
                ends = zip(pairs[0].medians(what), pairs[-1].medians(what), strict=True)
                values = [_times(first, last, many / few) for first, last in ends]
                texts = [str(each) if isinstance(each, Unfinished) else f"{each:.3g}" for each in values]
                ratio = None if isinstance(values[1], Unfinished) else values[1]
                title = f"{'memory of ' if what == 'peak' else ''}{name}, for each company"
                yield rows.row(title, texts, ratio, values[1])._replace(bound=LINEAR)


def _unless(given_up: set[tuple[str, str]], name: str, work: Work, seconds: float) -> Callable[[Side], dict[str, Any]]:
    """The work, but not again for a version that did not finish it of a shorter list."""

    def attempt(side: Side) -> dict[str, Any]:
        key = side.name, name
        if key in given_up:
            raise Unfinished("not tried: a shorter list took too long")
        try:
            return work(side, seconds)
        except Unfinished:
            given_up.add(key)
            raise

    return attempt


def _of(rows: Rows, name: str, pair: Pair) -> Iterator[Beside]:
    if name == IMPORT:
        yield rows.by_peer(f"{name}, by storing alone", pair.medians("cpu"), pair.medians("peer"))
    else:
        yield rows.plain(name, pair.medians("cpu"))
    yield rows.plain(f"memory of {name}", pair.medians("peak"), "GB")


def _times(first: float | Unfinished, last: float | Unfinished, longer: float) -> float | Unfinished:
    if isinstance(first, Unfinished) or isinstance(last, Unfinished):
        return last if isinstance(last, Unfinished) else first
    return last / first / longer


def _import(side: Side, seconds: float) -> dict[str, Any]:
    """The command, with its warnings and the read models; its peer stores the same lines, and that is all."""
    file = str(side.folder / LINES)
    stored = side._replace(folder=side.folder / "stored")
    stored.folder.mkdir()
    peer = stored.run("store", file, seconds=seconds)["cpu"]
    side.run("command", "init", seconds=seconds)
    return {**side.run("command", "import", file, seconds=seconds), "peer": peer}


def _command(*words: str) -> Work:
    return lambda side, seconds: side.run("command", *words, seconds=seconds)


def _page(side: Side, _: float) -> dict[str, Any]:
    with opened(side) as client:
        before = used(client.process).cpu
        client.get(f"/chip/chip-{CHIP}")
        after = used(client.process)
    return {"cpu": after.cpu - before, "peak": after.peak}


CHIP = 3
IMPORT = "import with warnings"
WORKS: dict[str, Work] = {
    IMPORT: _import,
    "state --csv": _command("state", "--csv"),
    "/chip/ID": _page,
    "timeline --all --csv": _command("timeline", "--all", "--csv"),
}
"""In this order: the first makes the ledger."""
