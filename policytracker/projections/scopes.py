"""The index from selectors to claims: a superset of the claims that can match a cell (semantics.md §4)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from policytracker.projections.layout import WHERE
from policytracker.status.claims import CLAIM_TYPES


def scope_rows(thread: str, authority: str, fields: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The index rows of one event of a thread: of a claim, a correction of it, or recipients identified."""
    kind = fields["type"]
    said = fields["changes"] if kind == "corrected" else fields
    if kind in CLAIM_TYPES or kind == "corrected":
        yield from _rows(thread, said.get("authority") or authority, said)
    if kind == "recipients-identified":
        yield from _rows(thread, authority, {"companies": fields.get("companies") or [], "chips": [WHERE]})


def _rows(thread: str, authority: str, said: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """A correction may change one half of a scope only: the other half is then left open (``{where}``, ``all``)."""
    companies = _companies(said["companies"]) if said.get("companies") else ["all"]
    chips = [chip if isinstance(chip, str) else WHERE for chip in said.get("chips") or [WHERE]]
    if not said.get("companies") and not said.get("chips") and not said.get("authority"):
        return
    for company, chip in product(sorted(set(companies)), sorted(set(chips))):
        yield {"company": company, "chip": chip, "authority": authority, "thread": thread}


def _companies(said: Any) -> Iterable[str]:
    if isinstance(said, Mapping):
        return [*said["of"], *(said.get("named") or ())]
    return list(said)
