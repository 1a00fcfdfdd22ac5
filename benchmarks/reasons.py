"""Why a figure is missed where it is: what profiling has found. Shown for figures that a run has missed, by name."""

REASONS: dict[str, str] = {
    "a status, certain": (
        "most of it is waiting for memory: the rows under some fifteen pairs of selectors at two gates, which lie far"
        " apart"
    ),
    "a cell": (
        "deciding over memory takes a fifth; the rest is telling: the ids of the claims that stand, which are read from"
        " the file, and the threads of events that may tell of a later report"
    ),
    "its timeline": (
        "a claim that makes a difference turns on some 2,800 days; deciding on these takes a seventh. Most of the rest"
        " is naming: eighteen claims stand on each day, and for a thousand spells it is told which events turned them,"
        " for which threads of several events are read and judged"
    ),
    "the matrix, certain": (
        "half of it is finding the rows that are there and putting them in order, the rest going through each company's"
    ),
    "the matrix": (
        "claims on cohorts stay possible for many companies, and little strikes them: some 28 steps for each cell and"
        " gate, each a look-up in a table of 250,000 layers that does not fit into the processor's caches; finding the"
        " rows that are there takes a tenth"
    ),
    "a diff of two matrices": "it is two matrices; comparing them takes 15 ms",
    "append of one event, caught up": (
        "the ledger alone takes 1.2 to 2 times as long: a commit that waits for the disk, and some ten look-ups; the"
        " read models add a second commit, and four rows of a claim on lists, each into four trees, most of them cold"
    ),
    "append of 1 event": (
        "a commit that waits for the disk, which swings by half between runs, and some ten look-ups by which it is"
        " decided whether the event may happen"
    ),
    "rebuild": (
        "a quarter is reading, checking seals and forms and decoding; a quarter telling claims of which nothing else"
        " was said, a fifth the threads of several events; SQLite needs the rest to sort and index 3.8 rows an event,"
        " a claim on lists of companies and chips being kept under each pair of selectors"
    ),
    "a question from the shell": (
        "importing fifty modules of ours takes a quarter as long as click and sqlite3, and opening two files and asking"
        " them for the first time another sixth"
    ),
    "import of": "decoding, normalising and hashing take a third; of the rest most is looking up refs and targets",
}
"""The beginning of a figure's name, and the reason; the first that fits is told."""
