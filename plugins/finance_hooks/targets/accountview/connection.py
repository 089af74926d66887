"""Read an Airflow connection of type finance_accountview: all faults at once, no secret in a message."""

from dataclasses import dataclass, field

from finance_hooks.targets.accountview.conventions import (
    Conventions,
    RateDirection,
    ReverseCharge,
    Side,
)
from finance_hooks.targets.accountview.settings import BASE_URL
from finance_hooks.transport.connection_parts import (
    ConnectionParts,
    raise_faults,
    read_base_url,
    read_choice,
    read_needed,
)

AUTHORISE_PATH = "/ams/authorize.aspx"
TOKEN_PATH = "/api/v3/token"  # noqa: S105 - a path


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountViewConnection:
    """Which portal, which application of ours there, whose consent, and how that installation reads us."""

    conn_id: str
    base_url: str
    environment: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    user_name: str
    conventions: Conventions


def read_connection(parts: ConnectionParts) -> AccountViewConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    connection = AccountViewConnection(
        conn_id=parts.conn_id,
        base_url=read_base_url(parts, f"enter the portal, such as {BASE_URL}", faults),
        environment=read_choice(parts, "environment", ("test", "production"), faults),
        client_id=read_needed(parts.login, "login (API key)", faults),
        client_secret=read_needed(parts.password, "password (API secret)", faults),
        redirect_uri=read_needed(parts.extra.get("redirect_uri"), "extra field redirect_uri", faults),
        user_name=read_needed(parts.extra.get("user_name"), "extra field user_name", faults),
        conventions=_read_conventions(parts, faults),
    )
    raise_faults(parts, faults)
    return connection


def _read_conventions(parts: ConnectionParts, faults: list[str]) -> Conventions:
    def side(name: str) -> Side:
        return Side(read_choice(parts, name, Side, faults, default=Side.DEBIT))

    return Conventions(
        reverse_charge=ReverseCharge(
            read_choice(parts, "reverse_charge", ReverseCharge, faults, default=ReverseCharge.SHIFTED)
        ),
        rate_direction=RateDirection(
            read_choice(
                parts, "rate_direction", RateDirection, faults, default=RateDirection.BOOKS_PER_CURRENCY
            )
        ),
        purchase_positive=side("purchase_positive"),
        memorial_positive=side("memorial_positive"),
        transactions_positive=side("transactions_positive"),
    )
