"""The bitemporal index: how each claim holds over the three clocks, and the one place that decides what cells answer."""
