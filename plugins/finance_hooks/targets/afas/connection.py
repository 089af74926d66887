"""Read an Airflow connection of type finance_afas: all faults at once, no secret in a message."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from finance_hooks.targets.afas.payload import RateDirection
from finance_hooks.targets.afas.settings import PATH, SEGMENTS
from finance_hooks.transport.connection_parts import (
    ConnectionParts,
    raise_faults,
    read_base_url,
    read_choice,
    read_needed,
    read_truth,
)

CLIENT_CREDENTIALS = "client_credentials"
APP_TOKEN = "app_token"  # noqa: S105 - the name of a way
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
TRANSACTIONS = "Profit_Transactions"

_ENVIRONMENT_CODE = re.compile(r"([OTA])(\d{5})[A-Z]{2}")
_AFAS_HOST = re.compile(r"\d+\.(rest|resttest|restaccept|restcursus)\.afas\.online")
_TOKEN = re.compile(r"<token><version>1</version><data>[0-9A-Fa-f]{64}</data></token>")


@dataclass(frozen=True, slots=True, kw_only=True)
class AfasConnection:
    """Which environment of AFAS, by which way in, read with which connectors.

    `secrets` are client secrets or tokens, in the order in which they are tried. `subject_type` is the type
    of dossier item that carries a PDF, `None` where none are attached.
    """

    conn_id: str
    base_url: str
    environment: str
    auth: str
    client_id: str
    secrets: tuple[str, ...] = field(repr=False)
    integration_id: str | None
    transactions_connector: str
    payment_terms_connector: str | None
    rate_direction: RateDirection
    subject_type: int | None

    @property
    def token_url(self) -> str:
        """Where client credentials are exchanged for an access token."""
        return self.base_url + TOKEN_PATH


def read_connection(parts: ConnectionParts) -> AfasConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    auth = read_choice(parts, "auth", (CLIENT_CREDENTIALS, APP_TOKEN), faults, default=CLIENT_CREDENTIALS)
    is_classic = auth == APP_TOKEN
    connection = AfasConnection(
        conn_id=parts.conn_id,
        base_url=_base_url(parts, faults),
        environment=read_choice(parts, "environment", ("test", "production"), faults),
        auth=auth,
        client_id="" if is_classic else read_needed(parts.login, "login (client id)", faults),
        secrets=_tokens(parts, faults) if is_classic else _client_secrets(parts, faults),
        integration_id=_optional(parts, "integration_id"),
        transactions_connector=_optional(parts, "transactions_connector") or TRANSACTIONS,
        payment_terms_connector=_optional(parts, "payment_terms_connector"),
        rate_direction=RateDirection(
            read_choice(
                parts,
                "rate_direction",
                RateDirection,
                faults,
                default=RateDirection.CURRENCY_PER_BOOKS,
            )
        ),
        subject_type=_subject_type(parts, faults),
    )
    raise_faults(parts, faults)
    return connection


def _base_url(parts: ConnectionParts, faults: list[str]) -> str:
    """Return the REST base: as entered, completed with its path, or made from an environment's code."""
    code = _ENVIRONMENT_CODE.fullmatch((parts.host or "").strip())
    if code:
        return f"https://{code[2]}.{SEGMENTS[code[1]]}.afas.online{PATH}"
    address = read_base_url(parts, "enter the REST address or the environment, such as O12345AA", faults)
    where = urlsplit(address)
    host = (where.hostname or "").lower()
    if host.endswith(".afas.online") and not _AFAS_HOST.fullmatch(host):
        faults.append(f"host {host} is no REST address; it reads like 12345.rest.afas.online")
    return address if where.path else address + PATH


def _client_secrets(parts: ConnectionParts, faults: list[str]) -> tuple[str, ...]:
    first = read_needed(parts.password, "password (client secret)", faults)
    second = _optional(parts, "client_secret_next")
    return (first, second) if second else (first,)


def _subject_type(parts: ConnectionParts, faults: list[str]) -> int | None:
    if not read_truth(parts, "attach_pdfs", faults):
        return None
    text = _optional(parts, "subject_type") or ""
    if not text.isdecimal():
        faults.append(f"extra field subject_type is {text!r}; enter the number of a type of dossier item")
    return int(text) if text.isdecimal() else None


def _tokens(parts: ConnectionParts, faults: list[str]) -> tuple[str, ...]:
    read_needed(parts.extra.get("app_token"), "extra field app_token", faults)
    tokens = []
    for name in ("app_token", "app_token_next"):
        token = re.sub(r"\s", "", _optional(parts, name) or "")
        if token and not _TOKEN.fullmatch(token):
            faults.append(f"extra field {name} is no token; copy all from <token> to </token>")
        elif token:
            tokens.append(token)
    return tuple(tokens)


def _optional(parts: ConnectionParts, name: str) -> str | None:
    return str(parts.extra.get(name) or "").strip() or None
