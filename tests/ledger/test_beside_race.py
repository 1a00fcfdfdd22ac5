"""Two processes that make something beside the same path at once."""

import fcntl
import os
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

import pytest

from policytracker.ledger import beside


def test_a_folder_that_another_takes_for_left_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one finds it before it is locked, locks it, and removes it a moment later."""
    removing: list[Thread] = []

    def made_and_found(**where: object) -> str:
        folder = mkdtemp(**where)  # type: ignore[call-overload]
        if not removing:
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)

            def remove() -> None:
                time.sleep(0.2)
                shutil.rmtree(folder)
                os.close(lock)

            removing.append(Thread(target=remove))
            removing[0].start()
        return str(folder)

    monkeypatch.setattr(beside, "mkdtemp", made_and_found)
    with beside.beside(tmp_path / "made") as folder:
        removing[0].join()
        assert folder.exists()
