"""Claims that an answer names by their ids: what to call them, and on whose word they are."""

from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import BOOKKEEPING, source_line
from policytracker.questions.telling import called
from policytracker.status.knowledge import Standing, stand


class ClaimSources:
    """Reads claims by their ids, as they stand at one point of the clocks; each is read once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._clocks = reader, clocks
        self._read: dict[str, Standing] = {}

    def name(self, claim_id: str) -> str:
        """The ref of a claim, else the beginning of its id."""
        return called(claim_id, self._standing(claim_id).fields.get("ref"))

    def sources(self, claim_id: str) -> list[str]:
        """The known reports of a claim, each on one line."""
        return list(map(source_line, self._standing(claim_id).reports)) or [BOOKKEEPING]

    def _standing(self, claim_id: str) -> Standing:
        if claim_id not in self._read:
            recorded = self._clocks.recorded
            thread = self._reader.thread_of(claim_id)
            seen = tuple(entry for entry in thread if recorded is None or entry.recorded <= recorded)
            self._read[claim_id] = stand(seen, self._clocks.known)[claim_id]
        return self._read[claim_id]
