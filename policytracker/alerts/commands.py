"""Hands a message to a command, on its standard input; the key of the message is in its environment."""

import os
import shlex
import signal
import subprocess
from typing import Final

from policytracker.alerts.errors import NotDelivered

KEY_VARIABLE: Final = "POLICYTRACKER_KEY"


def run(command: str, key: str, payload: str, timeout: float) -> None:
    """Run a command to its end, without a shell, for at most so many seconds. Raises NotDelivered."""
    settings = {**os.environ, KEY_VARIABLE: key}
    try:
        process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=settings,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NotDelivered(f"it cannot be run ({why})", may_pass=False) from None
    with process:
        try:
            process.communicate(payload.encode(), timeout)
        except subprocess.TimeoutExpired:
            # Its own session: whatever it has started ends with it.
            os.killpg(process.pid, signal.SIGKILL)
            raise NotDelivered(f"it did not end within {timeout:g} s", may_pass=True) from None
    if process.returncode:
        raise NotDelivered(f"it ended with exit code {process.returncode}", may_pass=True)
