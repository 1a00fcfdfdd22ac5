"""The pure core: from events as plain values to the status of a company and a chip. No database, no clock."""
