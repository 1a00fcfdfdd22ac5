"""Events, answers and changes in plain words: every event of the history, each type, names instead of ids."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policytracker.events.codes import JURISDICTIONS
from policytracker.events.dates import span
from policytracker.questions.groups import Group
from policytracker.questions.reader import Reader
from policytracker.questions.sentences.answers import cell_sentence, chip_sentence
from policytracker.questions.sentences.attribution import attributed
from policytracker.questions.sentences.changes import change_sentence
from policytracker.questions.sentences.corrections import corrected, other_values
from policytracker.questions.sentences.events import CLAIMS, Sentences
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.sentences.places import NAMES
from policytracker.questions.sentences.verdicts import MEANINGS, OF_STATUS, VERDICTS, verdict_words
from policytracker.questions.statuses import Statuses
from policytracker.status.words import ANY, CLAIM_TYPES, STATUSES, words

HISTORY = [
    json.loads(line)
    for file in sorted(Path("policytracker/history").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
    if line
]
BY_REF = {event["ref"]: event for event in HISTORY if event.get("ref")}
IDS = re.compile(r"\b(?:in|hq|under|owned|vendor):|\btpp[<>=]|\b(?:gacc|mofcom|cn-regulators|us-entity-listed)\b")
"""What no reader should have to know."""


@pytest.fixture(scope="module")
def naming(reader: Reader) -> Iterator[Naming]:
    yield Naming(reader.directory_at(None, span("2026-10-09").last))


@pytest.fixture(scope="module")
def sentences(naming: Naming) -> Sentences:
    return Sentences(naming, BY_REF.get)


def claim(**fields: Any) -> dict[str, Any]:
    report = {"publisher": "Reuters", "published": "2026-01-28", "attribution": "anonymous", "sources": 3}
    return {
        "type": "blocked",
        "authority": "gacc",
        "companies": ["in:CN"],
        "chips": ["h200"],
        "report": report,
        **fields,
    }


@pytest.mark.parametrize("event", HISTORY, ids=lambda event: event.get("ref") or event["type"])
def test_every_event_of_the_history_has_a_sentence_without_ids(sentences: Sentences, event: dict[str, Any]) -> None:
    words = sentences.event(event)

    assert words[0].isupper() and words.endswith("."), words
    if event["type"] not in ("development-reported", "corrected", "corroborated"):
        assert not IDS.search(words), words
    if event.get("report"):
        source = event["report"].get("cites") or event["report"]["publisher"]
        assert source in words, words


def test_every_type_of_claim_has_words() -> None:
    assert set(CLAIMS) == {*CLAIM_TYPES, "condition-signalled"}


def test_the_customs_story_of_january(sentences: Sentences) -> None:
    words = sentences.event(claim(effective="2026-01-13"))

    assert words == (
        "China (General Administration of Customs) stopped imports of H200 by companies in China, without a published "
        "rule, from 13 January 2026; three unnamed people told Reuters (28 January 2026)."
    )


@pytest.mark.parametrize(
    ("companies", "words"),
    [
        (["tencent", "alibaba"], "Tencent Holdings and Alibaba Group"),
        (["in:CN", "in:HK"], "companies in China and Hong Kong"),
        (["in:CN", "hq:CN"], "companies in China, or with headquarters there"),
        (["hq:CN"], "companies with headquarters in China"),
        (["in:US", "hq:CN"], "companies in the United States and companies with headquarters in China"),
        (["under:tencent"], "Tencent Holdings with its subsidiaries"),
        (
            ["owned:us-entity-listed"],
            "the group Registered companies on the US Entity List and companies at least half owned by it",
        ),
        (["all"], "all companies"),
        (["in:XX"], "companies in an unknown jurisdiction"),
        ({"of": ["in:CN"]}, "some companies in China"),
        ({"of": ["bat"]}, "some companies of the group BAT"),
        ({"count": 3, "of": ["major-internet"]}, "three companies of the group Major Chinese internet companies"),
        ({"count": {"min": 9, "max": 11}, "of": ["in:CN"]}, "9 to 11 companies in China"),
        ({"count": {"max": 5}, "of": ["in:CN"]}, "up to five companies in China"),
        ({"count": {"min": 2}, "of": ["in:CN"]}, "two or more companies in China"),
        ({"of": ["in:CN"], "named": ["jd"]}, "companies in China, among them JD.com"),
        (["tencent", "alibaba", "baidu", "jd", "meituan"], "Tencent Holdings, Alibaba Group, Baidu and two more"),
    ],
)
def test_companies_in_words(naming: Naming, companies: Any, words: str) -> None:
    assert naming.companies(companies) == words


@pytest.mark.parametrize(
    ("chips", "words"),
    [
        (["h200", "h20"], "H200 and H20"),
        (["vendor:nvidia"], "all Nvidia chips"),
        (["hopper"], "the group Nvidia Hopper data-centre parts"),
        ([{"where": ["tpp>=4800"]}], "chips with a total processing performance (TPP) of 4,800 or more"),
        (
            [{"where": ["datacentre=0"], "of": ["hopper"]}],
            "the group Nvidia Hopper data-centre parts with no design for data centres",
        ),
        (
            [{"where": ["tpp>=1600", "tpp<4800", "memory<80"]}],
            "chips with a total processing performance (TPP) of 1,600 or more and below 4,800, and a memory below 80 "
            "GB",
        ),
        (
            [{"where": ["tpp>=4800"]}, {"where": ["tpp>=1600", "performance_density>=5.92"]}],
            "chips with a total processing performance (TPP) of 4,800 or more, or with a TPP of 1,600 or more and a "
            "performance density of 5.92 or more",
        ),
        (
            ["h20", {"where": ["tpp>=1600", "tpp<4800", "memory<80", "memory>8", "die_area<900"]}],
            "H20 and chips of a certain performance",
        ),
    ],
)
def test_chips_in_words(naming: Naming, chips: Any, words: str) -> None:
    assert naming.chips(chips) == words


def test_a_name_that_is_not_registered_is_given_as_it_is(naming: Naming) -> None:
    assert naming.companies(["nobody"]) == "nobody"
    assert naming.authority("nobody") == "nobody"


def test_owners_that_are_excepted_are_told_once(sentences: Sentences) -> None:
    event = claim(companies=["owned:us-entity-listed"], except_companies=["us-entity-listed"])

    assert "by companies at least half owned by the group Registered companies on the US Entity List, without" in (
        sentences.event(event)
    )


def test_a_practice_is_told_as_a_reading_of_the_report_and_not_as_its_word(sentences: Sentences) -> None:
    said, read = (sentences.event(claim(type="cleared", form=form)) for form in ("announcement", "practice"))

    assert read.startswith("By this ledger's reading of reports, China (General Administration of Customs) allowed ")
    assert said.startswith("China (General Administration of Customs) allowed ")


def test_many_conditions_are_counted_and_few_are_told(sentences: Sentences) -> None:
    few = claim(type="cleared", conditions={"a": "buy some", "b": "tell all"})
    many = claim(type="cleared", conditions={"a": "1", "b": "2", "c": "3"})

    assert "; conditions: buy some; tell all;" in sentences.event(few)
    assert ", under three conditions;" in sentences.event(many)


def test_an_event_about_another_tells_what_it_is_about(sentences: Sentences) -> None:
    event = BY_REF["cn-2026-01-28-batch-named"]

    assert sentences.event(event).startswith(
        "ByteDance, Alibaba Group and Tencent Holdings are among those meant: China (Chinese regulators, not named) "
        "approved a batch of imports of H200 by three companies of the group Major Chinese internet companies"
    )


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        (
            "cn-2025-08-h20-halt-disputed",
            "Officials question firms on their H20 purchases; the firms were not told to stop; unnamed people told "
            "Reuters (12 August 2025). It disputes this: China (Cyberspace Administration of China) stopped imports of "
            "H20 by Alibaba Group, ByteDance and Tencent Holdings, without a published rule, from a day between 1 July "
            "and 12 August 2025.",
        ),
        (
            "cn-2026-08-26-not-let",
            "The Chinese government restricts sales of H200 that the US has licensed; on the record: Nvidia (26 August "
            "2026). It supports this: By this ledger's reading of reports, China (Chinese regulators, not named) "
            "stopped imports of H200 and H200 NVL by companies in China, without a published rule, from 22 or 23 April "
            "2026.",
        ),
        (
            "us-2025-03-28-inspur-day",
            "This ledger corrects its own entry: The United States (Bureau of Industry and Security) required a "
            "licence for exports of all chips to Inspur Electronic Information: the day is 25 March 2025.",
        ),
        (
            "us-2025-11-10-affiliates-stay",
            "Suspended from 10 November 2025 up to and including 9 November 2026: The United States (Bureau of "
            "Industry and Security) required a licence for exports of all chips to companies at least half owned by "
            "the group Registered companies on the US Entity List; official: Federal Register (12 November 2025).",
        ),
        (
            "us-2025-12-08-h200-announced",
            "The United States (White House) signalled conditions on exports of H200 to companies in China, on 8 "
            'December 2025: a quarter for the US; the post writes "$25%" and leaves the base open; for approved '
            "customers only, not said who; official: White House (via Mediaite, 8 December 2025).",
        ),
    ],
)
def test_who_said_what_stays_apart_from_what_it_is_about(sentences: Sentences, ref: str, words: str) -> None:
    """What a report says of another is told in its own words, and what the ledger does without a report as its own."""
    assert sentences.event(BY_REF[ref]) == words


def test_a_ministry_of_another_country_is_told_with_its_place(sentences: Sentences) -> None:
    """China's ministry vouches for an act of the United States; of an act of China it needs no place."""
    abroad = sentences.event(BY_REF["us-2026-09-28-affiliates-extension-mofcom"])
    at_home = sentences.event(BY_REF["cn-2025-12-10-demand"] | {"report": BY_REF["cn-2026-09-28-truce"]["report"]})

    assert "official: Ministry of Commerce of China (28 September 2026)" in abroad
    assert "official: Ministry of Commerce (28 September 2026)" in at_home


