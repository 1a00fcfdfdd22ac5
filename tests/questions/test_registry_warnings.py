"""What is pointed out of new registrations, beside names that look like another's."""

from typing import Any

import pytest

from policytracker.questions.registry_warnings import registry_warnings
from policytracker.status.directory import Gate
from policytracker.status.entries import Entry
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_quantities import REGISTRY, ordered

Event = dict[str, Any]
BASELINE = {**ordered("2026-01-01"), "type": "cleared", "authority": "bis"}


def warned(*new: Event, there: tuple[Event, ...] = (BASELINE,), spoken: tuple[Gate, ...] = ()) -> list[str]:
    """What is pointed out of new registrations, in their order."""
    with recorded([*REGISTRY, *there]) as reader:
        first = reader.head.position + 1
        entries = [Entry(place, str(place), 0, each) for place, each in enumerate(new, first)]
        directory = reader.directory_at(None, TODAY)
        found = registry_warnings(reader, directory, entries, first, spoken)
    return [text for entry in entries for text in found.get(entry.id, ())]


def company(name: str, company: str = "acme", **more: Any) -> Event:
    return {"type": "company-registered", "company": company, "name": name, "jurisdiction": "CN", **more}


def chip(*controlled_by: str, **more: Any) -> Event:
    fields = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia"}
    return {**fields, "controlled_by": [*controlled_by], **more}


def test_an_id_that_a_different_name_takes_over_is_pointed_out() -> None:
    assert warned(company("Zenith")) == [
        "the company acme was called 'Acme' so far, and is called 'Zenith' now; if it is another company, give it an "
        "id of its own; if it has a new name, keep the old one as an alias"
    ]
    assert "the authority bis was called 'BIS' so far" in warned({**REGISTRY[1], "name": "Commerce"})[0]


@pytest.mark.parametrize(
    "new",
    [
        company("ACME"),
        company("Acme", aliases=["Apex"]),
        company("Apex", aliases=["acme"]),
        company("Apex", names={"en": "Acme"}),
        company("Newcomer", "newcomer"),
    ],
    ids=str,
)
def test_a_new_name_beside_the_old_one_is_not(new: Event) -> None:
    assert warned(new) == []


def test_a_name_that_it_had_before_is_its_own() -> None:
    """Acme became Apex, and is Acme again."""
    renamed = company("Apex", aliases=["Acme"])
    assert warned(company("Acme"), there=(renamed,)) == []


def test_an_identifier_that_another_company_has_is_pointed_out() -> None:
    """Whatever it is called, and however it is written; also among those that are registered together."""
    there = company("Acme", identifiers={"lei": "529900ABC", "ticker": "ACM"})
    shared = company("Bolt", "bolt", identifiers={"ticker": "acm", "lei": "529900XYZ"})
    assert warned(shared, there=(BASELINE, there)) == [
        "the company bolt has the ticker 'acm', and so has the company acme"
    ]
    assert warned(there, shared) == ["the company bolt has the ticker 'acm', and so has the company acme"]
    assert warned(there, there=(BASELINE, there)) == []


def test_a_jurisdiction_of_which_nothing_is_recorded_is_pointed_out() -> None:
    """BIS has said something, the Netherlands nothing; a jurisdiction that controlled the chip before is not added."""
    told = (
        "NL is to control h20, and nothing is recorded at NL/export: that gate is unknown until a baseline is recorded"
    )
    assert warned(chip("NL", "US")) == [told]
    assert warned(chip("NL", "US"), spoken=(Gate("NL", "export"),)) == []
    assert warned(chip("NL", "US", aliases=["H20"]), there=(BASELINE, chip("NL", "US"))) == []
    assert warned(chip("US")) == []


def test_a_condition_alone_is_a_word_of_its_gate() -> None:
    condition = {**BASELINE, "type": "condition-imposed", "conditions": {"quota": "some"}}
    new = chip("US", chip="h99", name="H99")
    assert warned(new, there=(condition,)) == []
    assert warned(new, there=()) != []


def test_a_claim_that_was_never_in_force_is_recorded_all_the_same() -> None:
    """A dry run knows of a new claim that it is there, not when it holds; the import tells the same."""
    over = {**BASELINE, "until": BASELINE["report"]["published"]}
    assert warned(chip("US", chip="h99", name="H99"), there=(over,)) == []


def test_of_other_events_nothing_is_asked() -> None:
    assert warned(BASELINE) == []
