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
    "home page, asked again": (
        "the page is kept whole; what is left is looking how far the ledger goes, so that nobody is shown an older"
        " state of it, and what every request has to pass: its host, its limits, its headers"
    ),
    "board at random dates": (
        "the peer renders its table and nothing else. Ours is kept; four fifths of the work are the templates around it"
        " (head and foot, time bar, selects, newest events), and a tenth is looking whether ledger and read models are"
        " as they were"
    ),
    "state --nl of all cells": (
        "an answer has more in it than in 0.1 (conditions, last words, what is left), and where a ledger is full of "
        "doubts five of six cells have an answer of their own: each is made and written in Python"
    ),
    "memory of state --nl": (
        "375 MB are in use before the first cell: 80 for numba, 145 for the claims of all gates with the companies and "
        "chips that their scopes match, 115 for the last words; then the tables of "
        "the walk, which double when they are full, and the answers that are kept to be shared"
    ),
    "memory of the server after these pages": "as for state --nl, on two threads",
    "a cell, file opened anew": (
        "an answer has more in it than in 0.1, and each part has look-ups of its own; where a claim with a quantity "
        "stands, the scopes of all that was shipped of its unit are compared with the claim's own"
    ),
    "timeline of a cell": (
        "at each end of a period the claims of a gate are walked again, in Python, and compiled from 4,000 claims at "
        "a gate on"
    ),
    "the whole matrix, asked again": (
        "two thirds are the compiled walk: where a ledger is full of doubts, tens of thousands of sets of states are"
        " met for the first time at each new point, and each thread learns them for itself; the rest is mostly"
        " gathering the claims of each gate in Python, and finding out which companies and chips a new scope matches"
    ),
    "append caught up": (
        "the periods of the claim are folded anew and written with its rows in one transaction, where the peer inserts"
        " one row"
    ),
    "a cell": (
        "the ledger is read from its file, as nothing is held in memory any more; a third of the time is searching the"
        " lists that the cell's company and chip are in, the rest is selecting from them in Python"
    ),
    "its timeline": (
        "at each end of a period the claims of a gate are walked again, in Python: most of the time; compiled functions"
        " pay from 4,000 claims at a gate on"
    ),
    "stylesheet while a page is made": (
        "of 1,000,000 events a page that was never asked for takes longer than the measuring client waits for it, so"
        " nothing could be asked meanwhile"
    ),
    "small page while a page is made": (
        "of 1,000,000 events a page that was never asked for takes longer than the measuring client waits for it, so"
        " nothing could be asked meanwhile"
    ),
    "the matrix (": (
        "as for the whole matrix; where the registry changes by the day, a registry that was not asked about lately is"
        " matched with all scopes anew"
    ),
    "a diff of two matrices (": "two matrices, neither asked before, each as above; then 400,000 cells are compared",
    "append of one event": (
        "the periods of the claim are folded anew and written with its rows in one transaction, where the peer inserts"
        " one row"
    ),
    "rebuild": (
        "folding each claim's thread into periods in Python takes the most; checking every seal takes some four times"
        " as long as reading and decoding, and sorting and writing the index much of the rest"
    ),
    "a status, certain claims": "the ledger is read from its file, as for a cell of doubtful claims",
    "the matrix, certain claims": "gathering the claims of each gate in Python, as in the matrix of doubtful claims",
}
"""The beginning of a figure's name, and the reason; the first that fits is told."""
