"""``why``: every claim at a gate has its place and its reason, and nothing is told that was not known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.roles import beside_lines, lines
from policytracker.questions.why import explain, why
from policytracker.questions.why_answers import GateExplanation
from policytracker.status.cells import Cap, CellAnswer, GateAnswer
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.prevails import POSSIBLY, Holding
from policytracker.status.words import Status, together, words
from policytracker.status.worlds import gate_worlds
from policytracker.testing import naive, strategies
from tests.calls import calls_of
from tests.questions.recorded import recorded
from tests.status import ground
from tests.test_core_is_the_contract import entries_of, view_of

TODAY = span("2026-02-01").first
Gate = GateExplanation
Event = dict[str, Any]
Ledger = list[Event]


def explained(*events: Event, at: str = "2026-02-01", known: str | None = None, gate: str = "CN/import") -> Gate:
    """One gate of Tencent's H200, given claims and what is said of them."""
    clocks = Clocks(span(at).first, None if known is None else moment(known))
    found = explain(ground.seen(*events, known=known), clocks, "tencent", "h200")
    return next(each for each in found if each["gate"] == gate)


def gate(reader: Reader, name: str, company: str, chip: str, at: str, known: str | None = None) -> Gate:
    """One gate of a cell of a ledger."""
    clocks = Clocks(span(at).first, None if known is None else moment(known))
    return next(each for each in why(reader, clocks, company, chip) if each["gate"] == name)


def roles(gate: Gate) -> dict[str, str]:
    """What each claim does, by its ref."""
    return {line["claim"]: line["role"] for line in lines(gate)}


def reason(gate: Gate, claim: str) -> list[str]:
    """Why a claim does what it does."""
    return next(list(line["why"]) for line in lines(gate) if line["claim"] == claim)


def block(ref: str = "stop", on: str = "2026-01-14", **more: Any) -> Event:
    return ground.claim("blocked", ref, on, **more)


def permit(ref: str = "let-in", on: str = "2026-01-20", **more: Any) -> Event:
    return ground.claim("cleared", ref, on, **more)


def word(publisher: str = "Gazette", published: str = "2026-01-20", **more: Any) -> Event:
    return {"publisher": publisher, "published": published, **more}


# What stands, and what is overridden


def test_a_later_permission_and_a_restriction_name_their_rules() -> None:
    """Open; blocked for everyone; one firm let in."""
    found = explained(permit("open", "2022-01-01"), block(), permit(companies=["tencent"]))

    assert (found["status"], found["surely"]) == ("cleared", ["let-in"])
    assert roles(found) == {"let-in": "stands", "open": "overridden", "stop": "overridden"}
    assert reason(found, "open") == ["overridden by let-in: a later permission lifts what it covers"]
    assert reason(found, "stop") == ["overridden by let-in: a later permission lifts what it covers"]
    assert reason(explained(permit("open", "2022-01-01"), block()), "open") == [
        "overridden by stop: a restriction stops everyone"
    ]


def test_a_batch_for_firms_that_are_not_named_leaves_it_open_and_would_settle_it() -> None:
    """Agreed in principle; a first batch for three of several firms."""
    step = ground.claim("approved-in-principle", "step", "2026-01-10")
    batch = ground.claim("batch-approved", "batch", "2026-01-20", companies={"count": 3, "of": ["in:CN"]})
    found = explained(step, batch)

    assert (found["cell_status"], found["cell_possible"]) == ("uncertain", ["in_principle", "cleared"])
    assert (roles(found), found["surely"]) == ({"batch": "may stand", "step": "may stand"}, [])
    assert reason(found, "batch") == ["only possibly: for 3 of in:CN, none of them named yet"]
    assert reason(found, "step") == ["overridden if batch holds: a later permission lifts what it covers"]
    assert found["would_settle"] == [{"claim": "batch", "if_holds": ["cleared"], "if_not": ["in_principle"]}]


