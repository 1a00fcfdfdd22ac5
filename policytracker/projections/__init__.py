"""The read models: disposable tables, caught up with the ledger before a question is asked."""
