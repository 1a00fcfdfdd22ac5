"""The explorer in a real browser, opened from a file: the same answers as the questions, and nothing but answers."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from policytracker.events.dates import day_of, end_of_day, iso, moment, moment_text, span
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import lines_of
from policytracker.ledger.store import Store
from policytracker.questions.explorer_data import explorer_data
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.status.view import View
from policytracker.web.explorer import SCRIPTS, STYLES, data_script, explorer
from policytracker.web.words import MEANINGS, day_words, spaced
from tests.demo import ask, rows
from tests.questions.recorded import recorded
from tests.web.browser import chromium as chromium
from tests.web.browser import evaluated, faults, page_of
from tests.web.ground import REPORT, registry

NOON, LATER = "2026-01-28T12:00Z", "2026-01-29"
UNCERTAIN = "in\xa0principle\xa0… licensable"
CELL = "#cell-name + p .status"
POINTS = 20
STATIC = Path("policytracker/web/static")


@pytest.fixture(scope="module")
def file(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the shipped history, as the program writes it; it opens at noon of 28 January 2026."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    found = ask(demo, "export", "explorer", str(path), "--at", "2026-01-28", "--known", NOON)
    assert found.exit_code == 0, found.output
    return path


@contextmanager
def opened(browser: Browser, file: Path, at: str = "", **settings: Any) -> Iterator[Page]:
    """The file, opened at what stands behind the #."""
    with page_of(browser, **settings) as page:
        page.goto(file.as_uri() + at)
        yield page


def test_tencents_h200_changes_from_noon_to_the_next_day(chromium: Browser, file: Path) -> None:
    """At noon of 28 January 2026 not all recipients are known; a day later Tencent is among them."""
    with opened(chromium, file, "#cell=tencent/h200") as page:
        assert page.locator(CELL).inner_text() == UNCERTAIN
        page.locator("#known").fill(LATER)
        page.get_by_role("button", name="Show").click()
        assert page.locator(CELL).inner_text() == "licensable"
        assert "known=2026-01-29" in page.url
        page.go_back()
        assert page.locator(CELL).inner_text() == UNCERTAIN


def test_a_link_leads_to_the_same_dates_cell_and_choices(chromium: Browser, file: Path) -> None:
    """Everything that is shown lies behind the #."""
    at = "#at=2026-01-20&known=2026-01-29&companies=major-internet&chips=h200&each=1&cell=baidu/h200"
    with opened(chromium, file, at) as page:
        assert page.locator("#at").input_value() == "2026-01-20"
        assert page.locator("#known").input_value() == "2026-01-29"
        assert page.locator("#each").is_checked()
        assert page.locator("#cell-name").inner_text() == "Baidu 百度 × H200"
        before = page.locator("#explorer").inner_text()
        address = page.url
    with page_of(chromium) as page:
        page.goto(address)
        assert page.locator("#explorer").inner_text() == before


def test_an_address_of_nonsense_opens_with_the_files_own_dates(chromium: Browser, file: Path) -> None:
    """A mistyped day, a moment that is none, a cell that nobody registered."""
    for at in ("#at=2026-02-30&known=soon&cell=nobody/h200", "#at=%F0&each&companies=nobody", "#cell=tencent"):
        with opened(chromium, file, at) as page:
            assert page.locator("#at").input_value() == "2026-01-28"
            assert page.locator("#known").input_value() == NOON
            assert page.locator("#cell").is_hidden()


def test_a_mistyped_moment_is_told_and_changes_nothing(chromium: Browser, file: Path) -> None:
    """The field says what it takes."""
    with opened(chromium, file) as page:
        page.locator("#known").fill("yesterday")
        page.get_by_role("button", name="Show").click()
        assert "2026-01-28T12:00Z" in page.locator("#known").evaluate("field => field.validationMessage")
        assert "12:00 UTC" in page.locator("#dates").inner_text()


def random_points(view: View) -> list[tuple[int, int | None]]:
    """Days and moments, also just at and before those at which reports came."""
    chance = random.Random(28)
    found = [(entry.fields.get("report") or {}).get("published") for t in view.threads.values() for entry in t]
    moments = [moment(text) for text in found if text]
    days = [day_of(when) + step for when in moments for step in (-1, 0, 1)] + [span("2021-01-01").first]
    known = [when - step for when in moments for step in (0, 1)] + [end_of_day(day) for day in days] + [None] * 9
    return [(chance.choice(days), chance.choice(known)) for _ in range(POINTS)]


