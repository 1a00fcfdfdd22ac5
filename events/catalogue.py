"""Every type of event by its stored name: a new type is one class and one line here.

``FORMS`` freezes the stored form of each type. When a form changes, its number goes up here and a
function that brings the old form up to date joins ``UPCASTERS``; what is stored is never rewritten.
"""

from collections.abc import Callable, Mapping
from typing import Any

from policytracker.events.about import (
    About,
    ConditionsMet,
    Corrected,
    Corroborated,
    Disputed,
    Lifted,
    RecipientsIdentified,
    Retracted,
    Suspended,
)
from policytracker.events.claims import (
    ApprovedInPrinciple,
    BatchApproved,
    Blocked,
    Claim,
    Cleared,
    ConditionImposed,
    Held,
    LicenceGranted,
    LicenceRequired,
    Prohibited,
    ReviewOpened,
)
from policytracker.events.developments import DevelopmentReported
from policytracker.events.fields import Event
from policytracker.events.market import ConditionSignalled, OrdersReported, Shipped
from policytracker.events.refusals import UnknownForm
from policytracker.events.registry import (
    AuthorityRegistered,
    ChipRegistered,
    CompanyRegistered,
    GroupDefined,
    Registration,
)

CLASSES: tuple[type[Event], ...] = (
    AuthorityRegistered,
    CompanyRegistered,
    ChipRegistered,
    GroupDefined,
    Prohibited,
    Blocked,
    Held,
    LicenceRequired,
    ReviewOpened,
    ApprovedInPrinciple,
    LicenceGranted,
    BatchApproved,
    Cleared,
    ConditionImposed,
    Corroborated,
    Disputed,
    Corrected,
    Retracted,
    Lifted,
    Suspended,
    ConditionsMet,
    RecipientsIdentified,
    OrdersReported,
    Shipped,
    ConditionSignalled,
    DevelopmentReported,
)


def name_of(kind: type[Event]) -> str:
    """The stored name of a type: chosen, never derived from where the class lives."""
    return str(kind.__struct_config__.tag)


TYPES: dict[str, type[Event]] = {name_of(kind): kind for kind in CLASSES}
REGISTRY = tuple(name for name, kind in TYPES.items() if issubclass(kind, Registration))
CLAIMS = tuple(name for name, kind in TYPES.items() if issubclass(kind, Claim))
ABOUT = tuple(name for name, kind in TYPES.items() if issubclass(kind, About))
MARKET = ("orders-reported", "shipped")
SIGNALS = ("condition-signalled",)
DEVELOPMENTS = ("development-reported",)
GROUPS = {
    "Registry": REGISTRY,
    "Claims": CLAIMS,
    "About other events": ABOUT,
    "Market": MARKET,
    "Signals": SIGNALS,
    "Developments": DEVELOPMENTS,
}
"""Every type, in groups, each with its heading."""

REDACTED = "redacted"
"""The one stored name that nobody records or imports: the program says by it that a content was removed."""

NEW_IN_2 = ("held", "licence-granted", "condition-imposed", "development-reported")
"""Types that version 2 of the language added: their first form is of that version."""

FORMS: dict[str, int] = {**dict.fromkeys(TYPES, 2), **dict.fromkeys(NEW_IN_2, 1), REDACTED: 1}
"""Form 2 may have the fields that version 2 of the language added (docs/events.md). A program that knows form 1 alone
would misread them, so it is told to upgrade."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def _as_it_was(fields: dict[str, Any]) -> dict[str, Any]:
    """Version 2 of the language only added fields, all of them optional: what says an old form says the new one too."""
    return fields


UPCASTERS: dict[tuple[str, int], Upcaster] = {(name, 1): _as_it_was for name in TYPES if FORMS[name] == 2}
"""From (stored name, old form) to a function that returns the next form's fields."""


def topic_of(name: str) -> str:
    """The stored name with the number of its form: ``batch-approved/1``."""
    return f"{name}/{FORMS[name]}"


TOPICS: dict[str, str] = {topic_of(name): name for name in TYPES}


def up_to_date(
    topic: str,
    fields: dict[str, Any],
    forms: Mapping[str, int] = FORMS,
    upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> dict[str, Any]:
    """The fields of a stored event in today's form.

    Raises UnknownForm for a name or form that this version does not know: never skipped.
    """
    name, _, form_text = topic.partition("/")
    form = int(form_text) if form_text.isascii() and form_text.isdigit() else 0
    if not 1 <= form <= forms.get(name, 0):
        raise UnknownForm(topic)
    while form < forms[name]:
        if (name, form) not in upcasters:
            raise UnknownForm(topic)
        fields = upcasters[name, form](fields)
        form += 1
    return fields