def test_companies_that_are_not_meant_are_told(naming: Naming, sentences: Sentences) -> None:
    cohort = {"of": ["in:CN"], "named": ["jd"], "excluded": ["lenovo"]}
    event = {"type": "recipients-identified", "target": "cn-2026-01-28-batch", "excluded": ["lenovo"]}

    assert naming.companies(cohort) == "companies in China, among them JD.com, but not Lenovo"
    assert sentences.event(event).startswith("Lenovo is not among those meant: China")


def test_conditions_that_are_met_are_told_in_their_words(sentences: Sentences) -> None:
    event = {"type": "conditions-met", "target": "us-2026-02-25-inspection", "conditions": ["us-inspection"]}

    assert sentences.event(event).startswith(
        "Conditions are met (the chips pass an inspection in the US before they go to the customer): The United States"
    )


def test_an_event_about_one_that_is_not_known_says_so(naming: Naming) -> None:
    event = {"type": "disputed", "target": "unknown", "report": claim()["report"]}

    assert (
        Sentences(naming, lambda _: None)
        .event(event)
        .startswith("A report disputes this: an event that is not known by then; ")
    )


@pytest.mark.parametrize(
    ("changes", "before", "words"),
    [
        ({"effective": "2026-01-16"}, {"effective": "2026-01-15"}, "the day is 16 January 2026, not 15 January 2026"),
        ({"effective": None}, {"effective": "2026-01-15"}, "no day is given any more"),
        ({"until": "2027-01-10"}, {}, "the first day without it is 10 January 2027"),
        ({"quantity": {"min": 3}}, {"quantity": {"max": 2}}, "the number is 3 or more chips, not up to 2 chips"),
        ({"companies": ["tencent"]}, {"companies": ["in:CN"]}, "it is for Tencent Holdings, not companies in China"),
        ({"chips": ["h20"]}, {"chips": ["h200"]}, "it is about H20, not H200"),
        ({"review": "case-by-case"}, {}, "licences: applications are decided case by case"),
        ({"conditions": {"quota": "half"}}, {}, "a condition is added: half"),
        ({"conditions": {"quota": "half"}}, {"conditions": {"quota": "all"}}, "a condition, now: half; before: all"),
        ({"conditions": {"quota": None}}, {"conditions": {"quota": "all"}}, "a condition is dropped: all"),
        ({"report": {"sources": 3}}, {"report": {"sources": 2}}, "of the report: sources 3, not 2"),
    ],
)
def test_a_correction_is_told_without_names_of_fields(
    naming: Naming, changes: dict[str, Any], before: dict[str, Any], words: str
) -> None:
    assert corrected(naming, changes, before) == words


