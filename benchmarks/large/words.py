"""What a workload may say: all of version 2, or what version 0.1 can record too."""

from dataclasses import dataclass

from benchmarks.large.chance import Weighted

WORDINGS = {
    "end-use": "no military or intelligence use",
    "revenue-share": "a quarter of the price",
    "domestic-quota": "buy a share of domestic chips; no ratio set",
    "third-party-test": "an independent laboratory tests the chips",
}


@dataclass(frozen=True)
class Words:
    """The types of events and the selectors of a workload, each with how likely it is."""

    restrictions: Weighted[str]
    permissions: Weighted[str]
    companies: Weighted[str]
    chips: Weighted[str]
    chips_for_many: Weighted[str]
    """Of scopes that name no company, so that few claims are about nearly everything."""
    market: tuple[str, ...]
    imposed: float = 0.0
    """The share of the claims that impose a condition."""
    open_starts: float = 0.0
    """The share of the doubtful dates that have no first day."""
    ranges: float = 0.0
    """The share of the counts and figures of which only bounds are known."""
    moves: float = 0.0
    """The share of the events by which a company changes hands from a day on."""

    @property
    def is_first(self) -> bool:
        """Whether version 0.1 can record all of it."""
        return self.moves == 0.0


FIRST = Words(
    restrictions=Weighted({"prohibited": 3, "blocked": 4, "licence-required": 2}),
    permissions=Weighted(
        {"cleared": 6, "batch-approved": 3, "licence-required": 4, "review-opened": 2, "approved-in-principle": 1.5}
    ),
    companies=Weighted({"named": 0.7, "group": 0.14, "under": 0.04, "in:CN": 0.01, "hq:CN": 0.01, "all": 0.1}),
    chips=Weighted({"named": 0.57, "group": 0.2, "where": 0.11, "all": 0.12}),
    chips_for_many=Weighted({"named": 0.7, "group": 0.2, "where": 0.08, "all": 0.02}),
    market=("orders-reported", "shipped", "condition-signalled"),
)
"""Of version 1 of the semantics."""
SECOND = Words(
    restrictions=Weighted({"prohibited": 3, "blocked": 4, "held": 1, "licence-required": 2}),
    permissions=Weighted(
        {
            "cleared": 5,
            "batch-approved": 3,
            "licence-required": 4,
            "licence-granted": 2,
            "review-opened": 2,
            "approved-in-principle": 1.5,
        }
    ),
    companies=Weighted(
        {"named": 0.7, "group": 0.12, "under": 0.03, "owned": 0.03, "in:CN": 0.01, "hq:CN": 0.01, "all": 0.1}
    ),
    chips=Weighted({"named": 0.57, "group": 0.17, "vendor": 0.04, "where": 0.1, "all": 0.12}),
    chips_for_many=Weighted({"named": 0.7, "group": 0.18, "vendor": 0.03, "where": 0.07, "all": 0.02}),
    market=("orders-reported", "shipped", "condition-signalled", "development-reported"),
    imposed=0.03,
    open_starts=0.15,
    ranges=0.4,
    moves=0.001,
)
"""Of version 2."""
