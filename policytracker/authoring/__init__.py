"""From a report file to events, and back."""
