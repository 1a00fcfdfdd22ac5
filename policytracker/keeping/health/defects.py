"""Defects of SQLite that can touch a ledger, as its own documentation tells them."""

from typing import NamedTuple

from packaging.version import Version


class Defect(NamedTuple):
    """A defect, and the versions that have it."""

    name: str
    since: Version
    mended: Version
    """The first version without it; what follows has none of it either."""
    also: tuple[Version, ...]
    """Versions of older lines into which the mending was taken over; what follows in their line is mended too."""
    what: str
    reference: str

    def is_in(self, version: Version) -> bool:
        """Whether a version has it by its number."""
        if not self.since <= version < self.mended:
            return False
        return not any(version.release[:2] == each.release[:2] and version >= each for each in self.also)


DEFECTS = (
    Defect(
        "the WAL-reset bug",
        Version("3.7.0"),
        Version("3.51.3"),
        (Version("3.50.7"), Version("3.44.6")),
        "when two programs record, or fold the log into the file, at the same moment, the file may be damaged; that is "
        "rare",
        "https://sqlite.org/wal.html#walresetbug",
    ),
)

OLDEST = Version("3.35.0")
"""The first with RETURNING, which `redact` needs (https://sqlite.org/lang_returning.html)."""
