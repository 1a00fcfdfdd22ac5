"""Names become ids wherever a field takes ids, and nowhere else."""

from typing import Any

import pytest

from policytracker.questions.drafts import finished, resolved
from policytracker.questions.errors import AmbiguousName, UnknownName
from policytracker.questions.reader import Reader
from tests.questions.recorded import recorded


def of(reader: Reader, **draft: Any) -> Any:
    return resolved(reader.directory, {"type": "blocked", **draft})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tencent", "tencent"),
        ("腾讯", "tencent"),
        ("騰訊", "tencent"),
        ("ＴＥＮＣＥＮＴ", "tencent"),
        ("BAT", "bat"),
        ("Chinese hyperscalers", "hyperscalers"),
        ("under:百度", "under:baidu"),
        ("in:CN", "in:CN"),
        ("hq:CN", "hq:CN"),
        ("All", "all"),
    ],
)
def test_companies_are_named_in_any_language_groups_by_their_names_and_selectors_stay(
    written: str, meant: str, reader: Reader
) -> None:
    for field in ("companies", "except_companies"):
        assert of(reader, **{field: [written]})[field] == [meant]
    cohort = {"of": [written], "named": [written], "excluded": [written], "count": 3}
    assert of(reader, companies=cohort)["companies"] == {**cohort, "of": [meant], "named": [meant], "excluded": [meant]}


def test_chips_and_authorities_are_named_too_and_tests_stay(reader: Reader) -> None:
    where = {"where": ["tpp<21000"]}

    found = of(reader, chips=["昇腾910B", "Nvidia chips", where], authority="海关总署", note="Tencent")

    assert found["chips"] == ["ascend-910b", "nvidia-chips", where]
    assert (found["authority"], found["note"]) == ("gacc", "Tencent")


def test_what_a_registration_registers_keeps_its_own_id_and_what_it_names_does_not(reader: Reader) -> None:
    company = {"type": "company-registered", "company": "Tencent", "name": "腾讯", "parent": "腾讯"}
    authority = {"type": "authority-registered", "authority": "海关总署"}
    chips = {"type": "group-defined", "kind": "chip", "group": "h200", "members": ["H200 SXM"]}
    companies = {"type": "group-defined", "kind": "company", "group": "x", "members": ["百度"]}

    assert resolved(reader.directory, company) == {**company, "parent": "tencent"}
    assert resolved(reader.directory, authority) == authority
    assert resolved(reader.directory, chips) == {**chips, "members": ["h200"]}
    assert resolved(reader.directory, companies) == {**companies, "members": ["baidu"]}


def test_a_name_that_nobody_has_is_refused_with_the_nearest(reader: Reader) -> None:
    with pytest.raises(UnknownName, match="no company or group is called 'Tencnt'; did you mean tencent"):
        of(reader, companies=["Tencnt"])
    with pytest.raises(UnknownName, match="no company is called 'bat'"):
        of(reader, companies=["under:bat"])
    with pytest.raises(UnknownName, match="no authority is called 'gac'; did you mean gacc, cac"):
        of(reader, authority="gac")


def test_a_name_of_a_company_and_of_a_group_is_ambiguous() -> None:
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    group = {"type": "group-defined", "group": "acme-all", "kind": "company", "name": "ACME", "members": ["acme"]}
    with (
        recorded([company | {"company": "acme-1"}, group | {"members": []}]) as reader,
        pytest.raises(AmbiguousName, match="'acme' could mean several: acme-1, acme-all"),
    ):
        of(reader, companies=["acme"])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("effective", "2026", "2026"),
        ("effective", '"2026"', "2026"),
        ("effective", "null", None),
        ("form", "letter", "letter"),
        ("note", "null and void", "null and void"),
        ("note", "{}", "{}"),
        ("companies", '["tencent"]', ["tencent"]),
        ("companies", "tencent", "tencent"),
        ("quantity", '{"min": 1}', {"min": 1}),
        ("until", "2026-01-12/2026-01-14", "2026-01-12/2026-01-14"),
        ("unheard-of", "1", 1),
    ],
)
def test_a_correction_takes_texts_without_quotes_and_the_rest_as_json(
    field: str, text: str, value: Any, reader: Reader
) -> None:
    draft = {"type": "corrected", "target": "cn-2026-01-28-batch", "changes": {field: text}}

    assert finished(reader, draft)["changes"] == {field: value}