def test_another_value_is_told_alone(naming: Naming) -> None:
    """What its target says stays as it is (semantics.md §8)."""
    instead = {"quantity": {"max": 9, "per": "company"}, "conditions": {"quota": "half"}}

    assert other_values(naming, instead) == "the number is up to 9 chips for each company; a condition: half"


def test_nothing_delivered_is_told_as_nothing(sentences: Sentences) -> None:
    event = claim(type="shipped", quantity={"min": 0, "max": 0}, effective="../2026-05-14")

    assert sentences.event(event).startswith("Deliveries of H200 to companies in China by 14 May 2026: none; ")


def test_weak_reports_are_left_out_where_there_are_others() -> None:
    weak = {"publisher": "Blog", "published": "2026-01-02", "grade": "E5"}
    good = {"publisher": "BIS", "published": "2026-01-03", "attribution": "official"}

    assert attributed([weak, good]) == "official: BIS (3 January 2026)"
    assert attributed([weak]) == "Blog (2 January 2026; graded E5)"
    assert attributed([]) == "an entry of this ledger, without a report"


def test_every_jurisdiction_has_a_name() -> None:
    assert set(NAMES) == JURISDICTIONS


def test_every_status_has_a_verdict_and_every_verdict_a_meaning() -> None:
    assert set(OF_STATUS) == set(STATUSES)
    assert set(MEANINGS) == set(VERDICTS)
    assert verdict_words(words(ANY)) == "not known"


