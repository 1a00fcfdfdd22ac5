"""Keeping a ledger: backups, restoring, checkpoints, evidence, keys, checks for damage, and what all of it rests on."""
