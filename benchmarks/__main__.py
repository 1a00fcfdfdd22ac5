"""``python -m benchmarks``: every figure of the README, as a ratio, beside what it is measured against."""

from benchmarks import appending, drawing, importing, sealing, serving, starting


def main() -> None:
    """Measure and print."""
    print("figure | measured | against | ratio | bound")
    print("--- | --- | --- | --- | ---")
    for part in (starting, importing, appending, sealing, drawing, serving):
        for figure in part.figures():
            print(figure)


if __name__ == "__main__":
    main()
