"""Seals: the Merkle tree over the events, checkpoints of it, and evidence that a stranger can check."""
