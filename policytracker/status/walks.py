"""The walk of ``worlds`` with every step remembered: for very many gates, of which only the outcome is wanted."""

from collections.abc import Sequence

from policytracker.status.prevails import EVERY_PLACE, Holding, Later
from policytracker.status.words import ANY


class Walks:
    """What ``gate_worlds`` decides, over claims given by their kinds; the steps that differ are few."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[object, ...], int] = {}
        self._examples: list[Holding] = []
        self._layers: dict[frozenset[Later], int] = {}
        self._states: list[tuple[Later, ...]] = []
        self._settled: list[bool] = []
        self._after: list[dict[int, int]] = []
        self._futures: dict[tuple[int, ...], int] = {}
        self._outcomes: list[tuple[int, ...]] = []
        self._back: dict[tuple[int, int, int], tuple[int, bool]] = {}
        self._start = self._layer(frozenset({Later()}))

    def kind(self, holding: Holding) -> int:
        """What of a claim that holds matters for what it does, its place in the order left out."""
        _, _, *matters = holding
        if tuple(matters) not in self._kinds:
            self._kinds[tuple(matters)] = len(self._examples)
            self._examples.append(holding)
        return self._kinds[tuple(matters)]

    def outcome(self, kinds: Sequence[int]) -> tuple[int, list[int]]:
        """The possible statuses of a gate, as bits, and which of the claims stand, by their places among ``kinds``.

        ``kinds`` are those of the claims that hold there, in the order of §6.
        """
        layer, layers = self._start, []
        first = len(kinds)
        while first and not self._settled[layer]:
            first -= 1
            layers.append(layer)
            after = self._after[layer]
            layer = after[kinds[first]] if kinds[first] in after else self._step(layer, kinds[first])
        future = self._future(tuple(_outcome(state) for state in self._states[layer]))
        standing = []
        for place, before in enumerate(reversed(layers), first):
            step = before, kinds[place], future
            future, stands = self._back[step] if step in self._back else self._step_back(*step)
            if stands:
                standing.append(place)
        return self._outcomes[future][0], standing

    def _step(self, layer: int, kind: int) -> int:
        """The states that some choice leads to, with one claim more."""
        claim, states = self._examples[kind], self._states[layer]
        after = frozenset(state.before(claim) for state in states)
        found = self._after[layer][kind] = self._layer(after if claim.certain else after | set(states))
        return found

    def _step_back(self, layer: int, kind: int, future: int) -> tuple[int, bool]:
        """What the states before a claim come to, given what those after it do; and whether it stands in some world."""
        claim, states = self._examples[kind], self._states[layer]
        futures = dict(zip(self._states[self._after[layer][kind]], self._outcomes[future], strict=True))
        held = [futures[state.before(claim)] for state in states]
        stands = any(bits >> claim.rank & 1 and state.leaves(claim) for state, bits in zip(states, held, strict=True))
        if not claim.certain:
            held = [bits | futures[state] for state, bits in zip(states, held, strict=True)]
        found = self._back[layer, kind, future] = self._future(tuple(held)), stands
        return found

    def _layer(self, states: frozenset[Later]) -> int:
        if states not in self._layers:
            self._layers[states] = len(self._states)
            self._states.append(tuple(states))
            self._settled.append(all(_is_settled(state) for state in states))
            self._after.append({})
        return self._layers[states]

    def _future(self, outcomes: tuple[int, ...]) -> int:
        if outcomes not in self._futures:
            self._futures[outcomes] = len(self._outcomes)
            self._outcomes.append(outcomes)
        return self._futures[outcomes]


def _outcome(state: Later) -> int:
    rank = state.status()
    return ANY if rank is None else 1 << rank


def _is_settled(state: Later) -> bool:
    """Whether every earlier claim is struck."""
    return state.openings_struck & state.stops_struck == EVERY_PLACE