@pytest.mark.parametrize("bits", range(1, ANY + 1))
def test_a_cell_that_certainly_cannot_go_ahead_is_never_called_open(bits: int) -> None:
    possible = words(bits)
    words_of = cell_sentence("Tencent", "H200", possible)
    highest, lowest = STATUSES.index(possible[-1]), STATUSES.index(possible[0])
    goes_ahead = STATUSES.index("conditional")

    assert ("may import" in words_of.split(":")[0] and "not" not in words_of and "open" not in words_of) == (
        lowest >= goes_ahead
    ), words_of
    if highest < goes_ahead:
        assert "may not" in words_of or "needs a licence" in words_of, words_of
    if bits == ANY:
        assert words_of == "This ledger does not tell whether Tencent may import H200."


@pytest.mark.parametrize(
    ("bits", "sentence"),
    [
        ((0b1, 0b10, 0b100), "No company in China may import H200 as things stand."),
        ((ANY,) * 3, "This ledger does not tell whether any company in China may import H200."),
        ((0b1000000,) * 3, "Every company in China that is registered here may import H200."),
        (
            (0b100000, 0b1000000, 0b1),
            "Two companies in China may import H200, some of them with conditions: Alibaba Group and Baidu. No other "
            "company in China that is registered here may.",
        ),
        (
            (0b100000, 0b1000001, 0b1),
            "One company in China may import H200, with conditions: Alibaba Group. It is open for one company more: "
            "Baidu. No other company in China that is registered here may.",
        ),
        (
            (0b1000001, ANY, 0b1),
            "Whether H200 may be imported is open for one company in China: Alibaba Group. No other company in China "
            "that is registered here may. Of one company this ledger does not tell.",
        ),
    ],
)
def test_who_may_import_a_chip(naming: Naming, bits: tuple[int, ...], sentence: str) -> None:
    statuses = Statuses(["alibaba", "baidu", "jd"], ["h200"], bytes(bits))

    assert chip_sentence(naming, "h200", "CN", statuses) == sentence


def test_a_change_names_few_and_counts_many(naming: Naming) -> None:
    step: Any = {"from_possible": ["blocked"], "to_possible": ["licensable"]}
    few = Group(step, [("tencent", "h200"), ("baidu", "h200")])
    many = Group(step, [(company, "h200") for company in ("tencent", "baidu", "jd", "meituan", "alibaba")])

    assert change_sentence(naming, few) == "Tencent Holdings and Baidu, H200: from “no” to “needs a licence”"
    assert change_sentence(naming, many).startswith("five companies, H200: ")
