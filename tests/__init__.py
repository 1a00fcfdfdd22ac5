"""Mirrors the folders: what is tested in `tests/events` lives in `events`."""
