"""From two editions of a list that somebody else keeps to the events that say what has changed in it."""
