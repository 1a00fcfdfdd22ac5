"""Tries to deliver a message, again after a while where that may help, each time longer."""

from collections.abc import Callable
from typing import Final

from policytracker.alerts.errors import NotDelivered

FIRST_PAUSE: Final = 1.0
"""Seconds between the first try and the second; each further pause is twice as long."""
LONGEST_PAUSE: Final = 60.0

Wait = Callable[[float], object]
"""Lets so many seconds pass."""


def deliver(send: Callable[[], None], attempts: int, wait: Wait) -> None:
    """Send, at most so often. Raises NotDelivered with the reason of the last try."""
    pause = FIRST_PAUSE
    for attempt in range(1, attempts + 1):
        try:
            send()
            return
        except NotDelivered as failure:
            if attempt == attempts or not failure.may_pass:
                tries = "" if attempt == 1 else f" (tried {attempt} times)"
                raise NotDelivered(f"{failure}{tries}", failure.may_pass) from None
            wait(min(LONGEST_PAUSE, pause if failure.after is None else failure.after))
            pause *= 2
