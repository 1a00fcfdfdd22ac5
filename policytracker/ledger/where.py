"""Where a ledger is: a file, or a database on a PostgreSQL server, whose password is never shown."""

import re
from pathlib import Path

from policytracker.ledger.ledger_error import LedgerError

_ADDRESS = (
    r"(?P<scheme>postgres(?:ql)?://)"
    r"(?:(?P<user>[^:@/?#]*)(?::[^@/]*)?@)?"
    r"(?P<hosts>(?:\[[0-9a-fA-F:.%]*\]|[^\[\]:@/?#,]*)(?::[0-9]*)?(?:,(?:\[[0-9a-fA-F:.%]*\]|[^\[\]:@/?#,]*)(?::[0-9]*)?)*)"
    r"(?:/(?P<database>[^@/?#]*))?"
    r"(?:\?(?P<options>[^#]*))?"
)
_SHOWN = ("host", "hostaddr", "port", "user", "dbname", "service", "sslmode", "target_session_attrs")


class BadAddress(LedgerError):
    """A PostgreSQL URL that cannot be read; it is not shown, since it may hold a password."""

    def __init__(self) -> None:
        super().__init__(
            "the PostgreSQL address given cannot be read (it is not shown here, as it may hold a password); write "
            "postgresql://USER@HOST:PORT/DATABASE, with special characters in percent code (@ is %40, / is %2F)"
        )


class Server:
    """A database on a PostgreSQL server, by its URL. As a text it is the address without what is secret."""

    __slots__ = ("_shown", "foreign", "until", "url")

    def __init__(self, url: str, until: int | None = None, foreign: str | None = None) -> None:
        """``until`` is the last position that is read (None: all are), and ``foreign`` what is to be said of the rest.

        Raises BadAddress, which does not show the URL either.
        """
        found = re.fullmatch(_ADDRESS, url)
        if found is None:
            raise BadAddress()
        self.url, self.until, self.foreign = url, until, foreign
        user = f"{found['user']}@" if found["user"] else ""
        database = "" if found["database"] is None else f"/{found['database']}"
        options = [part for part in (found["options"] or "").split("&") if part.partition("=")[0] in _SHOWN]
        self._shown = f"{found['scheme']}{user}{found['hosts']}{database}{'?' if options else ''}{'&'.join(options)}"

    def __str__(self) -> str:
        return self._shown

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Server) and (other.url, other.until) == (self.url, self.until)

    def __hash__(self) -> int:
        return hash(self.url)


Where = Path | Server
"""Where a ledger is."""


def where_of(text: str) -> Where:
    """What a person named: a PostgreSQL URL, else a file. Raises BadAddress.

    >>> where_of("postgresql://me:secret@db.example:5433/policy?sslmode=require&sslpassword=x")
    postgresql://me@db.example:5433/policy?sslmode=require
    """
    if text.startswith(("postgresql://", "postgres://")):
        return Server(text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)  # as shells do: where nobody has that name, ~name is the name of a file
