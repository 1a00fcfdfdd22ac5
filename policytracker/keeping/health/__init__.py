"""What a ledger rests on, looked at: one function a check, listed in ``doctor``."""
