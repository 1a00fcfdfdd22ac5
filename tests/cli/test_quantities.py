"""``quantities`` at the door."""

from policytracker.ledger.where import Where
from tests.demo import ask, rows, run


def test_ranges_are_told_by_chip_with_wording_doubt_and_sources(demo: Where) -> None:
    """H200 on 28 January 2026, as known since."""
    found = run(demo, "quantities", "H200", "--at", "2026-01-28")
    assert found.returncode == 0
    assert found.stdout.splitlines() == [
        "h200",
        "  ordered   2,000,001 or more for in:CN, not certain",
        "            “more than two million, for 2026”",
        "            The Decoder citing Reuters, 2025-12-31 (C3)",
        "            disputed: up2info citing Nvidia, 2026-01-29 (B2)",
        "  ordered   1,000,001 or more for hq:CN",
        "            “more than a million expected by Nvidia”",
        "            Financial Times, 2026-01-16/2026-01-17 (C3)",
        "  approved  400,001 or more for 3 of major-internet: named alibaba, bytedance, tencent",
        "            “more than 400,000, the three together”",
        "            TradeVAE citing Reuters, 2026-01-28T06:00Z (C3)",
        "            corrected: Business Times citing Reuters, 2026-01-28T18:00Z (C3)",
        "held on 2026-01-28; all that is published; newest report in the ledger 2026-01-30",
    ]


def test_an_open_end_is_null(demo: Where) -> None:
    """More than two million: no most."""
    found = rows(demo, "quantities", "H200", "--at", "2026-01-28")[0]
    assert (found["min"], found["max"]) == (2_000_001, None)


def test_nothing_known_is_told_as_such(demo: Where) -> None:
    """Not as zero."""
    assert ask(demo, "quantities", "--at", "2020").stdout.splitlines()[0] == "no quantity is known"


def test_an_unknown_chip_is_refused(demo: Where) -> None:
    """With the nearest."""
    found = run(demo, "quantities", "H2000")
    assert found.returncode == 1
    assert found.stderr.startswith("Error: no chip is called 'H2000'; did you mean h200")
