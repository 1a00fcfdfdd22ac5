"""The pages, one module a kind. A new page is a module here, its template, and a line in the catalogue below.

Feeds and pictures have modules in folders of their own, and a line here. Only the images for links, which say what a
page says, are made beside the pages.
"""

from typing import Any

from policytracker.web.feeds.atom import CHANGES_FEED
from policytracker.web.feeds.calendar import CALENDAR
from policytracker.web.page import Feed, Page, Picture
from policytracker.web.pages.alike import ALIKE
from policytracker.web.pages.authority import AUTHORITIES, AUTHORITY
from policytracker.web.pages.board import BOARD
from policytracker.web.pages.cell import CELL
from policytracker.web.pages.changes import CHANGES
from policytracker.web.pages.chip import CHIP
from policytracker.web.pages.company import COMPANY
from policytracker.web.pages.compare import COMPARE
from policytracker.web.pages.conflicts import CONFLICTS
from policytracker.web.pages.event import EVENT
from policytracker.web.pages.home import HOME
from policytracker.web.pages.log import LOG
from policytracker.web.pages.news import NEWS
from policytracker.web.pages.reference import ABOUT, GLOSSARY, METHOD
from policytracker.web.pages.search import SEARCH
from policytracker.web.pages.share_images import CELL_SHARE, CHIP_SHARE, COMPANY_SHARE, HOME_SHARE
from policytracker.web.pages.source import PUBLISHERS, SOURCE
from policytracker.web.pictures.cell import (
    CELL_QUANTITIES_PNG,
    CELL_QUANTITIES_SVG,
    CELL_STRIP_PNG,
    CELL_STRIP_SVG,
)
from policytracker.web.pictures.compared import COMPARE_STRIP_PNG, COMPARE_STRIP_SVG
from policytracker.web.pictures.counted import (
    CHIP_QUANTITIES_PNG,
    CHIP_QUANTITIES_SVG,
    COMPANY_QUANTITIES_PNG,
    COMPANY_QUANTITIES_SVG,
)
from policytracker.web.pictures.matrix import BOARD_MATRIX_PNG, BOARD_MATRIX_SVG
from policytracker.web.tables import csv_addresses

PAGES: tuple[Page[Any], ...] = (
    HOME,
    BOARD,
    CELL,
    ALIKE,
    EVENT,
    NEWS,
    CHANGES,
    COMPARE,
    CONFLICTS,
    COMPANY,
    CHIP,
    AUTHORITIES,
    AUTHORITY,
    PUBLISHERS,
    SOURCE,
    SEARCH,
    LOG,
    METHOD,
    GLOSSARY,
    ABOUT,
)
TABLES = csv_addresses(PAGES)
FEEDS: tuple[Feed, ...] = (CHANGES_FEED, CALENDAR)
PICTURES: tuple[Picture, ...] = (
    HOME_SHARE,
    BOARD_MATRIX_SVG,
    BOARD_MATRIX_PNG,
    CELL_STRIP_SVG,
    CELL_STRIP_PNG,
    CELL_QUANTITIES_SVG,
    CELL_QUANTITIES_PNG,
    CELL_SHARE,
    COMPANY_SHARE,
    COMPANY_QUANTITIES_SVG,
    COMPANY_QUANTITIES_PNG,
    CHIP_SHARE,
    CHIP_QUANTITIES_SVG,
    CHIP_QUANTITIES_PNG,
    COMPARE_STRIP_SVG,
    COMPARE_STRIP_PNG,
)
"""Drawings as files; those of a page are below its address."""
