"""The tail: whatever was recorded bit by bit lies in the index as if all of it had been there from the beginning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.index.index import Index
from policytracker.index.layout import ROOM, empty, mapped, write
from policytracker.index.tail import Arrived, identity_of
from policytracker.index.writing import Collected, KeyedRow, merged
from policytracker.projections.gates import Gates
from policytracker.projections.periods import Growing, rows_of_thread
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, Thread, threads
from policytracker.testing import naive
from tests.index.ground import ANY_LEDGER, Ledger, Numbering
from tests.soak import often
from tests.test_core_is_the_contract import entries_of


class Grown(NamedTuple):
    """An index that grew: its file, the parts of its tail, and what it would be if it were made anew."""

    file: Path
    parts: list[bytes]
    growing: Growing
    anew: list[KeyedRow]


def claims_in(entries: Iterable[Entry]) -> dict[int, Thread]:
    """The claims of some events with all that is said about each, by position."""
    found = threads(entry for entry in entries if entry.type not in REGISTRY_TYPES)
    return {thread[0].position: thread for thread in found.values() if thread[0].type in CLAIM_TYPES}


@contextmanager
def grown(ledger: Ledger, cuts: Sequence[int]) -> Iterator[Grown]:
    """The first part of a ledger in a file, the others in the parts of a tail.

    Where an authority moves, the file is written anew, as the read models are then.
    """
    entries, numbering, gates = entries_of(naive.resolve(ledger)), Numbering(), Gates()
    with TemporaryDirectory() as folder:
        before: dict[int, Thread] = {}
        file, growing = Path(folder) / "index", None
        parts: list[bytes] = []
        for start, end in pairwise([0, *cuts, len(entries)]):
            moved = [gates.take(each.position, each.fields) for each in entries[start:end] if is_authority(each)]
            now = claims_in(entries[:end])
            if growing is None or any(moved):
                file, parts = Path(folder) / f"index-{end}-{start}", []
                rows = Collected()
                rows.add(row for thread in now.values() for row in rows_of_thread(thread, numbering, gates))
                write(file, rows.keyed())
                growing = Growing(Arrived(mapped(file), ()), numbering, gates)
            else:
                grow(growing, before, now)
                parts.append(growing.taken())
            before = now
        assert growing is not None
        anew = (row for thread in before.values() for row in rows_of_thread(thread, numbering, gates))
        yield Grown(file, parts, growing, sorted(anew))


def grow(growing: Growing, before: Mapping[int, Thread], now: Mapping[int, Thread]) -> None:
    """Bring claims up to date of which more is said now."""
    for position, thread in now.items():
        if position not in before:
            growing.write(thread)
        elif len(thread) > len(before[position]):
            growing.grow(thread, len(before[position]))


def is_authority(entry: Entry) -> bool:
    return entry.type == "authority-registered"


cut_ledgers = ANY_LEDGER.flatmap(
    lambda ledger: st.tuples(st.just(ledger), st.lists(st.integers(0, len(ledger)), min_size=1, max_size=4).map(sorted))
)


@settings(max_examples=often(short=150, long=5_000))
@given(cut_ledgers)
def test_rows_and_ends_that_arrived_are_those_of_an_index_made_anew(cut: tuple[Ledger, list[int]]) -> None:
    """As it grew, read again from the parts, merged into a file, and laid down to be asked."""
    with grown(*cut) as found:
        again = Arrived(mapped(found.file), found.parts)
        assert sorted(found.growing.arrived.all_rows()) == found.anew
        assert sorted(again.all_rows()) == found.anew
        place = found.file.with_name("merged")
        write(place, merged(again.source, again.ends, again.rows))
        assert list(Arrived(mapped(place), ()).all_rows()) == found.anew
        index = Index(Arrived(mapped(found.file), found.parts))
        assert index.count == len(found.anew)
        columns = zip(*(column[: index.count] for column in index.rows), strict=True)
        assert sorted(columns) == sorted(row for _, row in found.anew)


@given(cut_ledgers)
def test_the_index_is_ordered_under_each_key(cut: tuple[Ledger, list[int]]) -> None:
    """In the file and in the tail, each key once, its rows in the order of §6."""
    with grown(*cut) as found:
        index = Index(Arrived(mapped(found.file), found.parts))
        for keys, starts in index.segments:
            assert list(keys) == sorted(set(keys))
            for first, last in pairwise(starts):
                orders = list(zip(index.rows.order[first:last], index.rows.claim[first:last], strict=True))
                assert orders == sorted(orders)


@given(cut_ledgers)
def test_opening_an_index_writes_to_no_file(cut: tuple[Ledger, list[int]]) -> None:
    """Ends and new rows are laid down in a private mapping; a file is mapped as often as one likes."""
    with grown(*cut) as found:
        before = found.file.read_bytes()
        one, other = (Index(Arrived(mapped(found.file), found.parts)) for _ in range(2))
        assert found.file.read_bytes() == before
        assert [list(column) for column in one.rows] == [list(column) for column in other.rows]


@given(cut_ledgers)
def test_keys_of_which_nothing_new_was_said_are_merged_byte_for_byte(cut: tuple[Ledger, list[int]]) -> None:
    with grown(*cut) as found:
        arrived = Arrived(mapped(found.file), found.parts)
        source, touched = mapped(found.file), {key for key, _ in arrived.rows}
        made = merged(arrived.source, arrived.ends, arrived.rows)
        for place, key in enumerate(source.keys):
            first, last = source.starts[place], source.starts[place + 1]
            if key not in touched and not any(first <= number < last for number in arrived.ends):
                at = list(made.keys).index(key)
                start, end = made.starts[at], made.starts[at + 1]
                for was, now in zip(source.rows, made.columns, strict=True):
                    assert bytes(was[first:last]) == now[start:end].tobytes()


def test_a_row_that_has_ended_or_was_never_there_is_not_found() -> None:
    row = (5, 1, 0, 9, 0, 9, 0, (1 << 31) - 1, 0, 0, 0)
    with TemporaryDirectory() as folder:
        write(Path(folder) / "index", empty())
        arrived = Arrived(mapped(Path(folder) / "index"), ())
        arrived.add(7, row)
        assert arrived.find(identity_of(7, row)) == 0
        arrived.end(0, 3)
        with pytest.raises(KeyError):
            arrived.find(identity_of(7, row))
        with pytest.raises(KeyError):
            arrived.find(identity_of(8, row))


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    """Other bytes, a file that was cut short, and one that is there already."""
    place = tmp_path / "index"
    write(place, empty())
    with pytest.raises(FileExistsError):
        write(place, empty())
    whole = place.read_bytes()
    assert len(whole) > 56 * ROOM
    for content in (b"something else" * 10, whole[:-8]):
        place.write_bytes(content)
        with pytest.raises(ValueError, match="index"):
            mapped(place)
    place.write_bytes(b"")
    with pytest.raises(ValueError, match="empty"):
        mapped(place)
