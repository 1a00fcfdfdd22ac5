"""Which event may be about which (semantics.md §3, last paragraph)."""

import json

import pytest

from policytracker.events.catalogue import ABOUT, CLAIMS, DEVELOPMENTS, MARKET, REGISTRY, SIGNALS, TYPES
from policytracker.events.describe import fields
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused, shown
from policytracker.ledger.appending import try_event
from policytracker.ledger.refusals import NoCohort, NotACondition, WrongTarget
from tests.events.samples import id_from, least
from tests.ledger.ground import NOON, REPORT, Fields, Ledger, about, batch, changed, cleared, company

REPORTED = {"corroborated", "disputed"}
ALLOWED = {
    "corroborated": set(TYPES) - set(REGISTRY),
    "disputed": set(TYPES) - set(REGISTRY),
    "retracted": set(TYPES) - set(REGISTRY),
    "corrected": set(TYPES) - {*REGISTRY, "corrected", "retracted"},
    "lifted": {*CLAIMS, "suspended"},
    "suspended": set(CLAIMS),
    "conditions-met": set(CLAIMS),
    "recipients-identified": set(CLAIMS),
}
MAY = {
    "corroborated": "any event that has a report, but no registration",
    "disputed": "any event that has a report, but no registration",
    "retracted": "any event but registrations; register the subject anew",
    "corrected": "any event but registrations (register anew), corrections and retractions (retract them)",
    "lifted": f"a suspension, or claims: {', '.join(CLAIMS)}",
    **dict.fromkeys(("suspended", "conditions-met", "recipients-identified"), f"claims: {', '.join(CLAIMS)}"),
}


def one_of_each() -> list[Fields]:
    """An event of every type, each under its name as a ref, those about others about a cohort's clearance."""
    scope = {"companies": ["acme"], "chips": ["h20"]}
    cohort = {"companies": {"of": ["giants"]}}
    events = [least(name) | {"ref": f"a-{name}"} for name in (*MARKET, *SIGNALS, *DEVELOPMENTS)]
    events = [event | scope for event in events]
    events += [least(name) | scope | cohort | {"ref": f"a-{name}"} for name in CLAIMS]
    about_one = [{"report": REPORT} | least(name) | {"ref": f"a-{name}", "target": "a-cleared"} for name in ABOUT]
    for event in events:
        if "conditions" in fields(TYPES[event["type"]]):
            event["conditions"] = {"quota": "a share"}
    return events + about_one


def registrations() -> list[Fields]:
    """Each kind anew, with a ref."""
    kinds = [least("authority-registered") | {"name": "Anew"}, company("new"), least("chip-registered")]
    return [event | {"ref": f"a-{event['type']}"} for event in [*kinds, least("group-defined")]]


@pytest.fixture
def everything(ledger: Ledger) -> Ledger:
    """A ledger with an event of every type that another may name by its ref."""
    found = registrations()
    ledger.add(*(event | ({"group": "a-group"} if event["type"] == "group-defined" else {}) for event in found))
    ledger.add(*one_of_each())
    return ledger


def verdict(ledger: Ledger, kind: str, target: str) -> Refused | None:
    """What the ledger says to an event of a kind about one of another."""
    event = least(kind) | {"target": f"a-{target}"}
    try:
        try_event(ledger.store, read_line(json.dumps(event).encode()), lambda: NOON)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("kind", ABOUT)
def test_each_event_is_about_what_it_may_be_about_and_nothing_else(everything: Ledger, kind: str) -> None:
    before = everything.head()

    verdicts = {target: verdict(everything, kind, target) for target in TYPES}

    wrong = {target: why for target, why in verdicts.items() if isinstance(why, WrongTarget)}
    assert set(wrong) == set(TYPES) - ALLOWED[kind]
    for target, why in wrong.items():
        assert str(why) == f"target: {kind} cannot be about a {target} event; it may target {MAY[kind]}"
    other = {type(why) for why in verdicts.values()} - {WrongTarget, type(None)}
    assert other <= {NotACondition, NoCohort}
    assert everything.head() == before


def test_what_has_no_report_cannot_be_corroborated_or_disputed(ledger: Ledger) -> None:
    """Bookkeeping is mended by bookkeeping."""
    ledger.add(
        changed("clear", "mended", note="mended"),
        about("retracted", "batch", ref="withdrawn"),
        about("disputed", "clear", ref="doubted"),
    )

    for kind in ("corroborated", "disputed"):
        for target, name in [("mended", "corrected"), ("withdrawn", "retracted"), ("doubted", "disputed")]:
            assert ledger.refusal(about(kind, target, report=REPORT)) == (
                f"target: {kind} cannot be about a {name} event; it may target {MAY[kind]}"
            )


