"""How much was ordered, licensed, approved and delivered, where it is not what it was at an earlier point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from policytracker.questions.quantities import quantities
from policytracker.questions.sentences.amounts import amount
from policytracker.questions.sentences.naming import capital, listed

if TYPE_CHECKING:
    from policytracker.questions.digest_answers import DigestEntry
    from policytracker.questions.in_words import InWords
    from policytracker.questions.quantity_answers import QuantityRange
    from policytracker.questions.reader import Clocks, Reader

VERBS: Final = {"ordered": "ordered", "licensed": "licensed", "approved": "approved", "shipped": "delivered"}
"""What happened to so many, as people say it."""


def amount_changes(
    reader: Reader,
    in_words: InWords,
    points: tuple[Clocks, Clocks],
    companies: Iterable[str] | None,
    chips: Iterable[str] | None,
) -> Iterator[DigestEntry]:
    """The ranges that differ between two points, or rest on other figures; for some companies and chips, or all."""
    wanted = None if chips is None else set(chips)
    before, after = (ranges(reader, clocks, companies, wanted) for clocks in points)
    for was, now in changed(before, after):
        if now is not None:
            yield _entry(in_words, now, was if was is not None and _size(was) != _size(now) else None)
        elif was is not None:
            yield {**_entry(in_words, was), "sentence": f"No longer counted: {range_in_a_sentence(in_words, was)}."}


def changed(
    before: Sequence[QuantityRange], after: Sequence[QuantityRange]
) -> Iterator[tuple[QuantityRange | None, QuantityRange | None]]:
    """The ranges of two points that differ, rest on other figures or count otherwise, those of the same figures paired.

    The figures are the same by an event on which both ranges rest, else by whose and of what they are. None: there was
    no such range, or there is none any more; those come last.
    """
    left = list(before)
    paired: list[QuantityRange | None] = [None] * len(after)
    for is_same in (_by_event, _by_place):
        for place, now in enumerate(after):
            found = next((was for was in left if is_same(was, now)), None) if paired[place] is None else None
            if found is not None:
                left.remove(found)
                paired[place] = found
    for was, now in zip(paired, after, strict=True):
        if was is None or _held(was) != _held(now):
            yield was, now
    yield from ((gone, None) for gone in left)


def ranges(
    reader: Reader, clocks: Clocks, companies: Iterable[str] | None, chips: set[str] | None
) -> list[QuantityRange]:
    """The ranges of a point for some companies and chips, chips that are counted together once."""
    found: dict[tuple[object, ...], QuantityRange] = {}
    registered = reader.directory_at(clocks.recorded, clocks.at).companies
    # A company that is registered later has no amounts yet, and cannot be asked for.
    for company in (None,) if companies is None else (each for each in companies if each in registered):
        for row in quantities(reader, clocks, None, company):
            if chips is None or row["chip"] in chips:
                found.setdefault(_place(row), row)
    return list(found.values())


def range_in_a_sentence(in_words: InWords, row: QuantityRange) -> str:
    """Who has how much of what, without a full stop."""
    chips = listed([in_words.names.chip(each) for each in sorted((row["chip"], *row["together_with"]))])
    whom = in_words.whom(row["events"][-1])
    doubt = "" if row["certain"] else " (not every figure counts certainly)"
    return capital(f"{whom}, {chips}: {size_in_words(row)} {VERBS[row['kind']]}{doubt}")


def size_in_words(row: QuantityRange) -> str:
    """A range with its unit, and the words of its report; none by its word."""
    return "none" if row["max"] == 0 else amount(dict(row))


def _entry(in_words: InWords, row: QuantityRange, was: QuantityRange | None = None) -> DigestEntry:
    earlier = f" (before: {size_in_words(was)})" if was else ""
    return {
        "sentence": f"{range_in_a_sentence(in_words, row)}{earlier}.",
        "event": None,
        "by": [in_words.of_id(event) for event in row["events"]],
        "companies": [],
        "chips": sorted((row["chip"], *row["together_with"])),
    }


def _place(row: QuantityRange) -> tuple[object, ...]:
    chips = tuple(sorted((row["chip"], *row["together_with"])))
    return chips, row["kind"], row["gate"], row["unit"], row["per"], row["companies"]


def _size(row: QuantityRange) -> tuple[int | None, int | None]:
    return row["min"], row["max"]


def _held(row: QuantityRange) -> tuple[object, ...]:
    """What is compared of a range."""
    return _place(row), _size(row), row["certain"], row["events"]


def _by_event(one: QuantityRange, other: QuantityRange) -> bool:
    return one["kind"] == other["kind"] and not _events(one).isdisjoint(_events(other))


def _by_place(one: QuantityRange, other: QuantityRange) -> bool:
    return _place(one) == _place(other)


def _events(row: QuantityRange) -> set[str]:
    """The events of a range, and those whose figures they replace."""
    return {*row["events"], *(old for figure in row["figures"] for old in figure["replaces"])}
