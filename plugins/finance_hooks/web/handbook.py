"""Say where this installation serves the handbook, so that the pages can lead to it."""

from urllib.parse import urlsplit

HANDBOOK_VARIABLE = "FINANCE_HANDBOOK"
"""The environment variable of Airflow's API server that names the address."""


def handbook_address(text: str | None) -> str | None:
    """Return an address on the web as it was set; `None` where none is set, or it is not http or https."""
    return text if text and urlsplit(text).scheme in {"http", "https"} else None
