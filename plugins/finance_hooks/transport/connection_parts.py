"""Read the fields of an Airflow connection, collecting every fault and repeating no secret."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.transport.address import base_address


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionParts:
    """What Airflow keeps of a connection, whatever class it comes in."""

    conn_id: str
    host: str | None
    port: int | None
    login: str | None
    password: str | None = field(repr=False)
    extra: Mapping[str, object] = field(repr=False)


class KeptConnection(Protocol):
    """A connection as any of Airflow's classes shows it."""

    host: str | None
    port: int | None
    login: str | None
    password: str | None

    @property
    def extra_dejson(self) -> Any:  # noqa: ANN401 - whatever JSON somebody entered
        """The extra fields."""
        ...


def parts_of(conn_id: str, kept: KeptConnection) -> ConnectionParts:
    """Take over what Airflow keeps."""
    return ConnectionParts(
        conn_id=conn_id,
        host=kept.host,
        port=kept.port,
        login=kept.login,
        password=kept.password,
        extra=kept.extra_dejson,
    )


def read_base_url(parts: ConnectionParts, remedy: str, faults: list[str]) -> str:
    """Return the address without a slash at its end; a fault with the remedy when host is none."""
    address = base_address(parts.host, parts.port)
    if address is None:
        faults.append(f"host is empty or no address; {remedy}")
    return address or ""


def read_choice(
    parts: ConnectionParts, name: str, members: Iterable[str], faults: list[str], *, default: str = ""
) -> str:
    """Return which member an extra field holds; the first one and a fault when none."""
    offered = list(members)
    chosen = str(parts.extra.get(name) or default).strip()
    if chosen in offered:
        return chosen
    faults.append(f"extra field {name} is {chosen!r}; choose {' or '.join(offered)}")
    return offered[0]


def read_truth(parts: ConnectionParts, name: str, faults: list[str]) -> bool:
    """Return whether an extra field is true, false when it is empty; a fault when it is neither."""
    text = str(parts.extra.get(name) or False).strip().lower()
    if text not in {"true", "false"}:
        faults.append(f"extra field {name} is {text!r}; choose true or false")
    return text == "true"


def read_needed(value: object, what: str, faults: list[str]) -> str:
    """Return a field that may not be empty as text; a fault when it is."""
    text = str(value or "").strip()
    if not text:
        faults.append(f"{what} is empty")
    return text


def raise_faults(parts: ConnectionParts, faults: list[str]) -> None:
    """Raise ConfigurationError naming every fault there is."""
    if faults:
        raise ConfigurationError(f"Connection {parts.conn_id}: {'; '.join(faults)}.")
