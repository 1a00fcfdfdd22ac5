"""The licence policies of the Entity List as codes. A wording that nobody has mapped is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.lists.maps import map_named
from policytracker.authoring.lists.spellings import Spellings, normal

PUBLIC = {
    "Presumption of denial.": "presumption-of-denial",
    "Presumption of denial": "presumption-of-denial",
    "Presumption of Denial": "presumption-of-denial",
    "See §744.3(d) of this part": "case-by-case",
    "Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99, which will be "
    "reviewed on a case-by-case basis. See §§ 746.8(b) and 744.21(e).": "policy-of-denial",
}
"""As public copies of the Consolidated Screening List have them."""
IN_THE_MANNER = {
    "Case-by-case basis": "case-by-case",
    "Case–by–case review for all items on the CCL": "case-by-case",
    "Policy of denial": "policy-of-denial",
    "Presumption of approval": "presumption-of-approval",
    "Presumption of denial. See § 744.11 of the EAR": "presumption-of-denial",
    "Case-by-case for all items on the CCL. Presumption of approval for EAR99 items": "case-by-case",
    "Case-by-case review for medical items; presumption of denial for all other items": "presumption-of-denial",
    "Presumption of denial for machine tools; case-by-case for all other items": "case-by-case",
    "See § 744.2(d) and § 744.4(d) of the EAR": "case-by-case",
}
"""Written for this test, in the manner of the list."""
UNKNOWN = (
    "See §744.16(b) of the EAR",
    "Presumption of denial for advanced computing items; case-by-case for all other items",
    "Approval",
    "Denial is not presumed",
    "No presumption of denial",
)


def review() -> Spellings:
    (claim,) = map_named("us-csl").claims
    found = claim.fields["review"].values
    assert isinstance(found, Spellings)
    return found


@pytest.mark.parametrize(("text", "code"), [*PUBLIC.items(), *IN_THE_MANNER.items()])
def test_a_policy_has_its_code(text: str, code: str) -> None:
    assert review().code(text) == code


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_policy_that_no_rule_knows_has_no_code(text: str) -> None:
    assert review().code(text) is None


def test_a_table_goes_before_the_rules() -> None:
    table = Spellings("review", {"Case-by-case basis.": "unstated"}, review()._rules)

    assert table.code("CASE-BY-CASE  basis") == "unstated"


@given(st.sampled_from([*PUBLIC, *IN_THE_MANNER, *UNKNOWN]), st.booleans(), st.sampled_from(["", ".", " ", " ;"]))
def test_case_spaces_and_the_full_stop_change_no_code(text: str, is_upper: bool, end: str) -> None:
    """Sections are compared in small letters too: `§744.3(D)` is the same."""
    other = "  ".join((text.upper() if is_upper else text).split(" ")) + end

    assert review().code(other) == review().code(text)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text)
