"""Read models on the disk: copies of them with their index, and what they hold as bytes."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.events.dates import span
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.building import build
from policytracker.projections.layout import generation_of, place_of
from policytracker.projections.mapping import arrived, content
from policytracker.projections.reading import meta, open_views
from policytracker.projections.stamps import create


def copy_with_views(ledger: Path, copy: Path) -> Path:
    """Copy a ledger file that nobody writes to, its read models and their index, so that nothing is made anew."""
    shutil.copy(ledger, copy)
    file, generation = Path(f"{ledger}.views").resolve(), ""
    for part in file.parent.glob(f"{file.name}*"):
        if part.suffix == ".index" or part.name in (file.name, f"{file.name}-wal"):
            shutil.copy(part, f"{copy}.views{part.name.removeprefix(file.name)}")
            if part.suffix == ".index":
                generation = generation_of(file, part)
    create(Path(f"{copy}.views"), generation)
    return copy


def index_bytes(file: Path) -> bytes:
    """All rows of the index of read models, whatever numbers their texts have, and wherever they lie."""
    with closing(open_views(file)) as connection:
        rows = sorted(content(connection, arrived(connection, file, meta(connection)["index"])))
    return b"\n".join(json.dumps(row).encode() for row in rows)


def kept_and_rebuilt(ledger: Where) -> tuple[bytes, bytes]:
    """The index of a ledger as it is kept, and as it is when all of it is made anew."""
    with open_ledger(ledger) as source, TemporaryDirectory() as folder:
        file, anew = place_of(source).resolve(), Path(folder) / "views"
        with closing(open_views(file)) as connection:
            day = span(meta(connection)["at"]).first
        build(source, anew, day)
        return index_bytes(file), index_bytes(anew)


def files_of(views: Path) -> Iterator[str]:
    """What lies beside the name of read models and belongs to them, but for the name, its file and SQLite's logs."""
    file = views.resolve()
    aside = (views.name, file.name, *(f"{file.name}{end}" for end in ("-wal", "-shm", ".stamp")))
    for path in views.parent.iterdir():
        if path.name.lstrip(".").startswith(views.name) and path.name not in aside:
            yield path.name
