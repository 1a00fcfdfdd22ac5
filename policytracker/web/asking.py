"""From what stands behind the question mark of an address to a question: bounded, strict, with the way out."""

from collections.abc import Iterable, Mapping

from policytracker.events.refusals import BadDate, shown
from policytracker.questions import asked
from policytracker.questions.errors import QuestionError
from policytracker.questions.reader import Clocks
from policytracker.status.directory import Directory
from policytracker.web.addresses import DATES
from policytracker.web.page import Address

LONGEST = 200
"""Characters that a value in an address may have."""


class BadAddress(QuestionError):
    """An address that asks for something in a way that no page understands."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


def parameters(page: Address, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The values given, by name; those left empty are left out, and those of a list joined. Raises BadAddress."""
    allowed = (*DATES, *(parameter.name for parameter in page.parameters))
    lists = {parameter.name for parameter in page.parameters if parameter.is_list}
    found: dict[str, str] = {}
    for name, value in pairs:
        if name not in allowed:
            raise BadAddress(shown(name), f"this page takes {', '.join(allowed)}")
        if name in found and name not in lists:
            raise BadAddress(name, "is given twice; give it once")
        if len(value) > LONGEST:
            raise BadAddress(name, f"is longer than {LONGEST} characters; shorten it")
        if value.strip():
            found[name] = f"{found[name]},{value.strip()}" if name in found else value.strip()
    return found


def homes(directory: Directory) -> list[str]:
    """The jurisdictions of the registered companies."""
    return sorted({company["jurisdiction"] for company in directory.companies.values()})


def jurisdiction(directory: Directory, name: str, given: str) -> str:
    """A jurisdiction given by a parameter, which must be that of a company. Raises BadAddress."""
    found = homes(directory)
    if given not in found:
        raise BadAddress(name, f"no company of {given!r} is registered; there are {', '.join(found)}")
    return given


def clocks(given: Mapping[str, str], today: int) -> Clocks:
    """The three clocks of a question. Raises BadAddress."""
    known, recorded = given.get("known"), given.get("recorded")
    try:
        return Clocks(
            asked.day(given.get("at", "today"), today),
            None if known is None else asked.known(known, today),
            None if recorded is None else asked.recorded(recorded, today),
        )
    except BadDate as error:
        raise BadAddress("date", str(error)) from None
