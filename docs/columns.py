"""For cog: the columns of CSV, command by command, as the program prints them."""

from policytracker.questions.columns import BY_COMMAND, EVENT, LOG, MATRIX, STATE

REST = {
    "matrix": (*MATRIX, "then one for each chip, by its id"),
    "log": ("all fields of an event", *LOG[len(EVENT) :]),
    "check": ("those of `state`", *BY_COMMAND["check"][len(STATE) :]),
}
REST["search"] = ("those of `log`",)
REST["show"] = ("those of `log`", *BY_COMMAND["show"][len(LOG) :])


def columns() -> None:
    """Print a table of commands and their columns, then the fields of an event."""
    print("| command | columns |\n| --- | --- |")
    for command, names in BY_COMMAND.items():
        print(f"| `{command}` | {', '.join(map(_code, REST.get(command, names)))} |")
    print(f"\nThe fields of an event: {', '.join(map(_code, EVENT))}. [Event types](events.md) says what they are.")


def _code(name: str) -> str:
    return name if " " in name else f"`{name}`"
