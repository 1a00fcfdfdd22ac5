"""The colours of statuses: apart for every kind of sight, legible, and in steps of lightness. From the stylesheet."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from coloraide import Color

from policytracker.status.words import STATUSES
from policytracker.web.charts.palette import NAMES, in_files, themes

APART = 10
"""CIEDE2000; about four times what an attentive eye tells apart."""
CONTRAST = 4.5
"""Of words (WCAG 2.2, 1.4.3)."""
SIGHTS = (None, "deutan", "protan", "tritan")
THEMES = ("light", "dark")
LEGEND = (*STATUSES, "unknown")
STYLE = (Path(__file__).parents[2] / "policytracker/web/static/style.css").read_text(encoding="utf-8")


def colours(theme: str) -> dict[str, Color]:
    return {name: Color(text) for name, text in themes()[THEMES.index(theme)].items()}


def as_seen(colour: Color, sight: str | None) -> Color:
    return colour if sight is None else colour.clone().filter(sight)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_neighbours_in_the_order_of_statuses_are_told_apart(theme: str, sight: str | None) -> None:
    found = colours(theme)

    seen = [as_seen(found[word], sight) for word in LEGEND]
    apart = {
        pair: one.delta_e(other, method="2000")
        for pair, (one, other) in zip(pairwise(LEGEND), pairwise(seen), strict=True)
    }
    assert {pair: round(each, 1) for pair, each in apart.items() if each < APART} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_them_and_on_what_lies_around_are_legible(theme: str) -> None:
    found = colours(theme)

    assert {
        word: found["ink"].contrast(found[word]) for word in LEGEND if found["ink"].contrast(found[word]) < CONTRAST
    } == {}
    assert found["held"].contrast(found["paper"]) >= CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_each_status_is_lighter_than_the_one_below_it(theme: str) -> None:
    """So that their order is to be seen without any colour, as on grey paper."""
    found = colours(theme)

    lightness = [found[word].convert("lab-d65")["lightness"] for word in STATUSES]
    assert [after - before >= 0.8 for before, after in pairwise(lightness)] == [True] * 6


def test_both_themes_have_every_colour_and_files_have_the_light_ones() -> None:
    light, dark = themes()

    assert light.keys() == dark.keys() >= set(NAMES)
    assert in_files() == {name: light[name] for name in NAMES} | {"paper": "#ffffff"}
    assert f"--cleared: {light['cleared']}" in STYLE and f"--cleared: {dark['cleared']}" in STYLE
    assert re.search(r"prefers-color-scheme: dark.*" + dark["cleared"], STYLE, re.DOTALL)
