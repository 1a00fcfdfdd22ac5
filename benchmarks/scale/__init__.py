"""Questions of large ledgers: how long they take, how that grows, and how long other engines take for the same answers."""
