"""The ledger in forms that other programs know: CloudEvents, W3C PROV, FollowTheMoney."""
