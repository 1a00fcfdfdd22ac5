"""Why a question cannot be answered as it was asked; each message ends in the way out."""

from collections.abc import Sequence

from policytracker.events.refusals import shown

LISTS = {"company": "companies", "chip": "chips"}
"""The commands that list all of a kind."""


class QuestionError(Exception):
    """A question that names what is not there."""

    for_readers: str | None = None
    """The same for somebody who reads pages and has no command line, where the message names a command."""


class UnknownName(QuestionError):
    """No company (or chip, or authority) has this id, name or alias."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str], way_out: str = "") -> None:
        way_out = way_out or f"`policytracker {LISTS[kind]}` lists every {kind}"
        hint = f"did you mean {', '.join(nearest)}?" if nearest else way_out
        if not nearest:
            self.for_readers = f"no {kind} is called {shown(name)}; search for a part of its name"
        super().__init__(f"no {kind} is called {shown(name)}; {hint}")


class AmbiguousName(QuestionError):
    """Several companies (or chips) have this name or alias."""

    def __init__(self, kind: str, name: str, meant: Sequence[str]) -> None:
        super().__init__(f"{shown(name)} could mean several: {', '.join(meant)}; give the id of the {kind}")


class EmptyName(QuestionError):
    """A name without a character."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the name of the {kind} is empty; give an id, a name or an alias, or leave it out for all")


class NoneRegistered(QuestionError):
    """A name, where no company (or chip, or authority) is registered that it could be the name of."""

    def __init__(self, kind: str, name: str) -> None:
        self.for_readers = f"no {kind} is called {shown(name)}: by this date the ledger has none"
        super().__init__(
            f"no {kind} is called {shown(name)}: none is registered, or none was by --recorded; "
            "register it first: `policytracker record`"
        )


class NoSuchPosition(QuestionError):
    """A position that the ledger does not have."""

    def __init__(self, position: int, last: int) -> None:
        super().__init__(f"no event has position {position:,}; the ledger goes from 1 to {last:,}; 0 means all of it")
