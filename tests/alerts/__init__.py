"""Alerts: watch files, state files, and messages to real servers on this machine."""
