"""A ledger written by an older version reads as one of today; by a newer one, not at all."""

from typing import Any

import pytest

from policytracker.events.catalogue import (
    ABOUT,
    CLAIMS,
    DEVELOPMENTS,
    FORMS,
    MARKET,
    REGISTRY,
    SIGNALS,
    TOPICS,
    TYPES,
    UPCASTERS,
    topic_of,
    up_to_date,
)
from policytracker.events.forms import stored_fields
from policytracker.events.refusals import UnknownForm

Fields = dict[str, Any]


def with_scope(old: Fields) -> Fields:
    """Form 1 had one company; form 2 has a list."""
    rest = {name: value for name, value in old.items() if name != "company"}
    return rest | {"companies": [old["company"]]}


def with_review(old: Fields) -> Fields:
    """Form 3 tells how applications are reviewed."""
    return old | {"review": "unstated"}


NEWER = {"licence-required": 3, "blocked": 1}
STEPS = {("licence-required", 1): with_scope, ("licence-required", 2): with_review}


def message(topic: str) -> str:
    return (
        f"the ledger holds an event of the form {topic!r}, which this version does not know; "
        "upgrade policytracker (pip install --upgrade policytracker) and ask again"
    )


@pytest.mark.parametrize(
    ("form", "stored", "review"),
    [
        (1, {"company": "acme"}, "unstated"),
        (2, {"companies": ["acme"]}, "unstated"),
        (3, {"companies": ["acme"], "review": "case-by-case"}, "case-by-case"),
    ],
)
def test_an_older_form_is_brought_up_to_date_step_by_step(form: int, stored: Fields, review: str) -> None:
    found = up_to_date(f"licence-required/{form}", stored, NEWER, STEPS)

    assert found == {"companies": ["acme"], "review": review}


def test_what_is_stored_is_not_touched() -> None:
    stored = {"company": "acme"}

    up_to_date("licence-required/1", stored, NEWER, STEPS)

    assert stored == {"company": "acme"}


@pytest.mark.parametrize(
    "topic",
    [
        "licence-required/4",
        "licence-required/0",
        "licence-required/-1",
        "licence-required/",
        "licence-required",
        "licence-required/1/1",
        "licence-required/１",
        "licence-required/²",
        "licence-required/1 ",
        "Blocked/1",
        "os:system",
        "policytracker.events.claims:Blocked",
        "",
        "/1",
    ],
)
def test_an_unknown_name_or_form_stops_and_tells_to_upgrade(topic: str) -> None:
    with pytest.raises(UnknownForm) as caught:
        up_to_date(topic, {"company": "acme"}, NEWER, STEPS)

    assert str(caught.value) == message(topic)


def test_a_missing_step_stops_and_tells_to_upgrade() -> None:
    """Never a form half way between two."""
    with pytest.raises(UnknownForm) as caught:
        up_to_date("licence-required/1", {"company": "acme"}, NEWER, {("licence-required", 1): with_scope})

    assert str(caught.value) == message("licence-required/1")


@pytest.mark.parametrize("topic", ["blocked/3", "held/2", "os:system", "blocked"])
def test_a_stored_event_of_an_unknown_form_is_not_read(topic: str) -> None:
    with pytest.raises(UnknownForm) as caught:
        stored_fields(topic, b'{"type":"blocked"}')

    assert str(caught.value) == message(topic)


def test_what_a_registration_replaces_is_no_field_of_it() -> None:
    stored = b'{"authority":"bis","replaces":"ab","type":"authority-registered"}'

    assert stored_fields("authority-registered/1", stored) == {"authority": "bis", "type": "authority-registered"}


def test_every_older_form_has_its_step() -> None:
    steps = {(name, form) for name, newest in FORMS.items() for form in range(1, newest)}

    assert set(UPCASTERS) == steps


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form == 2])
def test_what_version_1_stored_is_read_as_it_is(name: str) -> None:
    """Version 2 added fields; it took none away, and gave none another meaning."""
    stored = {"type": name, "note": "of version 1"}

    assert up_to_date(f"{name}/1", stored) == stored


@pytest.mark.parametrize("name", FORMS)
def test_a_program_of_version_1_refuses_what_it_would_misread(name: str) -> None:
    """It knows form 1 of its types only, and tells to upgrade."""
    known = {each: 1 for each, form in FORMS.items() if form == 2} | {"redacted": 1}
    topic = f"{name}/{FORMS[name]}"

    if name == "redacted":
        assert up_to_date(topic, {}, known, {}) == {}
        return
    with pytest.raises(UnknownForm) as caught:
        up_to_date(topic, {}, known, {})
    assert str(caught.value) == message(topic)


def test_every_type_has_one_topic_and_one_place() -> None:
    assert (
        list(TOPICS.values())
        == list(TYPES)
        == [
            *(*REGISTRY, *CLAIMS, *ABOUT, *MARKET, *SIGNALS, *DEVELOPMENTS),
        ]
    )
    assert all(TOPICS[topic_of(name)] == name for name in TYPES)
    assert len(TYPES) == 26
