"""Lists that are followed from edition to edition."""
