"""The pages, one module a kind. A new page is a module here, its template, and a line in the catalogue below."""

from typing import Any

from policytracker.web.feeds.atom import CHANGES_FEED
from policytracker.web.feeds.calendar import CALENDAR
from policytracker.web.page import Feed, Page
from policytracker.web.pages.alike import ALIKE
from policytracker.web.pages.authority import AUTHORITIES, AUTHORITY
from policytracker.web.pages.board import BOARD
from policytracker.web.pages.cell import CELL
from policytracker.web.pages.changes import CHANGES
from policytracker.web.pages.chip import CHIP
from policytracker.web.pages.company import COMPANY
from policytracker.web.pages.conflicts import CONFLICTS
from policytracker.web.pages.event import EVENT
from policytracker.web.pages.home import HOME
from policytracker.web.pages.log import LOG
from policytracker.web.pages.news import NEWS
from policytracker.web.pages.search import SEARCH
from policytracker.web.pages.source import PUBLISHERS, SOURCE

PAGES: tuple[Page[Any], ...] = (
    HOME,
    BOARD,
    CELL,
    ALIKE,
    EVENT,
    NEWS,
    CHANGES,
    CONFLICTS,
    COMPANY,
    CHIP,
    AUTHORITIES,
    AUTHORITY,
    PUBLISHERS,
    SOURCE,
    SEARCH,
    LOG,
)
FEEDS: tuple[Feed, ...] = (CHANGES_FEED, CALENDAR)
