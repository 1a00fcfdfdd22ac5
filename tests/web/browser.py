"""A real Chromium for the tests of pages; they are skipped, with the reason, where there is none."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, sync_playwright

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

RUNNING: list[Browser] = []
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def executable() -> str | None:
    """Where Chromium is: $CHROMIUM, a usual place, or the path; None where there is none."""
    named = os.environ.get("CHROMIUM")
    found = [named, *PLACES, *map(shutil.which, NAMES)]
    return next((place for place in found if place and Path(place).is_file()), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a window. Skips the test where there is none."""
    place = executable()
    if place is None:
        pytest.skip("needs Chromium: install it, or name it in $CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a session; its pages are made by ``page_of``.

    Each module that imports this has a fixture of its own, and Playwright runs only once in a thread.
    """
    if RUNNING:
        yield RUNNING[0]
        return
    with launched() as browser:
        RUNNING.append(browser)
        yield browser
        RUNNING.clear()


@contextmanager
def page_of(browser: Browser, **settings: Any) -> Iterator[Page]:
    """A page of its own, with these settings of a context. Fails on an error of the page or of its console."""
    context = browser.new_context(**settings)
    try:
        page = context.new_page()
        with watched(page):
            yield page
    finally:
        context.close()


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Page]:
    """A page that tests use one after another, by ``page``: to make one takes longer than most have to do."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    """A page as if of its own, but for its history. Fails on an error of the page or of its console."""
    shared.goto("about:blank")
    shared.unroute_all()
    shared.emulate_media(color_scheme="null")
    shared.set_viewport_size({"width": 1024, "height": 800})
    with watched(shared):
        yield shared


@contextmanager
def watched(page: Page) -> Iterator[None]:
    """Fails on an error of a page or of its console, and on a dialog."""
    wrong: list[str] = []

    def broken(error: Error) -> None:
        wrong.append(str(error))

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"{message.type}: {message.text}")

    def missed(request: Request) -> None:
        # A page that is left before it is there stops loading.
        if request.failure != "net::ERR_ABORTED":
            wrong.append(f"not loaded: {request.url} ({request.failure})")

    def asked(dialog: Dialog) -> None:
        wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    listeners: dict[Any, Any] = {"console": listen, "pageerror": broken, "requestfailed": missed, "dialog": asked}
    for event, listener in listeners.items():
        page.on(event, listener)
    yield
    # What is still on its way to the console arrives before an answer to this.
    page.evaluate("0")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert not wrong, wrong


def evaluated(page: Page, script: str, argument: object = None) -> Any:
    """What a function of a script tells, as one text: Playwright takes apart every value of a list by itself."""
    return json.loads(page.evaluate(f"async argument => JSON.stringify(await ({script})(argument))", argument))


def faults(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe-core finds against WCAG 2.2 AA: the rules broken, each with the elements that break it."""
    # Stylesheets are not loaded a second time: the policy of the pages forbids it, and no rule asked for needs it.
    # Rules that are kept are told by one element each, which halves the work.
    rules = {"type": "tag", "values": list(WCAG)}
    options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = evaluated(page, "options => axe.run(options)", options)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]]
