"""How much a ledger holds, in numbers."""

from policytracker.events.dates import iso
from policytracker.questions.books import Books
from policytracker.questions.interchange import ABOUT_TYPES
from policytracker.status.claims import CLAIM_TYPES


def counts(books: Books) -> dict[str, int | str | None]:
    """How many companies, chips, claims and other events there are, and the newest publication day."""
    by_type = dict(books.connection.execute("SELECT type, count(*) FROM entries GROUP BY type").fetchall())
    newest = books.newest_report
    return {
        "companies": len(books.directory.companies),
        "chips": len(books.directory.chips),
        "claims": sum(n for name, n in by_type.items() if name in CLAIM_TYPES),
        "about_claims": sum(n for name, n in by_type.items() if name in ABOUT_TYPES),
        "newest_report": None if newest is None else iso(newest),
    }
