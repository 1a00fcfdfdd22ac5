"""Why a figure is missed where it is: what profiling has found. Shown for figures that a run has missed, by name."""

REASONS: dict[str, str] = {}
"""The beginning of a figure's name, and the reason."""
