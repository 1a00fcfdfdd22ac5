"""How much Hypothesis tries. HYPOTHESIS_PROFILE=thorough takes long and belongs before a release, ``soak`` takes
minutes (`make soak`); ``few`` is for the run that measures coverage, which tracing makes slow. ``ci`` tries the same
examples each time, so that a change is judged by itself; other runs search on."""

import gc
import os

from hypothesis import HealthCheck, settings

from tests.faults.counted import pytest_terminal_summary as pytest_terminal_summary
from tests.postgres.databases import databases as databases

# The workers take the processors already: threads for algebra, of which there is none, only wait for work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What the user of this machine has set is no part of what is tested. The folder cannot be there: this is a file.
os.environ["XDG_CONFIG_HOME"] = __file__
for _name in (
    "FORCE_COLOR",
    "NO_COLOR",
    "PAGER",
    "POLICYTRACKER_PAGER",
    "POLICYTRACKER_LEDGER",
    "POLICYTRACKER_RECORDER",
):
    os.environ.pop(_name, None)

# On a fresh checkout the character tables are built first: neither that nor a busy machine is a failure.
settings.register_profile(
    "default",
    max_examples=75,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("soak", settings.get_profile("default"), max_examples=2_000)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=20_000)
settings.register_profile("few", settings.get_profile("default"), max_examples=10, derandomize=True)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    """What is there by now stays until the end: collecting garbage need not look at it, nor so often at the rest."""
    gc.freeze()
    gc.set_threshold(700, 10, 100)
