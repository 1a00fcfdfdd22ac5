"""What numba keeps is not older than any of the sources."""

import os
from pathlib import Path

from policytracker.columns.compiled import forget_outdated


def test_what_was_compiled_before_a_source_changed_is_forgotten(tmp_path: Path) -> None:
    """Two functions were compiled; then the source of a third, which they may call, is written."""
    kept = tmp_path / "__pycache__"
    kept.mkdir()
    older, newer = kept / "cells.f-1.py311.nbi", kept / "walks.g-2.py311.nbi"
    for place, file in enumerate((older, tmp_path / "states.py", newer)):
        file.touch()
        os.utime(file, (place, place))
    forget_outdated(tmp_path)
    assert [path.name for path in kept.iterdir()] == [newer.name]
