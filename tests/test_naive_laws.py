"""The laws of semantics.md §9, held to the naive reading: they are true of the contract, or it contradicts itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policytracker.status.directory import REGISTRY_TYPES
from policytracker.testing import naive, strategies
from policytracker.testing.naive import Entry, Gate, Possible
from policytracker.testing.naive.clocks import moment_as_permission, moment_as_restriction
from policytracker.testing.naive.registrations import UTC
from policytracker.testing.strategies import Question

Ledger = list[Entry]
EXAMPLES = settings.get_profile(settings.get_current_profile_name()).max_examples // 2


def gates_of(entries: Sequence[Entry], question: Question) -> list[Gate]:
    """The gates of the cell that is asked about."""
    day = date.fromisoformat(question.at)
    names, judged = naive.registry(entries, day), naive.standings(entries, question.known)
    return naive.gates_of(judged, names, question.company, question.chip, day)


def statuses(entries: Sequence[Entry], question: Question) -> list[Possible]:
    """The possible statuses of each gate."""
    return [gate.possible for gate in gates_of(entries, question)]


def without(entries: Sequence[Entry], event: str) -> Ledger:
    """The ledger without an event and all that was said about it."""
    gone = {event}
    for entry in entries:
        if entry.get("target") in gone or entry.get("about") in gone:
            gone.add(entry["id"])
    return [entry for entry in entries if entry["id"] not in gone]


def asked(data: st.DataObject, ledger: list[dict[str, Any]]) -> tuple[Ledger, Question]:
    """A made-up ledger as the naive reading takes it, and a question about it."""
    return naive.resolve(ledger), data.draw(strategies.questions(ledger))


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers())
def test_a_restriction_that_is_certain_and_last_leaves_its_gate_no_higher(data: st.DataObject, ledger: Ledger) -> None:
    """Law 1."""
    entries, question = asked(data, ledger)
    for gate in gates_of(entries, question):
        ordered = [claim for claim in gate.held if claim.kind != naive.CONDITION]
        if ordered and ordered[-1].certain and ordered[-1].kind == naive.RESTRICTION:
            assert max(gate.possible) <= ordered[-1].rank


def is_published_later(entry: Entry, known: str) -> bool:
    """Whether an event with a report says something that is not known yet.

    The report of a registration is cited, and does not decide what is known (interchange.md).
    """
    if entry["type"] in REGISTRY_TYPES:
        return False
    said = (entry, entry.get("changes") or {})
    reports = [each["report"] for each in said if each.get("report")]
    return bool(entry.get("report")) and not any(naive.is_public(report, known) for report in reports)


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers())
def test_what_is_published_later_changes_no_earlier_answer(data: st.DataObject, ledger: Ledger) -> None:
    """Law 2: of each event that is not known yet, with all that was said about it, unless some of that is known."""
    entries, question = asked(data, ledger)
    known = question.known or "2026-01-30"
    question = question._replace(known=known)
    judged = naive.standings(entries, known)
    later = [
        each
        for each in entries
        if is_published_later(each, known) and not any(one.known for one in naive.with_all_about(judged[each["id"]]))
    ]
    for entry in later:
        whole, rest = (
            naive.answer(each, *question[:2], at=question.at, known=known, recorded=None)
            for each in (entries, without(entries, entry["id"]))
        )
        assert whole == rest


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_no_status(data: st.DataObject, ledger: Ledger, random: Any) -> None:
    """Law 4, of claims and events about them, but for corrections of one field."""
    entries, question = asked(data, ledger)
    fields = [(entry["target"], name) for entry in entries if entry["type"] == "corrected" for name in entry["changes"]]
    assume(len(fields) == len(set(fields)))
    assert statuses(shuffled(entries, random), question) == statuses(entries, question)


def shuffled(entries: Sequence[Entry], random: Any) -> Ledger:
    """The same events in another order, each after the one that it is about; registrations stay in theirs."""
    done = [entry for entry in entries if entry["type"] in strategies.SUBJECTS]
    left = [entry for entry in entries if entry["type"] not in strategies.SUBJECTS]
    while left:
        there = {entry["id"] for entry in done}
        ready = [entry for entry in left if {entry.get("target"), entry.get("about")} <= {None, *there}]
        done.append(random.choice(ready))
        left.remove(done[-1])
    return done


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers())
def test_a_retraction_of_a_retraction_restores(data: st.DataObject, ledger: Ledger) -> None:
    """Law 5, first part."""
    entries, question = asked(data, ledger)
    last = entries[-1]["recorded"]
    targets = [entry["id"] for entry in entries if entry["type"] not in strategies.SUBJECTS]
    assume(targets)
    base: Entry = {"type": "retracted", "recorded": last}
    one = base | {"id": "x", "target": data.draw(st.sampled_from(targets))}
    assert statuses([*entries, one, base | {"id": "y", "target": "x"}], question) == statuses(entries, question)


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers(), strategies.days())
def test_a_lift_restores_what_its_target_overrode(data: st.DataObject, ledger: Ledger, day: str) -> None:
    """Law 5, second part: from the last day of its date on the gate is as if its target had not been said."""
    entries, question = asked(data, ledger)
    targets = [entry["id"] for entry in entries if entry["type"] in naive.CLAIMS]
    assume(targets and day <= question.at)
    target = data.draw(st.sampled_from(targets))
    report = {"publisher": "FT", "published": "0001-01-01", "attribution": "official"}
    lift: Entry = {"type": "lifted", "target": target, "effective": day, "report": report}
    lifted = [*entries, lift | {"id": "l", "recorded": entries[-1]["recorded"]}]
    assert statuses(lifted, question) == statuses(without(entries, target), question)


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers())
def test_an_event_that_counts_not_at_all_changes_no_status(data: st.DataObject, ledger: Ledger) -> None:
    """Law 6, first part."""
    entries, question = asked(data, ledger)
    for event in naive.standings(entries, question.known).values():
        if event.known and not event.retracted and event.counts == "not at all":
            assert statuses(without(entries, event.id), question) == statuses(entries, question)


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers())
def test_a_claim_that_holds_possibly_removes_no_status(data: st.DataObject, ledger: Ledger) -> None:
    """Law 6, second part."""
    entries, question = asked(data, ledger)
    found = gates_of(entries, question)
    for claim in [claim for gate in found for claim in gate.open]:
        rest = statuses(without(entries, claim.id), question)
        assert all(less <= gate.possible for less, gate in zip(rest, found, strict=True))


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers(least=4))
def test_what_is_not_certain_by_its_word_removes_no_status(data: st.DataObject, ledger: Ledger) -> None:
    """Law 7, first part: of the events about others that nothing is about, but for corroborations."""
    entries, question = asked(data, ledger)
    judged = naive.standings(entries, question.known)
    for event in judged.values():
        if (
            event.fields.get("target")
            and not event.about
            and event.type != "corroborated"
            and not event.certain_by_word
        ):
            rest = statuses([entry for entry in entries if entry["id"] != event.id], question)
            assert all(less <= more for less, more in zip(rest, statuses(entries, question), strict=True))


@settings(max_examples=EXAMPLES)
@given(st.data(), strategies.ledgers(least=4))
def test_a_corroboration_that_changes_no_word_removes_no_status(data: st.DataObject, ledger: Ledger) -> None:
    """Law 7, second part."""
    entries, question = asked(data, ledger)
    judged = naive.standings(entries, question.known)
    for event in judged.values():
        if event.type == "corroborated" and not event.about:
            fewer = [entry for entry in entries if entry["id"] != event.id]
            before = naive.standings(fewer, question.known)
            if words_of(before, event.fields["target"]) == words_of(judged, event.fields["target"]):
                rest = statuses(fewer, question)
                assert all(less <= more for less, more in zip(rest, statuses(entries, question), strict=True))


def words_of(judged: dict[str, naive.Standing], name: str) -> list[Any]:
    """How an event counts, and its first and its sure word, in the order of §3 and in both orders of §6.

    Where a day is reported after an hour of it, the sure word of a permission moves to 00:00 and that of §3 stays.
    """
    event = judged[name]
    orders = [moment_as_permission, moment_as_restriction]
    in_order = [naive.sure_word(event.reports, lambda said, order=order: order(said, UTC)) for order in orders]  # type: ignore[misc]
    words = [event.first_word, event.sure_word, *in_order]
    return [event.known, event.counts, *(word and word["published"] for word in words)]
