"""What was worked out of a ledger, kept for all workers: bounded in bytes, each value made by one of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")
MOST_BYTES = 64_000_000
"""Of all values together, as their makers count them."""
OVERHEAD = 500
"""Bytes counted for a value beside its own: its key and its place."""


class Kept:
    """Values by what they were made of; the least lately asked for are let go. Safe for many threads.

    The values must not change once they are made: all threads get the same object.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        """``most`` bytes."""
        self._most = most
        self.held = 0
        """Bytes of all values, as they were counted."""
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value], size: Callable[[Value], int] = lambda _: 0) -> Value:
        """The value of a key; ``make`` makes it, and ``size`` counts its bytes.

        While one thread makes a value, others that want the same one wait for it. ``make`` may ask for other keys.
        """
        found: Value | None = self.made_before(key)
        if found is not None:
            return found
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return self._values[key][0]  # type: ignore[no-any-return]
            try:
                value = make()
                self._put(key, value, size(value) + OVERHEAD)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def made_before(self, key: Hashable) -> Any:
        """The value of a key; None where there is none yet."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def _put(self, key: Hashable, value: Any, size: int) -> None:
        with self._lock:
            self._values[key] = value, size
            self.held += size
            while self.held > self._most and len(self._values) > 1:
                _, (_, gone) = self._values.popitem(last=False)
                self.held -= gone

    def __len__(self) -> int:
        return len(self._values)
