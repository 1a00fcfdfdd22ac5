"""Alerts: what changed for somebody who watches, told to where they want, each change once."""