@pytest.mark.parametrize("published", ["2026-01-10", "2026-01"])
def test_an_order_that_nothing_tells_is_said_to_be_assumed(published: str) -> None:
    """Blocked and cleared on one day, or in one month: the block counts as the later, in whatever order recorded."""
    said = {"effective": published, "report": word(published=published, attribution="official")}
    for events in ((block() | said, permit() | said), (permit() | said, block() | said)):
        found = explained(*events)
        assert found["status"] == "blocked"
        assert found["order_assumed"] == [{"claim": "stop", "than": "let-in"}]
        assumed = "dates and reports do not tell which came first, so the restriction counts as the later"
        assert reason(found, "stop") == [f"taken as later than let-in: {assumed}"]
        assert reason(found, "let-in") == [f"overridden by stop: a restriction stops everyone; {assumed}"]
    plain = explained(block(), permit(on="2026-01-10"))
    assert (plain["order_assumed"], plain["overridden"][0]["order_assumed"]) == ([], False)


def test_a_claim_that_is_left_and_decides_nothing_says_so() -> None:
    """Two permissions for different chips' levels: the higher decides."""
    found = explained(
        ground.claim("cleared", "open", "2026-01-01", chips=["h200"]),
        ground.claim("review-opened", "look", "2026-01-02"),
    )

    assert roles(found) == {"open": "stands", "look": "no effect"}
    assert reason(found, "look") == ["not overridden, but a higher permission decides"]


# Conditions


def test_a_condition_that_is_imposed_caps_and_its_conditions_are_listed_apart() -> None:
    """Cleared under a condition of its own; a duty that only a rumour reports; an inspection."""
    inspection = ground.claim("condition-imposed", "inspection", "2026-01-12", conditions={"check": "at the border"})
    duty = inspection | {"ref": "duty", "conditions": {"check": "25 percent"}, "report": word()}
    found = explained(permit(conditions={"check": "by a laboratory"}), inspection, duty)

    assert found["status"] == "conditional"
    assert roles(found) == {"let-in": "stands", "inspection": "caps", "duty": "may cap"}
    assert [(each["claim"], each["wording"], each["binds"]) for each in found["conditions"]] == [
        ("let-in", "by a laboratory", "certainly"),
        ("inspection", "at the border", "certainly"),
        ("duty", "25 percent", "possibly"),
    ]
    assert {each["gate"] for each in found["conditions"]} == {"CN/import"}
    assert [source["publisher"] for each in found["conditions"] for source in each["sources"]] == [
        "Customs",
        "Customs",
        "Gazette",
    ]


def test_a_possible_cap_would_settle_and_one_whose_conditions_are_met_has_ended() -> None:
    """A rumour of a quota; a quota that is met."""
    quota = ground.claim("condition-imposed", "quota", "2026-01-12", conditions={"share": "half"})
    found = explained(permit(), quota | {"report": word()})
    assert found["would_settle"] == [{"claim": "quota", "if_holds": ["conditional"], "if_not": ["cleared"]}]

    met = explained(permit(), quota, ground.about("conditions-met", "quota", conditions=["share"]))
    assert (met["status"], roles(met)["quota"]) == ("cleared", "met")
    assert reason(met, "quota") == ["all its conditions are met"]


def test_the_conditions_of_a_duty_bind_the_holder_of_a_licence() -> None:
    """A licence under a rule that the licence overrides."""
    rule = ground.claim(
        "licence-required", "rule", "2026-01-01", review="case-by-case", conditions={"test": "by a laboratory"}
    )
    found = explained(rule, ground.claim("licence-granted", "licence", "2026-01-10"))

    assert roles(found) == {"licence": "stands", "rule": "overridden"}
    assert [(each["claim"], each["key"]) for each in found["conditions"]] == [("rule", "test")]


# What does not apply, what was heard


