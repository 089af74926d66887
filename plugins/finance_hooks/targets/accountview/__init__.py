"""Know AccountView: so far its connection only."""