def test_a_report_given_by_a_correction_can_be_corroborated(ledger: Ledger) -> None:
    ledger.add(about("disputed", "clear", ref="doubted"), changed("doubted", report=REPORT))

    ledger.add(about("corroborated", "doubted", report=REPORT))


def test_a_target_may_be_named_by_its_ref_or_its_whole_id(ledger: Ledger) -> None:
    by_id = about("disputed", ledger.id("clear"), report=REPORT)

    ledger.add(by_id)

    again = ledger.add(about("disputed", "clear", report=REPORT))
    assert (again.appended, again.repeated) == (0, 1)
    assert ledger.fields()[-1] == by_id


def test_a_target_without_a_ref_is_named_by_its_id(ledger: Ledger) -> None:
    found = ledger.add(about("disputed", "clear"), cleared("other"))

    ledger.add(about("retracted", found.kept[0].id), about("retracted", "other"))


def test_a_target_earlier_in_the_file_may_be_named_by_its_id(ledger: Ledger) -> None:
    """Whoever writes the file may know it: it follows from the content."""
    event = cleared("new", note="no ref is needed")

    ledger.add(event, about("disputed", id_from(event)))

    assert ledger.fields()[-1]["target"] == ledger.id("new")


def test_a_target_that_is_no_event_is_refused(ledger: Ledger) -> None:
    for target in ("nothing", "0" * 64, "acme", "company:acme", "CLEAR"):
        assert ledger.refusal(about("retracted", target)) == (
            f"target: {shown(target)} is no event recorded so far; "
            "give a ref or a whole id; `policytracker log` lists both"
        )


@pytest.mark.parametrize("length", [1, 8, 63])
def test_the_beginning_of_an_id_is_no_target_in_a_file(ledger: Ledger, length: int) -> None:
    """On the command line it is: there somebody looks on."""
    prefix = ledger.id("clear")[:length]

    assert ledger.refusal(about("retracted", prefix)) == (
        f"target: {shown(prefix)} is no event recorded so far; give a ref or a whole id; `policytracker log` lists both"
    )


def test_an_id_in_capitals_is_no_target(ledger: Ledger) -> None:
    name = ledger.id("clear").upper()

    assert ledger.refusal(about("retracted", name)).startswith(f"target: {shown(name)} is no event recorded so far; ")


def test_a_target_later_in_the_file_is_refused_with_its_line(ledger: Ledger) -> None:
    found = ledger.refusals(about("retracted", "late"), b"{not json}", company("new"), cleared("late"))

    assert found[1] == "target: 'late' is later in the file (line 4); move it before this line"
    assert list(found) == [1, 2]


def test_an_event_is_not_about_itself(ledger: Ledger) -> None:
    assert ledger.refusal(about("retracted", "self", ref="self")) == (
        "target: 'self' is no event recorded so far; give a ref or a whole id; `policytracker log` lists both"
    )


def test_a_target_earlier_in_the_file_is_found(ledger: Ledger) -> None:
    ledger.add(cleared("new"), about("disputed", "new", ref="doubt", report=REPORT), about("retracted", "doubt"))

    assert [fields.get("target") for fields in ledger.fields()[-3:]] == [None, ledger.id("new"), ledger.id("doubt")]


@pytest.mark.parametrize("anew", [company("acme", name="Acme Ltd", ref="acme-2"), company("new", ref="acme-2")])
def test_a_registration_of_the_same_file_is_refused_as_a_target(ledger: Ledger, anew: Fields) -> None:
    """The first of its subject, or one that takes another's place."""
    assert ledger.refusal(anew, about("retracted", "acme-2")) == (
        "target: retracted cannot be about a company-registered event; "
        "it may target any event but registrations; register the subject anew"
    )


def test_a_retraction_may_be_retracted(ledger: Ledger) -> None:
    ledger.add(about("retracted", "clear", ref="first"), about("retracted", "first", ref="second"))

    ledger.add(about("retracted", "second"))


@pytest.mark.parametrize("length", [1_000, 1_001])
def test_retractions_of_retractions_may_go_on_for_long(ledger: Ledger, length: int) -> None:
    """And the claim can still be spoken of: an odd number of them withdraws the correction at their head."""
    chain = [about("retracted", f"link-{link}", ref=f"link-{link + 1}") for link in range(length)]
    ledger.add(changed("clear", "link-0", until="2026-02-01"), *chain)

    late = changed("clear", effective="2026-03-01")

    if length % 2:
        ledger.add(late)
    else:
        assert ledger.refusal(late).startswith("changes.until: its last day (2026-02-01) is not after the first day")


