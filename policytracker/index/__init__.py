"""The bitemporal index: how claims hold over the three clocks, and the one place that decides what cells answer."""