def test_every_cell_is_as_the_questions_tell_it(chromium: Browser, file: Path, demo: Path) -> None:
    """All cells of the shipped history, in the shape of ``state --json``, at points at which much turns."""
    with Reader(demo, span("2026-01-28").first) as reader, opened(chromium, file) as page:
        everything = reader.view(Clocks(span("2026-01-28").first))
        for at, known in random_points(everything):
            expected = list(states(reader, Clocks(at, known), None, None))
            for cell in expected:
                del cell["at"], cell["known"]
            assert asked(page, at, known) == expected, (iso(at), known and moment_text(known))


def asked(page: Page, at: int, known: int | None) -> list[dict[str, Any]]:
    """What the page's own atlas tells of every cell."""
    look_up = """([at, known]) => {
        const atlas = new Atlas(JSON.parse(document.getElementById("atlas").textContent));
        const point = atlas.point(Dates.ordinal(at), known === null ? null : Dates.moment(known));
        return atlas.data.cells.map((_, cell) => atlas.state(cell, point));
    }"""
    found: list[dict[str, Any]] = evaluated(page, look_up, [iso(at), None if known is None else moment_text(known)])
    return found


def test_the_board_shows_every_cell_in_words(chromium: Browser, file: Path, demo: Path) -> None:
    """Each one by itself, and its class says what its word says."""
    with opened(chromium, file, "#each=1") as page, Reader(demo, span("2026-01-28").first) as reader:
        shown = dict(page.locator("#board td.status a").evaluate_all("all => all.map(a => [a.hash, a.innerText])"))
        classes = page.locator("#board td.status").evaluate_all("all => all.map(td => td.className)")
        answers = list(states(reader, Clocks(span("2026-01-28").first, moment(NOON)), None, None))
        assert len(shown) == len(classes) == len(answers)
        for cell in answers:
            (text,) = (t for hash_, t in shown.items() if hash_.endswith(f"cell={cell['company']}/{cell['chip']}"))
            ends = dict.fromkeys((cell["low"], cell["high"]))
            words = "unknown" if cell["status"] == "unknown" else "\xa0… ".join(ends)
            words = words if cell["gates"] else "domestic"
            assert text.replace("\n", " ") == words.replace("_", "\xa0")
        sure = {cell["status"] if cell["status"] in ("uncertain", "unknown") else "certain" for cell in answers}
        assert {name.split()[3] for name in classes} == sure


def panel_of(page: Page, cell: str, at: str) -> str:
    """What the panel says of a cell on a day, by all that is published, as running text."""
    page.evaluate("hash => { location.hash = hash; }", f"#at={at}&known=all&cell={cell}")
    expect(page.locator("#at")).to_have_value(at)
    return " ".join(page.locator("#cell").inner_text().replace("\xa0", " ").split())


def test_the_panel_tells_what_limits_binds_and_is_left(chromium: Browser, file: Path, demo: Path) -> None:
    """A licence for some 75,000, of which about 10,000 were shipped; its rule's conditions bind its holder."""
    with opened(chromium, file) as page:
        found = panel_of(page, "tencent/h200", "2026-10-09")
    (state,) = rows(demo, "state", "tencent", "h200", "--at", "2026-10-09")

    assert found.startswith("Tencent Holdings 腾讯 × H200 conditional (limited by US/export, CN/import)")
    (left, *_) = state["left"]
    assert left["min"] is None and f"up to {left['max']:,} left of up to 75,000 per company" in found
    for condition in state["conditions"]:
        assert f"{condition['key']} {condition['wording']}" in found
    assert f"Last word here: {day_words(state['gates'][0]['last_word'])}." in found


def test_the_panel_tells_of_silent_gates_domestic_chips_and_launches(chromium: Browser, file: Path) -> None:
    """Before 2022 nothing is recorded; Ascend chips come from China; the RTX Pro 5500 came out in September 2026."""
    with opened(chromium, file) as page:
        silent = panel_of(page, "tencent/h200", "2021-06-01")
        domestic = panel_of(page, "baidu/ascend-910c", "2026-10-09")

    assert "Nothing is recorded that forbids or permits it at US/export and CN/import." in silent
    assert "Were these gates open, the cell would be cleared" in silent
    assert "The day is before its launch." in silent
    assert "domestic The chip comes from the company's own jurisdiction: there is no import" in domestic


def test_those_that_are_alike_share_a_row_or_a_column(chromium: Browser, file: Path) -> None:
    """Far fewer rows than companies, until each one is asked for; every company is named in both."""
    with opened(chromium, file) as page:
        rows = page.locator("#board tbody th[scope=row]")
        gathered, together = rows.count(), ", ".join(rows.all_inner_texts())
        page.get_by_label("each one by itself").check()
        assert rows.count() > 2 * gathered
        assert sorted(", ".join(rows.all_inner_texts()).split(", ")) == sorted(together.split(", "))


