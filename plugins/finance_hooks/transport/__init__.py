"""Carry requests to the outside world: the only way out, with limits, deadlines and tokens."""
