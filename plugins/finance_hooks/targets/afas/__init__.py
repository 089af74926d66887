"""Know AFAS Profit: so far its connection only."""
