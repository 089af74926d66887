"""Stand in for AccountView: its web API v3."""
