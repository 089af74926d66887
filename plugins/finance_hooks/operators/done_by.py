"""Read by when a night has to be done."""

from datetime import time

from finance_hooks.model.errors import ConfigurationError

DONE_BY_VARIABLE = "FINANCE_DONE_BY"
"""The environment variable that says it, to all of Airflow's processes alike."""

DONE_BY = time(6)


def read_done_by(text: str | None) -> time:
    """Read a time of day, 06:00 unless it is said; ConfigurationError when it is no time."""
    if not text:
        return DONE_BY
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ConfigurationError(f"{DONE_BY_VARIABLE} is {text!r}; write a time such as 06:00.") from None
