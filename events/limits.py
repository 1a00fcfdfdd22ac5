"""How long what is read may be."""

LONGEST_LINE = 1_000_000
"""Bytes. Whatever the ledger holds, an export writes in less (see ``forms.LARGEST_EVENT``)."""
LONGEST_TEXT = 10_000
"""Characters of a text, and of a name that is asked for."""
LONGEST_QUOTE = 500
"""Characters of a passage that a report is quoted with."""