@pytest.mark.parametrize(
    ("claim", "about", "role", "text"),
    [
        (block(on="2026-03-01"), [], "not yet", "in force only from 2026-03-01"),
        (block(until="2026-01-20"), [], "ended", "over from 2026-01-20 on"),
        (block(), [ground.about("lifted", "stop", effective="2026-01-20")], "lifted", "lifted on 2026-01-20"),
        (
            block(),
            [ground.about("suspended", "stop", effective="2026-01-20", until="2026-11-10")],
            "suspended",
            "suspended from 2026-01-20; it holds again from 2026-11-10",
        ),
        (block(), [ground.about("retracted", "stop")], "retracted", "retracted"),
        (block(except_companies=["tencent"]), [], "excepted", "an exception takes the company out of it"),
        (block(except_chips=["h200"]), [], "excepted", "an exception takes the chip out of it"),
        (block(companies={"of": ["all"], "excluded": ["tencent"]}), [], "excluded", "said not to be among those meant"),
        (
            block(companies={"count": 1, "of": ["all"]}),
            [ground.about("recipients-identified", "stop", companies=["other"])],
            "counted out",
            "as many as it can have are named: other",
        ),
        (
            block(),
            [ground.about("corrected", "stop", changes={"companies": ["other"]})],
            "corrected",
            "a correction takes the cell out of it",
        ),
    ],
)
def test_a_claim_that_does_not_apply_says_why(claim: Event, about: Ledger, role: str, text: str) -> None:
    """Not begun, over, lifted, suspended, retracted, or about others."""
    found = explained(claim, *about)

    assert found["silent"]
    assert roles(found) == {"stop": role}
    assert reason(found, "stop") == [text]
    assert found["not_applying"][0]["events"] == [event["ref"] for event in about]


def test_what_was_heard_and_not_counted_is_told_with_why() -> None:
    """A block of which every report is improbable; a rumour that is denied; a lift that nobody should believe."""
    weak = block("weak", report=word(grade="C5"))
    denied = block("denied", report=word())
    denial = ground.about("disputed", "denied")
    lift = ground.about("lifted", "let-in", effective="2026-01-25") | {"report": word("Blog", grade="E3")}
    found = explained(permit(), weak, denied, denial, lift)

    assert (found["status"], roles(found)) == ("cleared", {"let-in": "stands", "weak": "heard", "denied": "heard"})
    assert reason(found, "weak") == ["heard, not counted: every report of it is graded unreliable or improbable"]
    assert reason(found, "denied") == [
        "heard, not counted: disputed; nobody says on whose word the report rests, and no two origins say it"
    ]
    (let_in,) = [claim for claim in found["claims"] if claim["id"] == "let-in"]
    (heard,) = let_in["heard"]
    assert (heard["id"], heard["counts"], heard["reasons"][0]["reason"]) == ("let-in-lifted", "not at all", "word")
    assert let_in["events"] == []


def test_claims_for_others_are_told_on_demand_only() -> None:
    """A block for another company, and one of which somebody has only heard."""
    events = (block(companies=["other"]), block("weak", companies=["other"], report=word(grade="C5")))
    view = ground.seen(*events)
    near, everything = (
        {
            line["claim"]: line["role"]
            for each in explain(view, Clocks(TODAY), "tencent", "h200", wide)
            for line in lines(each)
        }
        for wide in (False, True)
    )

    assert near == {"us": "stands"}
    assert everything == {"us": "stands", "stop": "out of scope", "weak": "out of scope"}


# On whose word


def test_a_claim_known_by_another_report_is_told_on_that_word_alone() -> None:
    """Customs publishes its block on 16 January; an agency told of it on the 14th. On the 15th: the agency."""
    agency = word("Agency", "2026-01-14", attribution="anonymous")
    found = explained(
        block(report=ground.report("2026-01-16")),
        ground.about("corroborated", "stop") | {"report": agency},
        known="2026-01-15",
    )

    assert [line["sources"] for line in lines(found)] == [["Agency, 2026-01-14; anonymous sources"]]
    assert [line["word"] for line in lines(found)] == ["on the word of anonymous sources, one origin: Agency"]


