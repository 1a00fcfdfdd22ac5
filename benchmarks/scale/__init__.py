"""Questions of large ledgers: how long they take, how that grows, and what other engines take for the same answers."""
