"""Ledgers as a stranger could make them: every hash holds, and the contents are whatever he likes."""

from collections.abc import Sequence
from pathlib import Path

from policytracker.events.forms import id_of
from policytracker.ledger.past import claim_stream
from policytracker.ledger.store import Entry, Recorded, Store, Writer

Content = tuple[str, bytes]
"""A stored name with the number of its form, and stored bytes."""


def forged(
    path: Path, contents: Sequence[Content], streams: dict[int, tuple[str, int]] | None = None, tick: int = 1
) -> Path:
    """A ledger file of these contents, sealed as the program seals.

    ``streams`` says for a place (from 0) its stream and version, where it is no claim; ``tick`` is how many
    microseconds lie between two of them.
    """

    def fill(writer: Writer) -> None:
        events, entries = [], []
        for place, (topic, state) in enumerate(contents):
            event_id = id_of(state)
            stream, version = (streams or {}).get(place, (claim_stream(event_id), 1))
            events.append(Recorded(stream, version, topic, state))
            entries.append(
                Entry(place + 1, event_id, 1_700_000_000_000_000 + place * tick, "stranger", stream, version, None)
            )
        writer.put(events, entries)

    Store.create(path, fill=fill).close()
    return path