def test_a_correction_tells_the_old_and_the_new_value_and_a_mistyped_report_is_never_cited() -> None:
    """The date is corrected by an official report; the publisher's name was mistyped in the ledger."""
    mistyped = block(on="2019-02-12", report=word("Gazzette", attribution="official"))
    moved = ground.about("corrected", "stop", changes={"effective": "2019-12-02"})
    mended: Event = {"type": "corrected", "ref": "mended", "target": "stop"}
    mended["changes"] = {"report": word("Gazette", attribution="official")}
    found = explained(mistyped, moved, mended)

    (line,) = lines(found)
    assert line["sources"] == ["Gazette, 2026-01-20; official"]
    assert line["events"] == [
        "corrected: effective: 2019-02-12 → 2019-12-02 (stop-corrected): Customs, 2025-01-01; official",
        "corrected: report.publisher: Gazzette → Gazette (mended): no report: the ledger mends itself",
    ]
    assert line["start"] == "2019-12-02"


def test_where_reports_differ_both_values_are_told_each_with_its_report() -> None:
    """A batch of 400,000; another paper says half of it."""
    batch = ground.claim("batch-approved", "batch", "2026-01-20", quantity={"min": 400_000})
    other = ground.about("corroborated", "batch", instead={"quantity": {"max": 200_000}}) | {"report": word()}
    found = explained(batch, other)

    (account,) = found["claims"]
    (two,) = account["two_values"]
    assert (two["field"], two["own"], two["other"]) == ("quantity", "400,000 or more", "up to 200,000")
    assert [report["publisher"] for report in two["own_sources"]] == ["Customs"]
    assert [report["publisher"] for report in two["other_sources"]] == ["Gazette"]


def test_notes_and_quotes_of_what_decides_are_kept() -> None:
    """As the recorder and the paper wrote them."""
    found = explained(
        block(note="seen twice", report=word(quote="may not enter", summary="A stop", attribution="official"))
    )

    (account,) = found["claims"]
    assert account["note"] == "seen twice"
    assert (account["sources"][0]["quote"], account["sources"][0]["summary"]) == ("may not enter", "A stop")


# Gates of which nothing is recorded, domestic chips, launches, ages


def test_a_silent_gate_does_not_hide_what_is_known() -> None:
    """Nothing is recorded of CN/import; the US has cleared it under a condition."""
    found = explained(block(companies=["other"]))

    assert (found["silent"], found["status"], found["cell_status"]) == (True, "unknown", "unknown")
    assert (found["if_open"], found["limited_by"]) == (["cleared"], ["CN/import"])


def registry(**chip: Any) -> Ledger:
    fields = {"name": "H200", "vendor": "Nvidia", "controlled_by": []}
    return [*ground.REGISTRY[:3], {"type": "chip-registered", "chip": "h200", **fields, **chip}]


def test_a_domestic_chip_passes_no_gate() -> None:
    """From China, for a company of China: one object, without a gate."""
    with recorded(registry(origin="CN")) as reader:
        (found,) = why(reader, Clocks(TODAY), "Tencent", "H200")

    assert (found["gate"], found["status"], found["cell_possible"]) == (None, "cleared", ["cleared"])
    assert list(lines(found)) == []


@pytest.mark.parametrize(("at", "launched"), [("2026-02-28", False), ("2026-03-01", True)])
def test_a_day_before_the_launch_of_a_chip_is_told_as_such(at: str, launched: bool) -> None:
    """Launched in March 2026: on its first day it may be."""
    with recorded(registry(launched="2026-03")) as reader:
        (found,) = why(reader, Clocks(span(at).first), "Tencent", "H200")

    assert (found["launched"], found["launch"]) == (launched, "2026-03")


def test_each_gate_tells_how_old_its_last_word_is() -> None:
    """A fresh report at one gate does not hide that the other's is of last year."""
    view = ground.seen(block(report=ground.report("2026-01-14")))
    found = explain(view, Clocks(TODAY), "tencent", "h200")

    assert [(each["last_word"], each["last_word_days"]) for each in found] == [("2025-01-01", 396), ("2026-01-14", 18)]


# Signals and developments


def signal(ref: str, authority: str = "gacc", **more: Any) -> Event:
    scope = {"companies": ["all"], "chips": ["all"], "conditions": {"quota": "perhaps half"}, "report": word()}
    return {"type": "condition-signalled", "ref": ref, "authority": authority, **scope, **more}


