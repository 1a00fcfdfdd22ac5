"""Figures, sums and what is left, against the naive reading and by hand (semantics.md §8)."""

from datetime import date
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import Claim
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry
from policytracker.status.left import Shipments, left_of
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.quantities import SHIPPED, Amount, Figure, SumKey, figure_of, replaced, sum_of, sums
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.testing import naive, strategies
from tests.test_core_is_the_contract import entries_of, view_of

NO_CELL = MatchedScope(frozenset(), frozenset())
ACME = MatchedScope(frozenset({"acme"}), frozenset({"h20"}))
BOTH = MatchedScope(frozenset({"acme", "bolt"}), frozenset({"h20"}))
BOTH_CHIPS = MatchedScope(frozenset({"acme"}), frozenset({"h20", "h200"}))
CUSTOMS = Gate("CN", "import")


def cells_of(directory: Directory, claim: Claim) -> MatchedScope:
    """The cells of a scope, company by company and chip by chip."""
    scopes = Scopes(directory)
    return MatchedScope(
        frozenset(company for company in directory.companies if scopes.company_side(claim, company)),
        frozenset(chip for chip in directory.chips if scopes.chip_side(claim, chip)),
    )


def figures_in(view: View, day: int) -> dict[str, Figure]:
    """The figures that count on a day, by the ids of their events."""
    directory = view.directory
    found = (
        figure_of(each, directory, lambda claim: cells_of(directory, claim), day) for each in view.standings.values()
    )
    return {each.event: each for each in sorted(filter(None, found), key=lambda each: each.position)}


def as_naive(view: View, day: int) -> list[dict[str, Any]]:
    """The sums in the shape of the naive reading."""
    return [
        {
            "type": key.type,
            "gate": None if key.gate is None else str(key.gate),
            "unit": key.unit,
            "per": key.per,
            "cells": frozenset(product(key.cells.companies, key.cells.chips)),
            "min": amount.least,
            "max": amount.most,
            "events": {figure.event for figure in found},
        }
        for key, amount, found in sums(figures_in(view, day).values())
    ]


