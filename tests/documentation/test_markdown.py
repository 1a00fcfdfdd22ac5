"""One page in HTML: as GitHub shows it, and within what the server's policy allows."""

import pytest

from policytracker.documentation.markdown import Rendered, Target, render


def rendered(text: str) -> Rendered:
    """A page whose links all lead to the page `Other`."""
    return render(text, lambda address: Target(f"to:{address}", "Other"))


def test_headings_have_the_anchors_of_github_and_the_second_of_a_name_a_number() -> None:
    found = rendered("# Title\n\nText.\n\n## Who said it?\n\n### `where`\n\n## Who said it?\n")

    assert [(each.level, each.anchor) for each in found.headings] == [
        (1, "title"),
        (2, "who-said-it"),
        (3, "where"),
        (2, "who-said-it-1"),
    ]
    assert '<h2 id="who-said-it-1">Who said it? <a class="anchor" href="#who-said-it-1">#</a></h2>' in found.html


def test_the_marks_of_cog_are_left_out_and_other_html_is_a_problem_that_is_not_shown() -> None:
    found = rendered("# Title\n\nText <b>bold</b>.\n\n<!-- [[[cog\nshown()\n]]] -->\n\n<script>alert(1)</script>\n")

    assert "cog" not in found.html and "<b>" not in found.html and "script" not in found.html
    assert [problem.split("'")[1] for problem in found.problems] == ["<b>", "</b>", "<script>alert(1)</script>"]


def test_a_table_aligns_its_columns_without_an_inline_style() -> None:
    found = rendered("# Title\n\nText.\n\n| a | b |\n| --- | ---: |\n| 1 | <2 |\n")

    assert '<td>1</td>\n<td class="right">&lt;2</td>' in found.html
    assert "style=" not in found.html and 'class="scroll"' in found.html


def test_what_is_typed_at_a_console_is_set_apart_from_what_is_answered() -> None:
    found = rendered("# Title\n\nText.\n\n```console\n$ policytracker log > x\n<nothing>\n```\n\n```text\n$ 5\n```\n")

    assert "<b>$ policytracker log &gt; x\n</b>&lt;nothing&gt;\n" in found.html
    assert "<code>$ 5\n</code>" in found.html


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("See [docs/other.md](docs/other.md).", "“Other”"),
        ("See [other.md](docs/other.md#part).", "“Other”"),
        ("[docs/other.md](docs/other.md)", "Other"),
        ("See [the other](docs/other.md).", "the other"),
    ],
)
def test_a_link_named_by_a_file_shows_the_title_of_the_page_instead(link: str, text: str) -> None:
    assert f'">{text}</a>' in rendered(f"# Title\n\n{link}\n").html


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Text.\n", "the page begins with no title: write one after a single #"),
        ("## Title\n\nText.\n", "the page begins with no title: write one after a single #"),
        ("# Title\n\n```\nx\n```\n", "no sentence follows the title: say there what the reader gets"),
        ("# Title\n\n| a |\n| - |\n", "no sentence follows the title: say there what the reader gets"),
        ("# Title\n\n![](x.png)\n", "the picture x.png has no description: write it between the brackets"),
    ],
)
def test_what_a_page_must_not_have_is_said(text: str, problem: str) -> None:
    assert rendered(text).problems == [problem]
