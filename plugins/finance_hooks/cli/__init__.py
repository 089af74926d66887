"""Let people run from a terminal what the scheduler does not: consent, checks, repair."""