@given(st.data(), st.one_of(strategies.amounts(), strategies.amounts(), strategies.ledgers()))
def test_any_ledger_gives_the_sums_of_the_naive_reading(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Whatever was said of the figures, and whoever is registered on the day."""
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view, day = view_of(entries_of(resolved), question.at, known), span(question.at).first
    assert as_naive(view, day) == naive.quantities(resolved, at=question.at, known=question.known, recorded=None)


@given(st.data(), strategies.amounts())
def test_any_ledger_leaves_what_the_naive_reading_leaves(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Of every approval that has a figure on the day, whether or not it stands somewhere."""
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view, day = view_of(entries_of(resolved), question.at, known), span(question.at).first
    figures = figures_in(view, day)
    shipments = Shipments(figures.values())
    on = date.fromisoformat(question.at)
    judged, names = naive.standings(resolved, question.known), naive.registry(resolved, on)
    for approval in (each for each in figures.values() if each.key.gate is not None):
        left = left_of(approval, shipments.within(approval.key))
        expected = naive.left_of(judged[approval.event], judged, names, on)
        assert expected is not None
        found = {"min": left.least, "max": left.most, "unit": approval.key.unit, "used_up": left.is_used_up}
        assert {"claim": approval.event, **found} == expected


# By hand


def figure(event: str, *amount: int | None, **told: Any) -> Figure:
    """A shipment of Acme's H20 that counts certainly, said on the day of its place in the ledger."""
    position = told.pop("position", int(event, 36))
    certain, is_total = told.pop("certain", True), told.pop("is_total", False)
    said, day = told.pop("said", position), told.pop("date", span("2026-01-10"))
    key = SumKey(**{"type": SHIPPED, "gate": None, "unit": "chips", "per": None, "cells": ACME} | told)
    return Figure(event, key, Amount(*amount), certain, is_total, said, position, day)


def told(*figures: Figure) -> list[tuple[Amount, str]]:
    """Each sum with its events."""
    return [(each.amount, "".join(one.event for one in each.figures)) for each in sums(figures)]


def test_a_total_replaces_what_was_said_earlier_and_later_figures_come_on_top() -> None:
    """Two million ordered; no, 1.5 to 2 million in all; then another 100,000 at least."""
    figures = [
        figure("a", 2_000_001, None, is_total=True),
        figure("b", 1_500_000, 2_000_000, is_total=True),
        figure("c", 100_000, None),
    ]
    assert told(*figures) == [(Amount(1_600_000, None), "bc")]
    assert {old: by.event for old, by in replaced(figures).items()} == {"a": "b"}


def test_the_order_of_the_ledger_decides_between_totals_of_one_moment_alone() -> None:
    """A figure that was added at that moment stays."""
    assert told(figure("a", 1, 1, is_total=True, said=5), figure("b", 2, 2, is_total=True, said=5)) == [
        (Amount(2, 2), "b")
    ]
    assert told(figure("a", 1, 1, said=5), figure("b", 2, 2, is_total=True, said=5)) == [(Amount(3, 3), "ab")]
    assert told(figure("a", 1, 1, is_total=True, said=9), figure("b", 2, 2, is_total=True, said=5)) == [
        (Amount(1, 1), "a")
    ]


def test_a_figure_that_counts_possibly_replaces_nothing_and_has_no_least() -> None:
    """400,000 for sure, and perhaps 100,000 to 200,000 in all."""
    sure, perhaps = figure("a", 400_000, 400_000), figure("b", 100_000, 200_000, certain=False, is_total=True)
    assert told(sure, perhaps) == [(Amount(400_000, 600_000), "ab")]
    assert sum_of([perhaps]) == Amount(0, 200_000)
    assert sum_of([figure("c", None, None, certain=False)]) == Amount(0, None)


def test_a_sure_total_replaces_a_figure_that_counts_possibly() -> None:
    """A rumour, then the official number."""
    assert told(figure("a", 9, 9, certain=False), figure("b", 5, 5, is_total=True)) == [(Amount(5, 5), "b")]


def test_only_figures_of_one_type_gate_unit_and_scope_are_summed() -> None:
    """All others stand side by side."""
    beside = [
        figure("b", 2, 2, type="orders-reported"),
        figure("c", 3, 3, unit="USD"),
        figure("d", 4, 4, per="company"),
        figure("e", 5, 5, cells=BOTH),
        figure("f", 6, 6, gate=CUSTOMS),
    ]
    assert [text for _, text in told(figure("a", 1, 1), *beside)] == ["a", "b", "c", "d", "e", "f"]


def test_a_scope_is_within_another_where_both_its_sides_are() -> None:
    """One without cells is within any."""
    assert ACME.is_within(BOTH) and ACME.is_within(BOTH_CHIPS) and NO_CELL.is_within(ACME)
    assert not BOTH.is_within(BOTH_CHIPS) and not BOTH_CHIPS.is_within(BOTH) and not BOTH.is_within(NO_CELL)
    assert MatchedScope(frozenset({"dyno"}), frozenset()).is_within(ACME)


def batch(*amount: int | None, **told: Any) -> Figure:
    """An approval of H20 for Acme and Bolt."""
    return figure("0", *amount, **{"type": "batch-approved", "gate": CUSTOMS, "cells": BOTH} | told)


def left(approval: Figure, *shipped: Figure) -> Amount:
    """What is left of an approval, given all that was shipped."""
    return left_of(approval, Shipments(shipped).within(approval.key))


def test_what_is_left_of_an_approval() -> None:
    """100 to 200 less what was shipped to one or both of its companies."""
    shipped = [figure("a", 30, 50), figure("b", 20, None, cells=BOTH)]
    assert left(batch(100, 200), *shipped) == Amount(None, 150)
    assert left(batch(100, 200)) == Amount(100, 200)
    assert left(batch(None, 200), *shipped) == Amount(None, 150)


def test_what_was_shipped_elsewhere_earlier_or_in_another_unit_leaves_all() -> None:
    """Of a shipment whose date ends with the approval's first day nobody knows that it was earlier."""
    others = [
        figure("a", 30, 30, cells=BOTH_CHIPS),
        figure("b", 30, 30, unit="USD"),
        figure("c", 30, 30, per="company"),
        figure("d", 30, 30, date=span("2026-01-09")),
    ]
    assert left(batch(100, 200), *others) == Amount(100, 200)
    assert left(batch(100, 200), figure("e", 30, 30, date=span("2026-01-05/2026-01-10"))) == Amount(70, 170)


def test_shipments_are_found_whether_scopes_or_shipments_are_many() -> None:
    """A scope of two companies, and shipments to twenty; a scope without cells is in every one."""
    firms = [MatchedScope(frozenset({name}), frozenset({"h20"})) for name in ("acme", "bolt", *"abcdefghijklmnopqr")]
    shipped = [figure(f"f{place}", 1, 1, cells=cells) for place, cells in enumerate([*firms, NO_CELL])]
    assert left(batch(100, 200), *shipped) == Amount(97, 197)
    assert left(batch(100, 200), *shipped[:1]) == Amount(99, 199)
    assert left(batch(100, 200, cells=ACME), *shipped) == Amount(98, 198)


def test_an_approval_is_used_up_where_at_most_nothing_is_left() -> None:
    """One chip that may be left is enough."""
    assert [Amount(None, most).is_used_up for most in (-5, 0, 1, None)] == [True, True, False, False]


def test_a_figure_needs_a_quantity_a_word_that_counts_and_a_day_that_has_begun() -> None:
    """Shipped at some time of March, by a weak report at first."""
    registry: list[dict[str, Any]] = [
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
    ]
    scope = {"companies": ["acme"], "chips": ["h20"], "quantity": {"max": 5}, "effective": "2026-03"}
    weak = {"publisher": "X", "published": "2026-01-01", "grade": "E5"}
    sure = {"publisher": "FT", "published": "2026-01-02", "grade": "A1"}
    shipment = {"type": SHIPPED, "id": "s", **scope, "report": weak}
    word = {"type": "corroborated", "id": "c", "target": "s", "report": sure}
    entries = [Entry(place, each.get("id", ""), place, each) for place, each in enumerate([*registry, shipment, word])]
    counts = {
        at: figures_in(view_of(entries, at, moment("2026-01-02")), span(at).first).get("s")
        for at in ("2026-02-28", "2026-03-01", "2026-03-31")
    }
    assert [each and each.certain for each in counts.values()] == [None, False, True]
    assert figures_in(view_of(entries, "2026-04-01", moment("2026-01-01")), span("2026-04-01").first) == {}


def test_a_further_shipment_of_which_no_least_is_known_leaves_no_more() -> None:
    """Used up stays used up: no shipment is below 0."""
    all_of_it, more, some = figure("a", 200, 200), figure("b", None, 5), figure("c", None, None)
    assert left(batch(100, 200), all_of_it) == Amount(-100, 0)
    assert left(batch(100, 200), all_of_it, more) == Amount(-105, 0)
    assert left(batch(100, 200), some, all_of_it, more) == Amount(None, 0)
    assert left(batch(100, 200), more) == Amount(95, 200)
    assert sum_of([more, all_of_it]) == Amount(None, 205), "in a sum an end that is open stays open (§8)"


def test_an_amount_for_each_company_is_not_used_up_by_a_shipment_to_another() -> None:
    """75 for each of two firms; 66 were shipped to one of them: what is left for the other is up to 75 still."""
    two, one = MatchedScope(frozenset("ab"), frozenset("x")), MatchedScope(frozenset("a"), frozenset("x"))
    each = batch(75, 75)
    each = each._replace(key=each.key._replace(per="company", cells=two))
    sent = figure("s", 66, 66)
    sent = sent._replace(key=sent.key._replace(per="company", cells=one))
    assert left(each, sent) == Amount(9, 75)
    assert left(each, sent._replace(key=sent.key._replace(cells=two))) == Amount(9, 9)
