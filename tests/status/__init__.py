"""The pure core, one module at a time."""
