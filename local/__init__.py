"""Everything that runs the whole system on one machine."""
