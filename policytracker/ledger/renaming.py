"""Renaming as the operating system does it in one step, beyond what Python offers (Linux: renameat2(2))."""

import errno
import os
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are taken from the current folder."""
_NO_REPLACE, _EXCHANGE = 1, 2


def rename_to_nothing(made: Path, target: Path) -> None:
    """Move a file to where nothing is. Raises FileExistsError where something is, or another OSError."""
    try:
        _rename(made, target, _NO_REPLACE)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            made.replace(target)
        except OSError:
            target.unlink()
            raise


def exchange(one: Path, other: Path) -> None:
    """Let two files or folders change places. Raises OSError, also where the system or file system cannot do it."""
    _rename(one, other, _EXCHANGE)


def _rename(old: Path, new: Path, flags: int) -> None:
    import ctypes  # here, as recording an event imports this module and renames nothing

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    if call(_HERE, os.fsencode(old), _HERE, os.fsencode(new), flags):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(new))