def test_the_legend_has_every_status_in_order(chromium: Browser, file: Path) -> None:
    """The same words as on the pages."""
    with opened(chromium, file) as page:
        found = page.locator(".legend li").all_inner_texts()
    told = [f"{spaced(word)} {says}" for word, says in MEANINGS.items()]
    assert found[: len(told)] == told
    assert [text.partition(" ")[0] for text in found[len(told) :]] == ["domestic", "blocked", "unknown"]


def test_the_board_can_be_narrowed(chromium: Browser, file: Path) -> None:
    """To a place, a group, a vendor."""
    with opened(chromium, file, "#each=1") as page:
        page.get_by_label("Companies").select_option("in:SG")
        assert page.locator("#board tbody th[scope=row]").all_inner_texts() == [
            "ByteDance (Singapore)",
            "Megaspeed",
        ]
        page.get_by_label("Vendor").select_option("Huawei")
        assert all("Ascend" in text for text in page.locator("#board thead th").all_inner_texts())


def test_everything_can_be_reached_by_keys_alone(chromium: Browser, file: Path) -> None:
    """Back to the report before, open a cell, close it again: the focus is where a reader left it."""
    with opened(chromium, file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
        tab_to(page, "#known-back")
        page.keyboard.press("Enter")
        assert "28 Jan 2026, 04:21 UTC" in page.locator("#dates").inner_text()
        tab_to(page, "#known-slider", back=True)
        page.keyboard.press("ArrowLeft")
        assert page.locator("#known").input_value() == "2026-01-23"
        page.locator("#board td a").first.focus()
        first = page.evaluate("document.activeElement.id")
        page.keyboard.press("Enter")
        expect(page.locator("#cell")).to_be_focused()
        page.locator("#cell").get_by_role("link", name="Close").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{first}")).to_be_focused()
        expect(page.locator("#cell")).to_be_hidden()


def tab_to(page: Page, selector: str, back: bool = False) -> None:
    """Press Tab until an element has the focus; fails where that never comes."""
    for _ in range(40):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no key leads to {selector}")


def test_the_buttons_step_from_report_to_report_and_turn_to_turn(chromium: Browser, file: Path, demo: Path) -> None:
    """Back over all reports to the beginning, where nothing is known; then no further."""
    with opened(chromium, file, "#known=all") as page, Reader(demo, span("2026-01-28").first) as reader:
        count = len(explorer_data(reader, Clocks(span("2026-01-28").first))["moments"]) - 1
        for _ in range(count - 1):
            page.locator("#known-back").click()
        assert page.locator("#known-back").is_disabled()
        page.locator("#at-back").click()
        assert page.locator("#at").input_value() < "2026-01-28"


def test_the_board_has_the_names_and_gates_of_the_day(chromium: Browser, tmp_path: Path) -> None:
    """Acme is renamed and moves on 1 February; from June on the US controls the chip, of which it says nothing."""
    moved = {"type": "company-registered", "company": "acme", "name": "Zenith", "jurisdiction": "SG"}
    controlled = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
    clear = {"type": "cleared", "authority": "gacc", "companies": ["acme"], "chips": ["h20"], "report": REPORT}
    later: list[dict[str, Any]] = [moved | {"effective": "2026-02-01"}, controlled | {"effective": "2026-06-01"}]
    file = tmp_path / "moved.html"
    with recorded([*registry(), *later, clear]) as reader:
        file.write_text(explorer(explorer_data(reader, Clocks(span("2026-01-31").first))), encoding="utf-8")
    with opened(chromium, file) as page:
        found = [panel_of(page, "acme/h20", day) for day in ("2026-01-31", "2026-02-01", "2026-06-01")]

    assert found[0].startswith("Acme × Acme cleared") and "CN/import" in found[0]
    assert found[1].startswith("Zenith × Acme unknown") and "CN/import" not in found[1] and "SG/import" in found[1]
    assert found[2].startswith("Zenith × H20 unknown") and "at US/export and SG/import" in found[2]
    assert "US/export" not in found[1]


def hostile(path: Path) -> Path:
    """A ledger in which everything that may be text is an attack on the page that shows it."""
    attack = "</script><img src=x onerror=alert(1)>\u202e<!--"
    report = {"publisher": attack, "published": "2026-01-10", "title": attack, "url": "https://x.example/\"onclick='"}
    bad = {"publisher": "B", "published": "2026-01-11", "attribution": "official", "archived": "http://y.example/<b>"}
    claim = {"companies": ["acme"], "chips": ["h20"], "conditions": {"share": attack}}
    events: list[dict[str, Any]] = [
        {
            "type": "authority-registered",
            "authority": "gacc",
            "name": attack,
            "jurisdiction": "CN",
            "direction": "import",
        },
        {"type": "company-registered", "company": "acme", "name": attack, "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h20", "name": attack, "vendor": attack, "controlled_by": []},
        {"type": "group-defined", "group": "all-of-them", "kind": "company", "name": attack, "members": ["acme"]},
        {
            "type": "cleared",
            "ref": "claim-one",
            "authority": "gacc",
            **claim,
            "report": report | {"attribution": "official"},
        },
        {"type": "corroborated", "target": "claim-one", "report": bad},
    ]
    with Store.create(path) as store:
        append_lines(store, lines_of("hostile", "\n".join(map(json.dumps, events)).encode()))
    return path


def test_hostile_names_are_shown_as_text(chromium: Browser, tmp_path: Path) -> None:
    """No element, no dialog, no error; what cannot be seen is written out."""
    ledger = hostile(tmp_path / "hostile.ledger")
    file = tmp_path / "hostile.html"
    with Reader(ledger, span("2026-01-28").first) as reader:
        file.write_text(explorer(explorer_data(reader, Clocks(span("2026-01-28").first))), encoding="utf-8")
    with opened(chromium, file, "#cell=acme/h20") as page:
        shown = "</script><img src=x onerror=alert(1)>\\u202e<!--"
        assert page.locator("#cell-name").inner_text() == f"{shown} × {shown}"
        assert page.locator("img, [onerror], [onclick]").count() == 0
        assert shown in page.locator(".conditions").inner_text()
        addresses = page.locator("ul.sources a").evaluate_all("all => all.map(a => a.href)")
        assert addresses and all(re.match(r"https?://[xy]\.example/", address) for address in addresses)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_file_loads_nothing_and_forbids_everything_else(chromium: Browser, file: Path) -> None:
    """One style, one script, both by their hash; no attribute that is code; another script does not run."""
    elements = Elements(file.read_text(encoding="utf-8")).found
    (policy,) = (each["content"] for tag, each in elements if each.get("http-equiv") == "Content-Security-Policy")
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; base-uri 'none'; form-action 'none'",
        policy or "",
    )
    names = {name for _, attributes in elements for name in attributes}
    assert not {name for name in names if name in ("style", "src") or name.startswith("on")}


