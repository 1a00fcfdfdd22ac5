"""Why a ledger cannot be kept as somebody asked."""


class KeepingError(Exception):
    """Something that cannot be done to keep a ledger; each message ends in the way out."""
