"""Floor 3, the door: the command line. Import name: ``policytracker.cli``."""

if __name__ != "policytracker.cli":
    raise ImportError("import policytracker.cli, not cli: the top-level name belongs to another project")