def test_a_script_that_slips_into_the_file_does_not_run(chromium: Browser, file: Path, tmp_path: Path) -> None:
    """Nor does a style; the page itself works on."""
    broken = tmp_path / "broken.html"
    slipped = "<script>window.ran = true</script><style>#board { display: none }</style></head>"
    broken.write_text(file.read_text(encoding="utf-8").replace("</head>", slipped, 1), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(broken.as_uri())
    assert page.evaluate("window.ran") is None
    assert page.locator("#board").is_visible()
    assert page.locator("#board td").count() > 0
    context.close()


def test_pages_may_load_the_data_from_a_file_beside_them(chromium: Browser, demo: Path, tmp_path: Path) -> None:
    """As the static site does, also without a server: a script of data, then the two scripts."""
    with Reader(demo, span("2026-01-28").first) as reader:
        (tmp_path / "data.js").write_text(
            data_script("atlasData", explorer_data(reader, Clocks(span("2026-01-28").first))), encoding="utf-8"
        )
    for name in (*SCRIPTS, *STYLES):
        (tmp_path / name).write_text((STATIC / name).read_text(encoding="utf-8"), encoding="utf-8")
    body = (STATIC.parent / "templates" / "explorer_body.html").read_text(encoding="utf-8")
    scripts = "".join(f'<script src="{name}.js"></script>' for name in ("data", "timebar", "atlas", "explorer"))
    page_file = tmp_path / "board.html"
    page_file.write_text(f'<!doctype html><meta charset="utf-8"><title>x</title>{body}{scripts}', encoding="utf-8")
    with opened(chromium, page_file, f"#cell=tencent/h200&known={NOON}") as page:
        assert page.locator(CELL).inner_text() == UNCERTAIN


def test_nothing_of_the_page_lies_outside_a_narrow_screen(chromium: Browser, file: Path) -> None:
    """390 pixels: the board scrolls in its own frame, the page does not."""
    with opened(chromium, file, "#cell=tencent/h200", viewport={"width": 390, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(chromium: Browser, file: Path, scheme: str) -> None:
    """WCAG 2.2 AA, with a cell opened and its lists unfolded."""
    with opened(chromium, file, "#cell=tencent/h200", color_scheme=scheme) as page:
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert faults(page) == []
