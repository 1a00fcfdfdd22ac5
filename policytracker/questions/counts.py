"""How much a ledger holds, in numbers."""

from policytracker.events.dates import iso
from policytracker.questions.books import Books
from policytracker.questions.interchange import ABOUT_TYPES


def counts(books: Books) -> dict[str, int | str | None]:
    """How many companies, chips, claims and other events there are, and the newest publication day."""
    by_type = dict(books.connection.execute("SELECT type, count(*) FROM entries GROUP BY type").fetchall())
    (claims,) = books.connection.execute("SELECT count(DISTINCT thread) FROM scopes").fetchone()
    newest = books.newest_report
    return {
        "companies": len(books.directory.companies),
        "chips": len(books.directory.chips),
        "claims": claims,
        "about_claims": sum(n for name, n in by_type.items() if name in ABOUT_TYPES),
        "newest_report": None if newest is None else iso(newest),
    }
