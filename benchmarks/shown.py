"""For cog: the table of speed in README.md is what ``RESULTS.md`` tells of the smallest and of the largest ledger."""

from benchmarks.results import FILE

GROWTH = "## Growth"
SHOWN = ("a cell", "its timeline", "the matrix", "import", "from the shell")


def speed() -> None:
    """Print how long a question or a change takes, of two sizes."""
    rows = _rows(FILE.read_text(encoding="utf-8"))
    print("| median | " + _ends(rows[0]))
    print("| --- | --- | --- |")
    for row in rows[3:]:
        if row[0] in SHOWN:
            print(f"| {row[0]} | {_ends(row)}")


def _rows(page: str) -> list[list[str]]:
    """The table of growth: its head, the rule below it, how many claims a cell has, and what takes time."""
    table = page.partition(GROWTH)[2].partition("\n## ")[0]
    lines = (line for line in table.splitlines() if line.startswith("| "))
    return [[field.strip() for field in line.strip("|").split(" | ")] for line in lines]


def _ends(row: list[str]) -> str:
    return " | ".join(field.partition(" (")[0] for field in (row[1], row[-1])) + " |"
