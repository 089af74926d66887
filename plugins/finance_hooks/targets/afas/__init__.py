"""Bring entries into AFAS Profit through its REST services."""
