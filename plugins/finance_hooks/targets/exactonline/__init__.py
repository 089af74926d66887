"""Bring entries into Exact Online (NL and BE) through its REST API."""
