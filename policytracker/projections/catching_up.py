"""Bring the read models up to the ledger's head, or make them anew."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from policytracker.events.refusals import shown
from policytracker.ledger.beside import beside
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.building import Progress, build
from policytracker.projections.layout import place_of
from policytracker.projections.places import put_in_place
from policytracker.projections.stamps import holds
from policytracker.projections.views import Views

if TYPE_CHECKING:
    import logging


def catch_up(ledger: Where, day: int) -> None:
    """Project what the ledger holds beyond the read models; make them anew where they are another's, or damaged.

    Raises PutBack where they know of events that the ledger holds no more, or another LedgerError.
    """
    with Follower(ledger) as follower:
        follower.catch_up(day)


def rebuild(ledger: Where, day: int, progress: Progress = lambda _: None) -> int:
    """Make the read models anew from every event; the old ones answer until then. Returns how many events.

    The ledger is taken as it is, also where it was put back.
    """
    with open_ledger(ledger) as source:
        return rebuild_from(source, place_of(source), day, progress)


def rebuild_from(source: OpenLedger, views: Path, day: int, progress: Progress = lambda _: None) -> int:
    """Build beside the old file, then take its place."""
    views.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with beside(views) as folder:
        anew = folder / views.name
        anew.touch(_mode(source.where))
        position = build(source, anew, day, progress)
        put_in_place(anew, views)
    _log().info("the read models %s were made anew from %s events", views, f"{position:,}")
    return position


def _mode(ledger: Where) -> int:
    """Who may read the read models: whoever may read the ledger's file; of one on a server, their owner alone."""
    return 0o600 | ledger.stat().st_mode & 0o666 if isinstance(ledger, Path) else 0o600


class Follower:
    """Keeps read models up to date with a ledger while both stay open. Use it in a ``with`` statement."""

    def __init__(self, ledger: Where) -> None:
        """Raises LedgerError."""
        self.source = open_ledger(ledger)
        self._views: Views | None = None

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *exc: object) -> None:
        self._let_go()
        self.source.close()

    def catch_up(self, day: int) -> None:
        """Project what is new, for a day; make the read models anew where they do not fit the ledger."""
        if self._views is not None and not self._views.is_at_its_place():
            self._let_go()
        if not isinstance(self.source.where, Path):  # whoever may append could have inserted an event with SQL
            self.source.check_tree(self.source.head())
        place = self._views.place if self._views is not None else place_of(self.source)
        changed = False
        try:
            if self._views is None and place.exists():
                self._views = Views(place)
            if self._views is not None and self._views.take(self.source, day):
                if self._views.new:
                    _log().info("new events were taken into the read models %s: %s", place, f"{self._views.new:,}")
                return
        except sqlite3.DatabaseError:
            changed = not holds(place.resolve())
        self._let_go()
        rebuild_from(self.source, place, day)
        if changed:
            _say_changed(place)

    def _let_go(self) -> None:
        if self._views is not None:
            self._views.close()
            self._views = None


def _log() -> "logging.Logger":
    # Imported here: most questions find read models that are up to date.
    import logging

    return logging.getLogger("policytracker")


def _say_changed(place: Path) -> None:
    _log().warning(
        "the read models %s were made anew from the ledger: something other than policytracker has changed their files",
        shown(str(place), limit=1_000),
    )
