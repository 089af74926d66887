"""Measure what is promised; run one with `python -m bench.<name>`."""
