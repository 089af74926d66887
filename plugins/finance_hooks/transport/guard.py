"""Keep test and production apart, secrets off plain http, and everything unsent while sending is stopped."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from finance_hooks.model.errors import ConfigurationError


class Environment(StrEnum):
    """Whether real books are at stake; both an installation and each of its connections say so."""

    TEST = "test"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What one installation is for; `sends` is the switch that stops all sending and keeps reading."""

    environment: Environment = Environment.TEST
    sends: bool = True


def read_installation(extra: Mapping[str, object]) -> Installation:
    """Read what the extra fields of connection `finance_store` say: `environment` and `stop_sending`.

    An installation that does not say what it is for is a test; one that sends into real books must say so.
    """
    environment = extra.get("environment") or Environment.TEST.value
    if environment not in set(Environment):
        raise ConfigurationError(
            f"Connection finance_store: extra field environment is {environment!r}; "
            "write test or production there."
        )
    return Installation(
        environment=Environment(str(environment)),
        sends=str(extra.get("stop_sending") or "false").lower() in {"false", "no", "0"},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Decide per request whether it may leave.

    `production_hosts` are patterns of host names (`*.example.com`); empty when a system has no known ones.
    The default lets requests go to this machine only.
    """

    environment: Environment = Environment.TEST
    production_hosts: tuple[str, ...] = ("*",)
    sends: bool = True

    def why_not(self, url: str, *, changes_books: bool) -> str | None:
        """Return `None` when the request may leave, else the reason it stays."""
        if changes_books and not self.sends:
            return "sending is stopped on this installation; only reading goes on"
        return self.why_unreachable(url)

    def why_unreachable(self, url: str) -> str | None:
        """Return `None` when requests may go to this address, else the reason they may not."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if parts.scheme not in {"http", "https"} or not host:
            return "the address is not an http address with a host"
        if is_loopback(host):
            if self.environment is Environment.PRODUCTION:
                return f"a connection marked production does not talk to {host}"
            return None
        if parts.scheme == "http":
            return f"plain http goes to this machine only, not to {host}"
        return self._why_wrong_environment(host)

    def _why_wrong_environment(self, host: str) -> str | None:
        is_production = any(fnmatchcase(host, pattern) for pattern in self.production_hosts)
        if self.environment is Environment.TEST and is_production:
            return f"a connection marked test does not talk to the production host {host}"
        if self.environment is Environment.PRODUCTION and self.production_hosts and not is_production:
            return f"a connection marked production does not talk to {host}, which is no production host"
        return None


def guard_connection(
    installation: Installation,
    *,
    conn_id: str,
    environment: str | None,
    base_url: str,
    production_hosts: tuple[str, ...],
) -> Guard:
    """Make the guard of one connection, or raise ConfigurationError when it may not be used here at all."""
    if environment not in set(Environment):
        raise ConfigurationError(
            f"Connection {conn_id}: extra field environment is {environment!r}; "
            "write test or production there."
        )
    guard = Guard(
        environment=Environment(environment), production_hosts=production_hosts, sends=installation.sends
    )
    if guard.environment is not installation.environment:
        raise ConfigurationError(
            f"Connection {conn_id} is marked {guard.environment}, this installation is marked "
            f"{installation.environment}; use a connection of the installation's own environment."
        )
    refusal = guard.why_unreachable(base_url)
    if refusal:
        raise ConfigurationError(f"Connection {conn_id}: {refusal}; correct its host or environment.")
    return guard


def is_loopback(host: str) -> bool:
    """Say whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
