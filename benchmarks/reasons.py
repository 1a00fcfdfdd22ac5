"""Why a figure is missed where it is: what profiling has found. Shown for figures that a run has missed, by name.

After a run of all sizes, ``RESULTS.md`` says "not looked into yet" of each missed figure that has no reason here:
profile it, and write down what takes the time.
"""

REASONS: dict[str, str] = {
    "append of 1 event": (
        "a commit that waits for the disk, which swings by half between runs, and some ten look-ups by which it is"
        " decided whether the event may happen"
    ),
    "a question from the shell": (
        "importing fifty modules of ours takes a quarter as long as click and sqlite3, and opening two files and asking"
        " them for the first time another sixth"
    ),
    "memory of state --csv, for each company": (
        "the shorter list is answered by the functions as they stand; the longer by those that numba compiles, and that"
        " itself takes some 140 MB, however long the list is"
    ),
    "import of": "decoding, normalising and hashing take a third; of the rest most is looking up refs and targets",
}
"""The beginning of a figure's name, and the reason; the first that fits is told."""
