"""The index: cells, boards and paths, held to one another, to the view, and to every possible world."""
