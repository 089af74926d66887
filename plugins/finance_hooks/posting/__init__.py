"""Bring documents into the books: receive, prepare, match, load, reconcile, report."""
