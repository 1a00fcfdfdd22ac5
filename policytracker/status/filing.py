"""Under what a claim is filed: the selectors by which it is found, and what decides beyond them (semantics.md §4)."""

from collections.abc import Iterable
from json import JSONEncoder
from typing import Any

from policytracker.status.entries import Fields, Thread
from policytracker.status.extents import POOL, WHERE

_TEXT = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def company_keys(companies: Any, named: Iterable[str] = ()) -> tuple[str, ...]:
    """The selectors under which a company has to look for a claim: of a cohort, those of its pool and all it names."""
    return _keys((*_selectors(companies), *named))


def chip_keys(chips: Iterable[str | Fields]) -> tuple[str, ...]:
    """The selectors under which a chip has to look for a claim; WHERE for any ``where``."""
    return _keys(tuple([chip if isinstance(chip, str) else WHERE for chip in chips]))


def company_extent(fields: Fields, named: Iterable[str], excluded: Iterable[str]) -> str:
    """What decides on the companies of a claim beyond its selectors: a cohort, or exceptions."""
    excepted = fields.get("except_companies")
    if isinstance(fields["companies"], list) and not excepted:
        return ""
    side = {"companies": fields["companies"], "except_companies": excepted or []}
    return _TEXT.encode({**side, "named": sorted(set(named)), "excluded": sorted(set(excluded))})


def chip_extent(fields: Fields) -> str:
    """What decides on the chips of a claim beyond its selectors: a ``where``, or exceptions."""
    excepted, chips = fields.get("except_chips"), fields["chips"]
    if not excepted and not [chip for chip in chips if not isinstance(chip, str)]:
        return ""
    return _TEXT.encode({"chips": chips, "except_chips": excepted or []})


def finders(thread: Thread) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The selectors of companies, and those of chips, by which the claim of a thread may ever be found."""
    said = [entry.fields.get("changes") or entry.fields for entry in thread]
    companies = [name for fields in said for name in _selectors(fields.get("companies") or ())]
    chips = [name for fields in said for name in chip_keys(fields.get("chips") or ())]
    return _keys(tuple(companies)), _keys(tuple(chips))


def is_plain(thread: Thread) -> bool:
    """Whether nothing in a thread changes a scope or the date of a report, and its selectors alone tell the scope."""
    fields = thread[0].fields
    changed = any(entry.type in ("corrected", "recipients-identified") for entry in thread)
    return not (changed or company_extent(fields, (), ()) or chip_extent(fields))


def _selectors(companies: Any) -> tuple[str, ...]:
    if isinstance(companies, dict):
        return (*[POOL + selector for selector in companies["of"]], *(companies.get("named") or ()))
    return tuple(companies)


def _keys(selectors: tuple[str, ...]) -> tuple[str, ...]:
    return selectors if len(selectors) == 1 else tuple(sorted(set(selectors)))
