"""The history that ships with the project, as lines of the interchange format."""

from importlib.resources import files

from policytracker.ledger.lines import Line, lines_of


def shipped_lines() -> list[Line]:
    """Every line of the shipped history, in the order of its files."""
    folder = files("policytracker.history")
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".jsonl")), key=lambda item: item.name)
    return [line for item in found for line in lines_of(item.name, item.read_bytes())]
