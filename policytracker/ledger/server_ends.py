"""Where a ledger on a server ends, and whether its last event is one that this program has appended.

Whoever may append can also insert rows with SQL. Such rows come after it: questions are answered from the events before
them (``foreign``), and nothing is appended.
"""

from policytracker.ledger.damage import Damaged, Missing, NoIdentity, Unsealed
from policytracker.ledger.row_checks import check_row
from policytracker.ledger.tables import Head, Tables


def head_of(tables: Tables, until: int | None = None) -> Head:
    """Identity and last event, or the event at a position, as it was sealed. Raises DamagedLedger."""
    schema = tables.schema
    last = f"(SELECT max(position) FROM {schema}.ledger_entries)" if until is None else str(until)
    query = f"""SELECT m.value, e.position, e.id, e.recorded, e.tree, e.recorder, e.leaf, s.topic, s.state
        FROM {schema}.ledger_meta m LEFT JOIN {schema}.ledger_entries e ON e.position = {last}
        LEFT JOIN {schema}.stored_events s ON s.originator_id = e.stream AND s.originator_version = e.version
        WHERE m.key = 'ledger'"""
    for ledger, position, event_id, recorded, tree, recorder, leaf, topic, state in tables.ask(query):
        if not position:
            return Head(ledger, 0, "", 0)
        if position < 0 or topic is None:
            raise Missing(_first_missing(tables) or 1)
        if not state:
            raise Damaged(event_id)  # a redaction follows whatever it has removed
        check_row(position, event_id, recorded, recorder, topic, state, leaf)
        if tree is None or tree[:8] != position.to_bytes(8, "big"):
            raise Unsealed(position)
        return Head(ledger, position, event_id, recorded, tree)
    raise NoIdentity


def check_tree_of(tables: Tables, head: Head) -> None:
    """Raise Unsealed where the last tree is not the one before it with the leaves since then."""
    from policytracker.ledger.sealing import check_growth

    entries = f"{tables.schema}.ledger_entries"
    before = f"SELECT position FROM {entries} WHERE position < ? AND tree IS NOT NULL ORDER BY position DESC LIMIT 1"
    query = f"""SELECT leaf, tree FROM {entries}
        WHERE position <= ? AND position >= coalesce(({before}), 1) ORDER BY position DESC"""
    if head.position:
        check_growth(head, tables.ask(query, (head.position, head.position)))


def _first_missing(tables: Tables) -> int | None:
    """The first position whose content is not stored."""
    schema = tables.schema
    query = f"""SELECT min(e.position) FROM {schema}.ledger_entries e LEFT JOIN {schema}.stored_events s
        ON s.originator_id = e.stream AND s.originator_version = e.version WHERE e.position > 0 AND s.topic IS NULL"""
    ((position,),) = tables.ask(query)
    return None if position is None else int(position)
