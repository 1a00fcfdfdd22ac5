"""The list that is followed: the same for the same seed, with 2 % of its rows changed, and told as a figure."""

from benchmarks import following
from benchmarks.large.listing import COLUMNS, ROWS, Listing, text_of


def test_a_seed_gives_the_same_editions_and_another_seed_others() -> None:
    first, again, other = (text_of(Listing(60, seed).new) for seed in (1, 1, 2))

    assert first == again
    assert first != other
    assert first.splitlines()[0] == ",".join(COLUMNS)


def test_of_fifty_rows_one_is_added_changed_or_gone() -> None:
    listing = Listing()

    assert sum(map(len, listing.changed.values())) == ROWS * 0.02
    assert len(listing.old) == len(listing.new) == ROWS


def test_following_is_told_beside_the_import_of_what_comes_out() -> None:
    (figure,) = following.figures(rows=60, runs=1)

    assert figure.seconds > 0
    assert str(figure).startswith("import-list, 60 rows with 2 % changed | ")
