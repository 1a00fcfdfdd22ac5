"""From a news text to the draft of a report file. Nothing here enters a ledger: a person reviews the draft first."""
