"""Why a watch cannot do what it is to do; each message ends in the way out."""

from pathlib import Path


class AlertError(Exception):
    """Something about a watch."""


class BadWatchFile(AlertError):
    """A watch file that cannot be read, or says what it cannot say."""

    def __init__(self, file: Path, what: str, way_out: str) -> None:
        super().__init__(f"the watch file {file} {what}; {way_out}")


class BadState(AlertError):
    """A state file that cannot be read."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(
            f"the state file {file} {what}; restore it from a backup, or remove it and say with --since where to begin"
        )


class OtherLedger(AlertError):
    """The ledger is not the one of the last run, or has lost or changed what it had then."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(
            f"{what}: nothing is told, as nobody can say what changed; if this is as it should be, remove the state "
            f"file {file} and say with --since where to begin"
        )


class AnotherRun(AlertError):
    """Another run has the lock."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"another run of this watch is at work ({file} is locked); it tells what there is to tell")


class NoSecret(AlertError):
    """A token, a password or an address that is not where the watch file says."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"there is no {what} in {where}; set it there, or name another place in the watch file")


class NotDelivered(AlertError):
    """A destination did not take a message."""

    def __init__(self, why: str, may_pass: bool, after: float | None = None) -> None:
        super().__init__(why)
        self.may_pass = may_pass
        """Whether the same may work a little later."""
        self.after = after
        """In so many seconds, where the destination said so."""