def test_a_batch_is_a_claim_and_not_a_market_event(ledger: Ledger) -> None:
    ledger.add(batch("other"), about("lifted", "other", report=REPORT))


# Lifts of suspensions, other values, developments


def test_a_suspension_may_be_lifted_and_nothing_else_about_a_claim(ledger: Ledger) -> None:
    ledger.add(
        about("suspended", "clear", ref="pause", report=REPORT), about("lifted", "clear", ref="end", report=REPORT)
    )

    ledger.add(about("lifted", "pause", report=REPORT, effective="2026-03-01"))
    assert ledger.refusal(about("lifted", "end", report=REPORT)) == (
        f"target: lifted cannot be about a lifted event; it may target {MAY['lifted']}"
    )
    assert ledger.refusal(about("suspended", "pause", report=REPORT)).startswith("target: suspended cannot be about a ")


@pytest.mark.parametrize("kind", ["corroborated", "disputed"])
def test_a_registration_with_a_report_is_no_target_all_the_same(ledger: Ledger, kind: str) -> None:
    """It is bookkeeping: registered anew where it is wrong."""
    ledger.add(company("new", ref="a-company", report=REPORT))

    assert ledger.refusal(about(kind, "a-company", report=REPORT)) == (
        f"target: {kind} cannot be about a company-registered event; it may target {MAY[kind]}"
    )


@pytest.mark.parametrize(
    ("target", "instead", "field"),
    [
        ("clear", {"quantity": {"min": 1}}, "quantity"),
        ("ordered", {"conditions": {"quota": "a tenth"}}, "conditions"),
        ("ordered", {"form": "letter"}, "form"),
        ("signal", {"form": "letter"}, "form"),
        ("said", {"instrument": "Notice 7"}, "instrument"),
    ],
)
def test_another_value_is_given_for_a_field_of_the_target_only(
    ledger: Ledger, target: str, instead: Fields, field: str
) -> None:
    scope = {"companies": ["acme"], "chips": ["h20"]}
    ledger.add(
        least("orders-reported") | scope | {"ref": "ordered"},
        least("condition-signalled") | scope | {"ref": "signal"},
        about("corroborated", "clear", ref="said", report=REPORT),
    )
    name = next(fields["type"] for fields in ledger.fields() if fields.get("ref") == target)

    assert ledger.refusal(about("corroborated", target, report=REPORT, instead=instead)) == (
        f"instead.{field}: a {name} event has no such field; leave it out"
    )
    ledger.add(
        about("corroborated", "clear", report=REPORT, instead={"conditions": {"quota": "a tenth"}, "form": "letter"}),
        about("corroborated", "batch", report=REPORT, instead={"quantity": {"min": 5}, "instrument": "Notice 7"}),
        about("corroborated", "signal", report=REPORT, instead={"instrument": "Notice 7"}),
    )


def bill(**more: object) -> Fields:
    return least("development-reported") | more


def test_a_development_names_the_event_that_it_is_about_by_its_id(ledger: Ledger) -> None:
    by_ref, by_id = bill(about="clear"), bill(about=ledger.id("clear"))

    ledger.add(by_ref)

    assert ledger.fields()[-1] == by_id
    assert ledger.add(by_ref, by_id).repeated == 2
    assert ledger.rows()[-1].stream != ledger.id("clear")[:32]


def test_a_development_may_be_about_any_event(everything: Ledger) -> None:
    everything.add(*(bill(text=name, about=f"a-{name}") for name in TYPES))


def test_what_a_development_is_about_is_recorded_before(ledger: Ledger) -> None:
    unknown = "is no event recorded so far; give a ref or a whole id; `policytracker log` lists both"

    assert ledger.refusal(bill(about="nothing")) == f"about: 'nothing' {unknown}"
    assert ledger.refusal(bill(about="nothing", kind="x")).split("\n")[1] == f"about: 'nothing' {unknown}"
    found = ledger.refusals(bill(about="late"), cleared("late"))
    assert found == {1: "about: 'late' is later in the file (line 2); move it before this line"}


def test_what_a_development_is_about_may_be_corrected(ledger: Ledger) -> None:
    ledger.add(bill(ref="a-bill", about="clear"), changed("a-bill", about="batch"))

    assert ledger.fields()[-1]["changes"] == {"about": ledger.id("batch")}
    assert ledger.refusal(changed("a-bill", about="nothing")).startswith(
        "changes.about: 'nothing' is no event recorded"
    )
    assert ledger.refusal(changed("clear", about="batch")).startswith(
        "changes.about: unknown; cleared has no such field"
    )
    ledger.add(changed("a-bill", about=None))
