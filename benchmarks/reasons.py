"""Why a figure is missed where it is: what profiling has found. Shown for figures that a run has missed, by name."""

REASONS: dict[str, str] = {
    "a cell, certain claims": (
        "the peer answers from one table with a covering index made for this question, and tells a status; a cell here"
        " comes with the claims that stand, their conditions and the last report, and its look-ups allow for doubt,"
        " suspensions and corrections"
    ),
    "a cell": (
        "some 180 rows are read for a cell, most of them of claims on cohorts with large pools: each may hold for any"
        " company of its pool, and only a certain opening that names the company strikes it. Two fifths of the time are"
        " SQL, a fifth matching and listing the rows, over a quarter the walk over the possible worlds"
    ),
    "its timeline": (
        "more than two thousand claims begin or end on a cell in ten years, and after each of these days a gate is"
        " decided anew over some seventy claims that are left; what it answers is remembered only where the same claims"
        " come together again"
    ),
    "the matrix, certain": "most of it is listing the claims of each cell; deciding over them takes a fortieth",
    "the matrix": (
        "half of the time is the walk over the possible worlds of each cell, some 45 steps, since claims on cohorts"
        " stay possible for many companies and little strikes them; a quarter is listing the claims of each company"
    ),
    "a diff of two matrices": "it is two matrices; comparing them takes 15 ms",
    "append of one event, caught up": (
        "the ledger alone takes 1.2 to 2 times as long: a commit that waits for the disk, and some ten look-ups; the"
        " read models add a second commit, and four rows of a claim on lists, each into four trees, most of them cold"
    ),
    "rebuild": (
        "a claim on lists of companies and chips is written under each pair of selectors, 3.8 rows an event, with"
        " indexes; reading, checking the seal and decoding an event is a twelfth. Threads of several events are told"
        " for each of their lengths, a third of the time"
    ),
    "a question from the shell": (
        "importing some forty modules of ours takes as long as click, and the registry of 2,240 subjects is read whole"
        " to find a name, a tenth of the time"
    ),
    "import of": "decoding, normalising and hashing take a third; of the rest most is looking up refs and targets",
}
"""The beginning of a figure's name, and the reason; the first that fits is told."""
