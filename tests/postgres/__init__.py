"""Ledgers on a real PostgreSQL server, which the tests start themselves."""
