"""A server for assistants: questions about a ledger by the Model Context Protocol. Only this package imports mcp."""
