"""Stylesheets, scripts and pictures: read once, named with a mark of their content, so that browsers may keep them."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".ico": "image/vnd.microsoft.icon"}
CONTENTS = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA}
MARKS = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in CONTENTS.items()}


def media_type(name: str) -> str:
    """What kind of file it is, by the end of its name."""
    return MEDIA[Path(name).suffix]
