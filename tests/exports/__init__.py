"""The exports in forms of other programs, read by the libraries of these programs."""
