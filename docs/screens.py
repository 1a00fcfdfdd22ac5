"""Pictures of every page, from the real server and the shipped history, in a real Chromium: ``make screens``.

They lie in ``docs/screens/``: each page at three widths, light and dark. ``python -m docs.screens DIR`` puts them into
another folder.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep
from typing import Any

from PIL import Image

from policytracker.events.dates import span

HERE = Path(__file__).parent / "screens"
STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
TODAY = span("2026-10-09").last
PAGES = {
    "home": f"home?{STORY}",
    "home-now": "home",
    "news": "news?at=2026-01-28&known=2026-01-28",
    "board": f"board?{STORY}",
    "board-each": f"board?{STORY}&each=1",
    "cell": f"cell/tencent/h200?{STORY}",
    "event": "event/cn-2026-01-28-batch?known=2026-01-30",
    "changes": "changes?at=2026-01-28&known=2026-01-28T12:00Z&to_known=2026-01-28",
    "compare": "compare?at=2026-10-09&chips=h20,h200&companies=tencent",
    "conflicts": f"conflicts?{STORY}",
    "company": f"company/tencent?{STORY}",
    "chip": f"chip/h200?{STORY}",
    "authorities": f"authorities?{STORY}",
    "authority": f"authority/cn-regulators?{STORY}",
    "sources": "sources?known=2026-01-30",
    "source": "source?publisher=Reuters&known=2026-01-30",
    "search": "search?q=字节跳动&all=1",
    "log": "log",
    "method": "method",
    "glossary": "glossary",
    "about": "about",
    "error": "company/nobody",
}
SHAPES = {f"{width}-{scheme}": (width, scheme) for width in (390, 1024, 1600) for scheme in ("light", "dark")}
COLOURS = 256
"""Of a picture: those that most of its dots have."""
TALLEST = 1500
"""Pixels: what lies below is left out of a picture."""
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


def main() -> None:
    """Make the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    program = shutil.which("chromium")
    if program is None:
        sys.exit("the pictures need Chromium: apt-get install chromium fonts-wqy-zenhei")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, serving(Path(place) / "demo.ledger") as address:
        for name, path, shape, page in pictures(program, tuple(SHAPES)):
            page.goto(f"{address}/{path}")
            height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
            page.set_viewport_size({"width": SHAPES[shape][0], "height": height})
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            with_colours(picture).save(folder / f"{name}-{shape}.png", optimize=True)


def with_colours(picture: Image.Image) -> Image.Image:
    """A picture with its most frequent colours, the others by the nearest: a small area keeps the one of its status.

    The picture has red, green and blue.
    """
    dots = Counter(zip(*[iter(picture.tobytes())] * 3, strict=True))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour, _ in dots.most_common(COLOURS) for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def pictures(program: str, shapes: tuple[str, ...]) -> Iterator[tuple[str, str, str, Any]]:
    """Every page in every shape, with a browser's page to draw it on."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        for shape in shapes:
            width, scheme = SHAPES[shape]
            for name, path in PAGES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": 800},
                    color_scheme=scheme,  # type: ignore[arg-type]
                    locale="en-GB",
                )
                yield name, path, shape, context.new_page()
                context.close()
        browser.close()


@contextmanager
def serving(ledger: Path) -> Iterator[str]:
    """The shipped history on a free port, as on the last day that it tells of."""
    import uvicorn

    from policytracker.ledger import clock
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store
    from policytracker.questions.history import shipped_lines
    from policytracker.web.app import application
    from policytracker.web.opened import Opened

    with Store.create(ledger) as store:
        append_lines(store, shipped_lines(), lambda: clock.read("2026-10-09T20:00Z"), "the history")

    def run() -> None:
        server.config.app = application(Opened(ledger, lambda: TODAY))
        server.run()

    server = uvicorn.Server(uvicorn.Config("", port=0, log_level="warning"))
    thread = Thread(target=run)
    thread.start()
    while not server.started:
        sleep(0.02)
    (socket,) = server.servers[0].sockets
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
