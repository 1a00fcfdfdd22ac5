"""What search engines ask a server for: which pages there are, and which they may read."""

from collections.abc import Iterator
from itertools import product
from xml.etree.ElementTree import Element, SubElement, tostring

from policytracker.web.addresses import Addresses
from policytracker.web.page import Feed, Question

MOST = 50_000
"""Addresses that one site map may hold (sitemaps.org)."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ALWAYS = ("board", "changes", "conflicts", "log", "authorities", "publishers", "method", "glossary", "about")


def _body(question: Question, to: Addresses) -> str:
    found = Element("urlset", {"xmlns": NAMESPACE})
    for address in list(_addresses(question, to))[:MOST]:
        SubElement(SubElement(found, "url"), "loc").text = to.absolute(address)
    text: bytes = tostring(found, encoding="utf-8", xml_declaration=True)
    return text.decode()


def _addresses(question: Question, to: Addresses) -> Iterator[str]:
    """The pages of today; of a large ledger the cells are found from the pages of companies and chips."""
    directory = question.directory
    companies, chips = sorted(directory.companies), sorted(directory.chips)
    yield from (to.to(name) for name in ALWAYS)
    yield from (to.to("company", company=company) for company in companies)
    yield from (to.to("chip", chip=chip) for chip in chips)
    yield from (to.to("authority", authority=authority) for authority in sorted(directory.authorities))
    if len(companies) * len(chips) < MOST // 2:
        yield from (to.to("cell", company=company, chip=chip) for company, chip in product(companies, chips))


def robots(base: str) -> str:
    """What robots may read: every page, and none of its other dates, of which there is no end."""
    return f"User-agent: *\nDisallow: /*?\nAllow: /\nSitemap: {base}{SITEMAP.path}\n"


SITEMAP = Feed(
    name="sitemap",
    path="/sitemap.xml",
    says="The addresses of all pages, for search engines.",
    media_type="application/xml",
    body=_body,
    is_whole=False,
)
