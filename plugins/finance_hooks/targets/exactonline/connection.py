"""Read an Airflow connection of type finance_exactonline: all faults at once, no secret in a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.exactonline.payload import RateDirection
from finance_hooks.targets.exactonline.settings import HOSTS
from finance_hooks.transport.address import base_address

AUTHORISE_PATH = "/api/oauth2/auth"
TOKEN_PATH = "/api/oauth2/token"  # noqa: S105 - a path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionParts:
    """What Airflow keeps of a connection, whatever class it comes in."""

    conn_id: str
    host: str | None
    port: int | None
    login: str | None
    password: str | None = field(repr=False)
    extra: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactConnection:
    """Which site of Exact, which app of ours there, and whose consent."""

    conn_id: str
    base_url: str
    country: str
    environment: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    user_name: str
    rate_direction: RateDirection


def read_connection(parts: ConnectionParts) -> ExactConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    base_url = _base_url(parts, faults)
    country = _chosen(parts, "country", HOSTS, "NL", faults)
    if base_url in HOSTS.values() and base_url != HOSTS[country]:
        faults.append(f"host is {base_url}, the site of country {country} is {HOSTS[country]}")
    connection = ExactConnection(
        conn_id=parts.conn_id,
        base_url=base_url,
        country=country,
        environment=_chosen(parts, "environment", ("test", "production"), None, faults),
        client_id=_needed(parts.login, "login (client id)", faults),
        client_secret=_needed(parts.password, "password (client secret)", faults),
        redirect_uri=_needed(parts.extra.get("redirect_uri"), "extra field redirect_uri", faults),
        user_name=_needed(parts.extra.get("user_name"), "extra field user_name", faults),
        rate_direction=RateDirection(
            _chosen(parts, "rate_direction", list(RateDirection), RateDirection.BOOKS_PER_CURRENCY, faults)
        ),
    )
    if faults:
        raise ConfigurationError(f"Connection {parts.conn_id}: {'; '.join(faults)}.")
    return connection


def _base_url(parts: ConnectionParts, faults: list[str]) -> str:
    address = base_address(parts.host, parts.port)
    if address is None:
        faults.append(f"host is empty or no address; enter the site, such as {HOSTS['NL']}")
    return address or ""


def _chosen(
    parts: ConnectionParts,
    name: str,
    members: Mapping[str, str] | list[StrEnum] | list[RateDirection] | tuple[str, ...],
    default: str | None,
    faults: list[str],
) -> str:
    chosen = str(parts.extra.get(name) or default or "").strip()
    if chosen in members:
        return chosen
    faults.append(f"extra field {name} is {chosen!r}; choose {' or '.join(members)}")
    return next(iter(members))


def _needed(value: object, what: str, faults: list[str]) -> str:
    text = str(value or "").strip()
    if not text:
        faults.append(f"{what} is empty")
    return text
