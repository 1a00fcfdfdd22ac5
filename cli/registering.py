"""``record company-registered`` and its like start from the current registration: only what options name changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from policytracker.events.dates import BEFORE_ALL_DAYS, span
from policytracker.events.refusals import BadDate
from policytracker.events.registrations import counting
from policytracker.status.entries import Fields

SUBJECT_FIELDS = ("authority", "company", "chip", "group", "kind")
"""The fields that say what is registered: nothing can be started from without them."""
NOT_CARRIED = ("ref", "note", "report")
"""Fields that tell of a registration itself: the next one does not begin with them."""


def whole(said: Fields, without: Sequence[str], earlier: Sequence[Fields], today: int) -> Fields:
    """A registration with what the one of its day has and the options do not name (interchange.md, "Registry").

    ``without`` are the fields that do not stay; of these ``null`` is said. An option that may be repeated adds to what
    is there.
    """
    if not earlier:
        return dict(said)
    before = counting(earlier, _day(said, without, today))
    if before["type"] != said["type"]:
        return dict(said)
    kept = {field: value for field, value in before.items() if field not in (*NOT_CARRIED, *without)}
    nothing = dict.fromkeys(without)
    return {**nothing, **kept, **{field: _added(kept.get(field), value) for field, value in said.items()}}


def _day(said: Fields, without: Sequence[str], today: int) -> int:
    """The day whose registration is started from: that from which the new one counts, else today."""
    if "effective" not in said:
        return BEFORE_ALL_DAYS if "effective" in without else today
    try:
        return span(said["effective"]).last
    except BadDate:
        return today


def _added(before: Any, new: Any) -> Any:
    """A list or an object with what an option adds to it; any other value is replaced. An empty list says: none."""
    if isinstance(before, list) and isinstance(new, list) and new:
        return list({_key(item): item for item in (*before, *new)}.values())
    if isinstance(before, Mapping) and isinstance(new, Mapping):
        return {**before, **new}
    return new


def _key(item: Any) -> Any:
    """By what an item of a list is known: an owner by its id, a text by itself."""
    return item["company"] if isinstance(item, Mapping) else item
