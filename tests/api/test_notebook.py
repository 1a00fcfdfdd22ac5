"""The notebook among the pages runs from top to bottom, and its figures show what the ledger answers."""

import json
from collections.abc import Iterator
from typing import Any

import matplotlib
import pytest
from matplotlib import pyplot as plt

from policytracker import Ledger
from tests.examples import DOCS

NOTEBOOK = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))
CODE = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What the cells define, run one after another as Jupyter runs them, with the figures still open."""
    matplotlib.use("Agg")
    defined: dict[str, Any] = {}
    for cell in CODE:
        exec("".join(cell["source"]), defined)
    yield defined
    plt.close("all")


def test_both_figures_come_out_and_show_what_the_ledger_answers(run: dict[str, Any], history: Ledger) -> None:
    matrix, timeline = figures = [plt.figure(number) for number in plt.get_fignums()]
    for figure in figures:
        figure.canvas.draw()

    statuses = run["STATUSES"]
    axes: Any = matrix.axes[0]
    companies = [label.get_text() for label in axes.get_yticklabels()]
    chips = [label.get_text() for label in axes.get_xticklabels()]
    drawn = axes.images[0].get_array()
    dots = {(companies[int(row)], chips[int(column)]) for column, row in axes.collections[0].get_offsets()}
    assert drawn.shape == (len(companies), len(chips)) == (6, 7)
    for row, company in enumerate(companies):
        for column, chip in enumerate(chips):
            state = history.state(company, chip, at="2026-01-28", known="2026-01-28")
            assert statuses[drawn[row, column]] == state.low
            assert ((company, chip) in dots) == (len(state.possible) > 1)

    axes = timeline.axes[0]
    intervals = history.timeline("JD", "H200", start="2025-06-01")
    spans = [
        (statuses[round(bar.get_y() + 0.4)], statuses[round(bar.get_y() + bar.get_height() - 0.4)])
        for bar in axes.patches
    ]
    assert spans == [(each.low, each.high) for each in intervals]


def test_the_notebook_is_kept_without_what_its_last_run_printed() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(set(ids)) == len(ids)
    assert [(cell["outputs"], cell["execution_count"]) for cell in CODE] == [([], None)] * len(CODE)
