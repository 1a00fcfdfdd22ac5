"""The explorer: one HTML file that answers for any day and any moment of knowledge, to be mailed around.

It carries answers, looked up by one script of its own; its policy forbids every other script, style and address.
"""

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from policytracker.questions.explorer_data import Atlas

HERE = Path(__file__).parent
STYLES = ("style.css", "explorer.css")
SCRIPTS = ("timebar.js", "atlas.js", "explorer.js")
BODY = "explorer_body.html"
"""The part of the page that the script fills; free of any template syntax."""

PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Who may import which chip – policytracker</title>
<style>$style</style>
</head>
<body>
<a class="skip" href="#explorer-main">Skip to the answer</a>
<main id="explorer-main" tabindex="-1">
$body</main>
<footer>
<p>$origin</p>
</footer>
<script type="application/json" id="atlas">$data</script>
<script>$script</script>
</body>
</html>
""")


def explorer(atlas: Atlas) -> str:
    """The file, given everything that it answers."""
    style = "\n" + "".join(_text("static", name) for name in STYLES)
    script = "\n" + "".join(_text("static", name) for name in SCRIPTS)
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return PAGE.substitute(
        policy=f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
        style=style,
        body=_text("templates", BODY),
        origin=escape(origin(atlas)),
        data=embedded(atlas),
        script=script,
    )


def data_script(name: str, data: object) -> str:
    """Data as a script of their own, which sets a property of the window: pages that are files can load no other."""
    return f"window.{name} = JSON.parse({json.dumps(embedded(data), ensure_ascii=False)});\n"


def embedded(data: object) -> str:
    """Data as JSON on one line that can neither end a script element nor begin a comment in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def origin(atlas: Atlas) -> str:
    """What the file was made from: how far the ledger went, and how fresh it was."""
    recorded = f" as recorded by {atlas['recorded']}" if atlas["recorded"] else ""
    newest = f"newest report {atlas['newest']}" if atlas["newest"] else "no report"
    return f"A ledger of {atlas['events']:,} events{recorded}, the last one {atlas['head'][:12]}; {newest}."


def _text(folder: str, name: str) -> str:
    return (HERE / folder / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
