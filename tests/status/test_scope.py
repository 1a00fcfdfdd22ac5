"""Whom and what a claim matches, and how surely (semantics.md §4)."""

from policytracker.events.dates import span
from policytracker.status.words import words
from tests.status.ground import claim, seen

DAY = span("2025-06-01").first


def test_an_exception_that_hangs_on_an_attribute_nobody_registered_leaves_a_block_possible() -> None:
    """1 Jan: cleared. 1 Feb: everything blocked except chips under a tpp; that of the H200 is not registered."""
    spared = [{"where": ["tpp<4800"]}]
    view = seen(
        claim("cleared", "opening", "2025-01-01"),
        claim("blocked", "stop", "2025-02-01", except_chips=spared),
    )

    assert words(view.cell("tencent", "h200", DAY).possible) == ["blocked", "cleared"]


def test_an_exception_that_names_the_chip_spares_it() -> None:
    view = seen(
        claim("cleared", "opening", "2025-01-01"),
        claim("blocked", "stop", "2025-02-01", except_chips=["h200"]),
    )

    assert words(view.cell("tencent", "h200", DAY).possible) == ["cleared"]
