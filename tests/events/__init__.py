"""Floor 1: the language of events."""
