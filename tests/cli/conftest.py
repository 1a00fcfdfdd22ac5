"""The shipped history, for the door's tests."""

from tests.demo import demo as demo
