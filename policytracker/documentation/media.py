"""What the files of the documentation are, by the end of their names."""

from pathlib import PurePosixPath

MEDIA = {
    ".html": "text/html",
    ".css": "text/css",
    ".ipynb": "application/x-ipynb+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv",
    ".sql": "text/plain",
    ".conf": "text/plain",
    ".txt": "text/plain",
    ".service": "text/plain",
    "": "text/plain",
}
"""What the files are, by the end of their names. A Containerfile has none. Pages may lead to no other files."""


def media_type(name: str) -> str:
    """What kind of file it is, by the end of its name."""
    return MEDIA[PurePosixPath(name).suffix]
