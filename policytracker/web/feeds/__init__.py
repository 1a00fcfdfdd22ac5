"""Feeds for other programs: status changes as Atom, scheduled ones as iCalendar."""
