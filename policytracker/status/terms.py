"""Index terms: the selectors under which a claim is looked up, and what decides beyond them (semantics.md §4).

A company looks for claims under every selector that matches it, a chip likewise. Where selectors alone do not tell
whether a claim matches (a cohort, a ``where``, exceptions), the claim carries a *scope expression* for that side.
"""

import json
from collections.abc import Iterable, Mapping
from json import JSONEncoder
from typing import Any, NamedTuple

from policytracker.status.entries import Fields, Thread
from policytracker.status.scope import COHORT_LEVEL, WHERE_LEVEL, chip_term

WHERE = "{where}"
"""Stands for every ``where``, which may match any chip."""
POOL = "{pool}:"
"""Begins the selectors of a cohort's pool: the cohort matches at a level of its own, whatever theirs are."""
_TEXT = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Expression(NamedTuple):
    """One side of a scope, as ``Scopes`` takes it from a claim."""

    fields: Fields
    named: frozenset[str]
    excluded: frozenset[str]


class Scope(NamedTuple):
    """The scope of a claim as the index keeps it."""

    companies: tuple[str, ...]
    chips: tuple[str, ...]
    company_expression: str
    chip_expression: str


def scope_of(fields: Fields, named: Iterable[str], excluded: Iterable[str]) -> Scope:
    """The scope of a claim, of whose cohort these companies are named and excluded by all that is said of it."""
    return Scope(
        company_terms(fields["companies"], named),
        chip_terms(fields["chips"]),
        company_expression(fields, named, excluded),
        chip_expression(fields),
    )


def scope_alone(fields: Fields) -> Scope:
    """The scope of a claim of which nothing else is said."""
    companies = fields["companies"]
    if isinstance(companies, dict):
        return scope_of(fields, companies.get("named") or (), companies.get("excluded") or ())
    return scope_of(fields, (), ())


def expression(text: str) -> Expression:
    """A scope expression from its text."""
    fields: dict[str, Any] = json.loads(text)
    return Expression(fields, frozenset(fields.get("named") or ()), frozenset(fields.get("excluded") or ()))


def terms_of_company(selectors: Mapping[str, int]) -> dict[str, int]:
    """All terms under which a company looks for claims, given the selectors that match it, each with its level."""
    return {**selectors, **{POOL + selector: COHORT_LEVEL for selector in selectors}}


def terms_of_chip(selectors: Mapping[str, int]) -> dict[str, int]:
    """All terms under which a chip looks for claims, given the selectors that match it, each with its level."""
    return {**selectors, WHERE: WHERE_LEVEL}


def company_terms(companies: Any, named: Iterable[str] = ()) -> tuple[str, ...]:
    """The terms of a claim's companies: of a cohort, those of its pool and all companies that it names."""
    return _sorted((*_selectors(companies), *named))


def chip_terms(chips: Iterable[str | Fields]) -> tuple[str, ...]:
    """The terms of a claim's chips; WHERE for any ``where``."""
    return _sorted(tuple([chip_term(chip) if isinstance(chip, str) else WHERE for chip in chips]))


def company_expression(fields: Fields, named: Iterable[str], excluded: Iterable[str]) -> str:
    """What decides on the companies of a claim beyond its terms, as text: a cohort, or exceptions; else empty."""
    excepted = fields.get("except_companies")
    if isinstance(fields["companies"], list) and not excepted:
        return ""
    side = {"companies": fields["companies"], "except_companies": excepted or []}
    return _TEXT.encode({**side, "named": sorted(set(named)), "excluded": sorted(set(excluded))})


def chip_expression(fields: Fields) -> str:
    """What decides on the chips of a claim beyond its terms, as text: a ``where``, or exceptions; empty for nothing."""
    excepted, chips = fields.get("except_chips"), fields["chips"]
    if not excepted and not [chip for chip in chips if not isinstance(chip, str)]:
        return ""
    return _TEXT.encode({"chips": chips, "except_chips": excepted or []})


def companies_text(fields: Fields, named: Iterable[str], excluded: Iterable[str]) -> str:
    """The companies of a scope as text, also where terms tell all of them: see ``expression``."""
    return company_expression(fields, named, excluded) or _TEXT.encode({"companies": fields["companies"]})


def chips_text(fields: Fields) -> str:
    """The same of its chips."""
    return chip_expression(fields) or _TEXT.encode({"chips": fields["chips"]})


def terms_of(thread: Thread) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of companies, and those of chips, under which the claim of a thread may ever be found."""
    said = [entry.fields.get("changes") or entry.fields for entry in thread]
    companies = [name for fields in said for name in _selectors(fields.get("companies") or ())]
    chips = [name for fields in said for name in chip_terms(fields.get("chips") or ())]
    return _sorted(tuple(companies)), _sorted(tuple(chips))


def _selectors(companies: Any) -> tuple[str, ...]:
    if isinstance(companies, dict):
        return (*[POOL + selector for selector in companies["of"]], *(companies.get("named") or ()))
    return tuple(companies)


def _sorted(terms: tuple[str, ...]) -> tuple[str, ...]:
    return terms if len(terms) == 1 else tuple(sorted(set(terms)))
