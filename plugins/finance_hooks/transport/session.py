"""Open HTTP sessions that know whether a request has left, and that do not trust an idle connection."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from finance_hooks.transport.clock import Clock
from finance_hooks.transport.redaction import redact_url

IDLE_S = 5
"""A connection unused for longer is opened anew: the other side may be closing it at this very moment, and a
request on it would be lost without anybody knowing whether it was carried out."""


@dataclass(slots=True, kw_only=True)
class Departure:
    """Follow one request on its way out.

    `why_not` is asked when the connection stands and nothing but the bytes has to leave. `left` is true
    unless a session of `open_session` knows that not one byte of the request has left.
    """

    clock: Clock
    why_not: Callable[[], str | None]
    left: bool = True


class HeldBackError(HTTPError):
    """The request was not written to the open connection because its deadline had passed."""


_departure: ContextVar[Departure] = ContextVar("departure")


@contextmanager
def departing(departure: Departure) -> Iterator[None]:
    """Follow the request that is sent in this block."""
    token = _departure.set(departure)
    try:
        yield
    finally:
        _departure.reset(token)


def current_departure() -> Departure:
    """Return the request on its way out, for an adapter that follows it as ours does."""
    return _departure.get()


def open_session() -> requests.Session:
    """Open a session for `finance_hooks.transport.send`, the only one that can use it."""
    session = requests.Session()
    session.auth = _leave_headers_alone
    adapter = _FollowingAdapter()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _hide_secrets(line: logging.LogRecord) -> bool:
    """Take secrets out of the addresses that urllib3 writes down at level DEBUG."""
    if isinstance(line.args, tuple):
        line.args = tuple(
            redact_url(part) if isinstance(part, str) and "?" in part else part for part in line.args
        )
    return True


logging.getLogger("urllib3.connectionpool").addFilter(_hide_secrets)


def _leave_headers_alone(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without any auth requests looks into ~/.netrc and replaces the Authorization header by what it finds.
    return request


class _FollowedConnection(HTTPConnection):
    """Ask for the deadline between opening the connection and writing the first byte."""

    _answered_at_s: float = 0

    def endheaders(
        self,
        message_body: Any = None,  # noqa: ANN401 - as inherited
        *,
        encode_chunked: bool = False,
    ) -> None:
        departure = _departure.get()
        if self.sock is None:
            self.connect()
        refusal = departure.why_not()
        if refusal:
            raise HeldBackError(refusal)
        departure.left = True
        super().endheaders(message_body, encode_chunked=encode_chunked)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as in urllib3
        response = super().getresponse()
        self._answered_at_s = _departure.get().clock.boot_s()
        return response

    @property
    def is_connected(self) -> bool:
        idle_s = _departure.get().clock.boot_s() - self._answered_at_s
        return idle_s < IDLE_S and super().is_connected


class _FollowedSecureConnection(_FollowedConnection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _FollowedConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _FollowedSecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class _FollowingAdapter(HTTPAdapter):
    """Send without retries over followed connections, also through a proxy."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **settings: Any) -> ProxyManager:  # noqa: ANN401 - as inherited
        pools: ProxyManager = super().proxy_manager_for(proxy, **settings)
        pools.pool_classes_by_scheme = _POOLS
        return pools

    def send(
        self,
        request: requests.PreparedRequest,
        *args: Any,  # noqa: ANN401 - as inherited
        **settings: Any,  # noqa: ANN401 - as inherited
    ) -> requests.Response:
        _departure.get().left = False
        return super().send(request, *args, **settings)
