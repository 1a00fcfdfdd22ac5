"""How long the explorer takes to draw other dates, against building a table of the same size in the same page."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from benchmarks.figures import Figure
from benchmarks.made_up import record
from policytracker.events.dates import span
from policytracker.ledger import clock
from policytracker.questions.explorer_data import explorer_data
from policytracker.questions.reader import Clocks, Reader
from policytracker.web.explorer import explorer
from tests.web.browser import QUIET, executable

EVENTS = 3_000
RUNS = 31
MOST_SECONDS = 0.05
OPENED = "#at=2023-06-01&each=1&cell=firm-1/chip-3"
MEASURE = """runs => {
    const slider = document.getElementById("at-slider");
    const board = document.getElementById("board");
    const parts = cell => [cell.tagName, cell.className, cell.textContent];
    const text = [...board.rows].map(row => [...row.cells].map(parts));
    const timed = action => {
        const start = performance.now();
        action();
        board.offsetHeight; // lays the page out
        return performance.now() - start;
    };
    const redraw = day => { slider.value = day; slider.dispatchEvent(new Event("input")); };
    const build = () => {
        const rows = text.map(cells => {
            const row = document.createElement("tr");
            for (const [tag, name, words] of cells) {
                const link = document.createElement("a");
                link.textContent = words;
                link.href = "#";
                const cell = row.appendChild(document.createElement(tag));
                cell.className = name;
                cell.append(link);
            }
            return row;
        });
        copy.replaceChildren(...rows);
    };
    const copy = board.cloneNode();
    board.after(copy);
    const [first, last] = [Number(slider.min), Number(slider.max)];
    return Array.from({ length: runs }, (_, run) => {
        const day = Math.round(first + ((last - first) * ((run * 7) % runs)) / runs);
        return [timed(() => redraw(day)), timed(build)];
    });
}"""


def figures() -> Iterator[Figure]:
    """Every company and chip by itself, with a cell opened, from one day to another; layout included."""
    place = executable()
    if place is None:
        print("drawing is not measured: there is no Chromium", file=sys.stderr)
        return
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "explorer.html"
        record(Path(folder) / "made-up.ledger", EVENTS)
        with Reader(Path(folder) / "made-up.ledger", clock.today()) as reader:
            file.write_text(explorer(explorer_data(reader, Clocks(span("2026-01-28").last))), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=place, args=list(QUIET))
        redraw, build = _measured(browser.new_page(viewport={"width": 1600, "height": 1000}), file)
        browser.close()
    name = f"explorer redraw at {EVENTS:,} events"
    yield Figure(name, redraw, "building a constant table of its size", build, 2)
    yield Figure(name, redraw, "the bound", MOST_SECONDS, 1)


def _measured(page: Page, file: Path) -> tuple[float, float]:
    """The median seconds of both; the first few runs, in which scripts are still compiled, are left out."""
    page.goto(file.as_uri() + OPENED)
    warm = page.evaluate(MEASURE, RUNS)[3:]
    return median(each for each, _ in warm) / 1000, median(each for _, each in warm) / 1000
