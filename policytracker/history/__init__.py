"""The history that `init --demo` records: data only, no code."""
