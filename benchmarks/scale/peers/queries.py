"""The questions in SQL. A parameter is written ``{at}``, ``{known}``, ``{recorded}``, ``{company}`` or ``{chip}``.

A cell has the lowest status of its gates; where a gate has none it is told by no single one, unless another is shut.
"""

SEEN = "effective <= {at} AND published <= {known} AND recorded <= {recorded}"
LOWEST = """CASE WHEN MIN(word % 8) = 0 THEN 0 WHEN COUNT(word) < COUNT(*) THEN NULL ELSE MIN(word % 8) END"""
PLAIN_LOWEST = """CASE WHEN MIN(status) = 0 THEN 0 WHEN COUNT(status) < COUNT(*) THEN NULL ELSE MIN(status) END"""
LAST_FIRST = "effective DESC, said DESC, tie DESC, position DESC"

TEXTBOOK_CELL = f"""
SELECT {PLAIN_LOWEST} FROM (
    SELECT (
        SELECT r.status FROM company_selectors c JOIN chip_selectors h
            JOIN rulings r ON r.company = c.selector AND r.chip = h.selector AND r.gate = g.gate
        WHERE c.company = g.company AND h.chip = g.chip AND {SEEN}
        ORDER BY {LAST_FIRST} LIMIT 1
    ) AS status
    FROM cell_gates g WHERE g.company = {{company}} AND g.chip = {{chip}}
) AS gates"""
"""The last claim at each gate, in its order."""

TEXTBOOK_MATRIX = f"""
WITH keys AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY company, chip, gate ORDER BY {LAST_FIRST}) AS turn
    FROM rulings WHERE {SEEN}
), by_chip AS (
    SELECT k.company, m.chip, k.gate, k.effective, k.said, k.tie, k.position, k.status, ROW_NUMBER() OVER (
        PARTITION BY k.company, m.chip, k.gate ORDER BY {LAST_FIRST}) AS turn
    FROM keys k JOIN chip_selectors m ON m.selector = k.chip WHERE k.turn = 1
), by_cell AS (
    SELECT m.company, b.chip, b.gate, b.status, ROW_NUMBER() OVER (
        PARTITION BY m.company, b.chip, b.gate ORDER BY {LAST_FIRST}) AS turn
    FROM by_chip b JOIN company_selectors m ON m.selector = b.company WHERE b.turn = 1
), told AS (
    SELECT w.company, w.chip, w.status, 0 AS gate FROM by_cell w
        JOIN cell_gates g ON g.company = w.company AND g.chip = w.chip AND g.gate = w.gate WHERE w.turn = 1
    UNION ALL SELECT company, chip, NULL, 1 FROM cell_gates
)
SELECT CASE WHEN MIN(status) = 0 THEN 0 WHEN COUNT(status) < SUM(gate) THEN NULL ELSE MIN(status) END
FROM told GROUP BY company, chip ORDER BY company, chip"""
"""The last claim of each pair of selectors, then of each selector and chip, then of each cell."""

PACKED_CELL = f"""
SELECT {LOWEST} FROM (
    SELECT (
        SELECT MAX(r.word) FROM company_selectors c CROSS JOIN chip_selectors h
            JOIN rulings r ON r.company = c.selector AND r.chip = h.selector
        WHERE c.company = g.company AND h.chip = g.chip AND r.gate = g.gate AND {SEEN}
    ) AS word
    FROM cell_gates g WHERE g.company = {{company}} AND g.chip = {{chip}}
) AS gates"""
"""The same with packed words."""

SEEKING_CELL = f"""
SELECT {LOWEST} FROM (
    SELECT (
        SELECT MAX((
            SELECT r.word FROM rulings r
            WHERE r.company = c.selector AND r.chip = h.selector AND r.gate = g.gate AND {SEEN}
            ORDER BY r.effective DESC, r.word DESC LIMIT 1
        )) FROM company_selectors c CROSS JOIN chip_selectors h WHERE c.company = g.company AND h.chip = g.chip
    ) AS word
    FROM cell_gates g WHERE g.company = {{company}} AND g.chip = {{chip}}
) AS gates"""
"""One look-up in the index for each pair of selectors that match the cell: the last before."""

PACKED_MATRIX = f"""
WITH keys AS (
    SELECT company, chip, gate, MAX(word) AS word FROM rulings WHERE {SEEN} GROUP BY company, chip, gate
), by_chip AS (
    SELECT k.company, m.chip, k.gate, MAX(k.word) AS word
    FROM keys k JOIN chip_selectors m ON m.selector = k.chip GROUP BY k.company, m.chip, k.gate
), by_cell AS (
    SELECT m.company, b.chip, b.gate, MAX(b.word) AS word
    FROM by_chip b JOIN company_selectors m ON m.selector = b.company GROUP BY m.company, b.chip, b.gate
)
SELECT {LOWEST} FROM cell_gates g LEFT JOIN by_cell w
    ON w.company = g.company AND w.chip = g.chip AND w.gate = g.gate
GROUP BY g.company, g.chip ORDER BY g.company, g.chip"""
"""As the textbook has it, with packed words in place of windows."""