def development(ref: str, published: str = "2026-01-20", **more: Any) -> Event:
    fields = {"kind": "statement", "text": f"{ref} happened", "report": word(published=published)}
    return {"type": "development-reported", "ref": ref, **fields, **more}


def test_signals_stand_at_their_gate_for_the_cells_that_they_name() -> None:
    """One for everyone, one for another company, one at the other gate, one that is retracted."""
    found = explained(
        permit(),
        signal("talk"),
        signal("other", companies=["other"]),
        signal("us-talk", "bis"),
        signal("gone"),
        ground.about("retracted", "gone"),
    )

    assert [(each["ref"], each["says"]) for each in found["signals"]] == [
        ("talk", "condition-signalled: quota: perhaps half")
    ]
    assert found["status"] == "cleared"


def test_developments_are_told_by_company_chip_authority_and_claim() -> None:
    """The nearest before the day first; those that name others, or nothing, are left out."""
    found = explained(
        permit(),
        development("of-company", companies=["tencent"]),
        development("of-chip", "2026-01-22", chips=["h200"]),
        development("of-authority", "2026-01-21", authority="gacc"),
        development("of-claim", "2026-01-23", about="let-in", companies=["other"]),
        development("later", "2026-02-20", chips=["all"]),
        development("of-others", companies=["other"], chips=["h200"]),
        development("of-nothing"),
    )

    refs = [each["ref"] for each in found["developments"]]
    assert refs == ["of-claim", "of-chip", "of-authority", "of-company", "later"]
    assert [line["claim"] for line in beside_lines(found, with_developments=True)] == refs


# The shipped history


@pytest.mark.parametrize(
    ("claim", "role", "text"),
    [
        ("us-2022-10-07-rule", "lifted", "lifted on 2023-11-17"),
        ("us-2023-10-23-immediate", "ended", "over from 2023-11-17 on"),
    ],
)
def test_what_once_held_in_the_shipped_history_says_what_became_of_it(
    reader: Reader, claim: str, role: str, text: str
) -> None:
    """The rules of 2022 and 2023 for the H200, asked about in 2026."""
    found = gate(reader, "US/export", "Tencent", "H200", "2026-01-28")

    assert roles(found)[claim] == role
    assert reason(found, claim) == [text]


def test_what_is_left_of_a_batch_and_what_was_ordered_stand_beside_the_shipped_batch(reader: Reader) -> None:
    """The batch of January 2026 with its quantity; the orders of December with their sources."""
    found = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28")

    left = found["left"] or []
    assert [(each["unit"], each["used_up"]) for each in left] == [("chips", False)]
    assert [each["claim"] for each in left] == found["standing"]
    assert {row["kind"] for row in found["quantities"]} >= {"ordered", "approved"}
    assert all(row["sources"] for row in found["quantities"])


def test_what_became_known_in_the_evening_is_not_told_at_noon(reader: Reader) -> None:
    """The recipients of the batch of 28 January are named by a report that gives the day: so at its end."""
    noon = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28", "2026-01-28T12:00Z")
    evening = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28", "2026-01-28")

    assert "cn-2026-01-28-batch-named" not in str(noon)
    assert "cn-2026-01-28-batch-named" in str(evening)


def test_an_unknown_company_is_refused(reader: Reader) -> None:
    """A slip of the pen."""
    with pytest.raises(UnknownName, match="no company is called 'Tencnt'; did you mean tencent"):
        why(reader, Clocks(TODAY), "Tencnt", "H200")


# Any ledger


@given(st.data(), strategies.ledgers())
def test_nothing_is_told_of_what_is_not_known_yet(data: st.DataObject, ledger: Ledger) -> None:
    """The explanation is the same when the events that K does not know were never recorded.

    All but the last word: a report on an event that is not known itself is known all the same. And but registrations:
    these act at every K (semantics.md §9).
    """
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    judged = naive.standings(resolved, question.known)
    unknown: set[str] = set()
    for event in resolved:
        if event["type"] in REGISTRY_TYPES:
            continue
        if not judged[event["id"]].known or event.get("target") in unknown:
            unknown.add(event["id"])
    entries = entries_of(resolved)
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))

    told, silent = (
        explain(view_of(seen, question.at, clocks.known), clocks, question.company, question.chip, everything=True)
        for seen in (entries, [entry for entry in entries if entry.id not in unknown])
    )

    for each in (*told, *silent):
        each["last_word"] = each["last_word_days"] = None
    assert told == silent


