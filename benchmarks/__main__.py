"""``python -m benchmarks``: every figure of the README, as a ratio, beside what it is measured against."""

from benchmarks import importing, sealing, starting


def main() -> None:
    """Measure and print."""
    print("figure | measured | against | ratio | bound")
    print("--- | --- | --- | --- | ---")
    for figure in (*starting.figures(), *importing.figures(), *sealing.figures()):
        print(figure)


if __name__ == "__main__":
    main()
