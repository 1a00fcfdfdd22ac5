"""The server for assistants, asked by a client of the SDK over standard input and output."""
