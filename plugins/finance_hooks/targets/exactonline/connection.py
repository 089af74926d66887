"""Read an Airflow connection of type finance_exactonline: all faults at once, no secret in a message."""

from dataclasses import dataclass, field

from finance_hooks.targets.exactonline.payload import RateDirection
from finance_hooks.targets.exactonline.settings import HOSTS
from finance_hooks.transport.connection_parts import (
    ConnectionParts,
    raise_faults,
    read_base_url,
    read_choice,
    read_needed,
    read_truth,
)
from finance_hooks.transport.headers import read_whole

BOOKS_PER_CURRENCY = RateDirection.BOOKS_PER_CURRENCY
AUTHORISE_PATH = "/api/oauth2/auth"
TOKEN_PATH = "/api/oauth2/token"  # noqa: S105 - a path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactConnection:
    """Which site of Exact, which app of ours there, whose consent, and whether files are attached there.

    From `uploads_from` entries on they go there as XML, many in a call; 0 for never.
    """

    conn_id: str
    base_url: str
    country: str
    environment: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    user_name: str
    rate_direction: RateDirection
    attaches: bool
    uploads_from: int


def read_connection(parts: ConnectionParts) -> ExactConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    base_url = read_base_url(parts, f"enter the site, such as {HOSTS['NL']}", faults)
    country = read_choice(parts, "country", HOSTS, faults, default="NL")
    if base_url in HOSTS.values() and base_url != HOSTS[country]:
        faults.append(f"host is {base_url}, the site of country {country} is {HOSTS[country]}")
    connection = ExactConnection(
        conn_id=parts.conn_id,
        base_url=base_url,
        country=country,
        environment=read_choice(parts, "environment", ("test", "production"), faults),
        client_id=read_needed(parts.login, "login (client id)", faults),
        client_secret=read_needed(parts.password, "password (client secret)", faults),
        redirect_uri=read_needed(parts.extra.get("redirect_uri"), "extra field redirect_uri", faults),
        user_name=read_needed(parts.extra.get("user_name"), "extra field user_name", faults),
        rate_direction=RateDirection(
            read_choice(parts, "rate_direction", RateDirection, faults, default=BOOKS_PER_CURRENCY)
        ),
        attaches=read_truth(parts, "attach_pdfs", faults),
        uploads_from=_read_uploads_from(parts, faults),
    )
    raise_faults(parts, faults)
    return connection


def _read_uploads_from(parts: ConnectionParts, faults: list[str]) -> int:
    text = str(parts.extra.get("xml_upload_from") or 0).strip()
    number = read_whole(text)
    if number is None:
        faults.append(f"extra field xml_upload_from is {text!r}; enter a number of entries, 0 for never")
    return number or 0
