"""Pages with commands: what they show is what a shell prints."""