@given(st.data(), strategies.ledgers())
def test_every_claim_has_one_place_and_every_line_a_source(data: st.DataObject, ledger: Ledger) -> None:
    """Standing, capping, left, overridden for sure, not applying, heard: each claim known at the gate, once."""
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))
    view = view_of(entries_of(resolved), question.at, clocks.known)
    for found in explain(view, clocks, question.company, question.chip, everything=True):
        placed = [line["id"] for line in lines(found)]
        at_gate = [
            claim.id
            for claim in (*view.claims.values(), *view.heard.values(), *view.retracted.values())
            if str(view.directory.gate(claim.fields["authority"])) == found["gate"]
        ]
        assert sorted(placed) == sorted(at_gate)
        assert all(line["sources"] for line in lines(found))
        events = [event for claim in found["claims"] for event in (*claim["events"], *claim["heard"])]
        accounts = (*found["claims"], *events, *found["signals"], *found["developments"])
        sources = [source for account in accounts for source in account["sources"]]
        assert all(naive.is_public(dict(source), question.known) for source in sources)
        assert not any("certain" in account["word"] or "confirmed" in account["word"] for account in accounts)


@given(st.data(), strategies.claims_only())
def test_what_would_settle_leaves_what_it_says(data: st.DataObject, ledger: Ledger) -> None:
    """Were the claim certain, or not there at all, the cell would come to the statuses told."""
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))
    view = view_of(entries_of(resolved), question.at, clocks.known)
    cell = view.cell(question.company, question.chip, clocks.at)
    for place, found in enumerate(explain(view, clocks, question.company, question.chip)):
        for settling in found["would_settle"]:
            for outcome, holds in (("if_holds", True), ("if_not", False)):
                assert settling[outcome] == supposing(cell, place, settling["claim"], holds)  # type: ignore[literal-required]


def supposing(cell: CellAnswer, place: int, claim: str, holds: bool) -> list[Status]:
    """The cell's possible statuses, did one claim at one of its gates surely hold, or not."""
    gates = list(cell.gates)
    gate = gates[place]
    held = [each for each in gate.holdings if each.id != claim or holds]
    sure: list[Holding] = [each._replace(kind=each.kind & ~POSSIBLY) if each.id == claim else each for each in held]
    caps = tuple(Cap(cap.id, cap.certain or cap.id == claim) for cap in gate.caps if cap.id != claim or holds)
    changed = GateAnswer(gate.gate, tuple(sure), gate_worlds(sure), caps)
    return words(together([*(each.possible for each in gates[:place] + gates[place + 1 :]), changed.possible]))


def test_explaining_many_claims_is_work_for_each_not_for_each_two() -> None:
    """Blocked and cleared in turn, day after day: four times the claims are four times the work, not sixteen times."""

    def work(count: int) -> int:
        first = span("2020-01-01").first
        kinds = (
            "blocked",
            "review-opened",
            "cleared",
            "approved-in-principle",
            "prohibited",
            "held",
            "condition-imposed",
        )
        more = {"condition-imposed": {"conditions": {"quota": "half"}}}
        each = [(kinds[n % 7], f"claim-{n}", iso(first + n)) for n in range(count)]
        claims = [ground.claim(kind, ref, day, **more.get(kind, {})) for kind, ref, day in each]
        one_day = [ground.claim(("blocked", "cleared")[n % 2], f"day-{n}", "2025-06-01") for n in range(count)]
        last = [ground.claim("review-opened", f"last-{n}", iso(first + count + n)) for n in range(count)]
        view = ground.seen(*claims, *last, *one_day)
        return calls_of(lambda: [list(lines(gate)) for gate in explain(view, Clocks(TODAY), "tencent", "h200")])

    assert work(400) < 6 * work(100)
