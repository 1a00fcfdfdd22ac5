"""Lists that are followed from snapshot to snapshot."""
