"""Know Twinfield: so far its connection only."""
