"""Send one request once and say how that ended; nothing else in the project sends.

The line between *never sent* and *perhaps processed* is drawn here: only what provably did not leave this
machine counts as never sent. There are no retries and no redirects.
"""

from dataclasses import dataclass, field, replace
from http.client import HTTPException

import requests
from urllib3.exceptions import ConnectTimeoutError, HTTPError, ReadTimeoutError

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from finance_hooks.transport.clock import Clock
from finance_hooks.transport.deadline import Deadline, NoDeadline
from finance_hooks.transport.echoes import without_echoes
from finance_hooks.transport.guard import Guard, Installation, guard_connection
from finance_hooks.transport.redaction import redact_url
from finance_hooks.transport.session import Departure, departing

CONNECT_TIMEOUT_S = 10
BODY_LIMIT_BYTES = 64 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
LATE_S = 5
"""How long a late answer is read on: when it is this process that was frozen, all of it has arrived."""
LOSSES = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError)
"""What the libraries raise when an answer does not come, or not whole."""


class _AnswerTooLateError(HTTPError):
    """The answer took longer than allowed."""


class _AnswerTooLargeError(HTTPError):
    """The answer was larger than allowed."""


TOO_LATE = (_AnswerTooLateError, requests.ReadTimeout, ReadTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """Send requests through one session, within a deadline, past a guard.

    `session` comes from `finance_hooks.transport.session.open_session`. `secrets` are those that no name
    gives away: where an answer that is no success repeats them, they are hidden like the others.
    """

    session: requests.Session
    clock: Clock
    deadline: Deadline = field(default_factory=NoDeadline)
    guard: Guard = field(default_factory=Guard)
    installation: Installation = field(default_factory=Installation)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def for_connection(
        self, *, conn_id: str, environment: str | None, base_url: str, production_hosts: tuple[str, ...]
    ) -> "Transport":
        """Return a transport for the host of one connection; ConfigurationError when it may not be used here.

        `production_hosts` are patterns of host names, empty when the system has no known ones.
        """
        guard = guard_connection(
            self.installation,
            conn_id=conn_id,
            environment=environment,
            base_url=base_url,
            production_hosts=production_hosts,
        )
        return replace(self, guard=guard)

    def send(
        self,
        request: requests.Request,
        *,
        changes_books: bool,
        timeout_s: float,
        body_limit_bytes: int = BODY_LIMIT_BYTES,
    ) -> Sending:
        """Send a request once; any answer that arrives whole is an `Answer`, also a 3xx, 4xx or 5xx.

        Waits at most `timeout_s` for the answer as a whole, counted from the sending of the request, and
        CONNECT_TIMEOUT_S for the connection; of a late answer, what comes within LATE_S is still read. A
        request that cannot be written at all (its address or a header is malformed) raises
        ConfigurationError.
        """
        prepared = self._prepare(request)
        what = f"{prepared.method} {redact_url(prepared.url or '')}"
        refusal = self.guard.why_not(prepared.url or "", changes_books=changes_books)
        refusal = refusal or self.deadline.why_not(timeout_s)
        if refusal:
            return NeverSent(why=f"{what}: {refusal}")
        departure = Departure(clock=self.clock, why_not=lambda: self.deadline.why_not(timeout_s))
        try:
            with departing(departure):
                return self._exchange(prepared, timeout_s, body_limit_bytes)
        except LOSSES as error:
            why = f"{what}: {_describe(error)}"
            if not _never_left(departure, error):
                return PerhapsProcessed(
                    why=why,
                    too_large=isinstance(error, _AnswerTooLargeError),
                    too_late=isinstance(error, TOO_LATE),
                )
            if isinstance(error, ValueError):
                raise _unwritable(why) from None
            return NeverSent(why=why)

    def read(
        self, request: requests.Request, *, timeout_s: float, body_limit_bytes: int = BODY_LIMIT_BYTES
    ) -> Answer:
        """Send a request that changes nothing and return its answer; TemporaryFailure when none comes."""
        sending = self.send(
            request, changes_books=False, timeout_s=timeout_s, body_limit_bytes=body_limit_bytes
        )
        if isinstance(sending, Answer):
            return sending
        raise TemporaryFailure(sending.why)

    def _prepare(self, request: requests.Request) -> requests.PreparedRequest:
        try:
            return self.session.prepare_request(request)
        except ValueError as error:
            why = f"{request.method} {redact_url(str(request.url))}: {_describe(error)}"
            raise _unwritable(why) from None

    def _exchange(
        self, prepared: requests.PreparedRequest, timeout_s: float, body_limit_bytes: int
    ) -> Answer:
        url = prepared.url or ""
        settings = self.session.merge_environment_settings(
            url, proxies={}, stream=True, verify=None, cert=None
        )
        cut_at_s = self.clock.boot_s() + CONNECT_TIMEOUT_S + timeout_s
        with self.session.send(
            prepared,
            timeout=(min(CONNECT_TIMEOUT_S, timeout_s), timeout_s),
            allow_redirects=False,
            **settings,
        ) as response:
            body = self._read_whole(response, cut_at_s, timeout_s, body_limit_bytes)
            named = () if response.ok else self.secrets
            said = without_echoes(body, prepared, named)
            return Answer(status=response.status_code, headers=response.headers, body=said, url=url)

    def _read_whole(
        self, response: requests.Response, cut_at_s: float, timeout_s: float, body_limit_bytes: int
    ) -> bytes:
        body = bytearray()
        may_be_late = True
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > body_limit_bytes:
                raise _AnswerTooLargeError(f"the answer is larger than {body_limit_bytes} bytes")
            now_s = self.clock.boot_s()
            if now_s > cut_at_s and not may_be_late:
                raise _AnswerTooLateError(f"the answer was not complete after {timeout_s} s")
            if now_s > cut_at_s:
                cut_at_s, may_be_late = now_s + LATE_S, False
        return bytes(body)


def _unwritable(why: str) -> ConfigurationError:
    """Say that a request is malformed; raised `from None`, since the cause quotes its address and headers."""
    return ConfigurationError(f"{why}; the address or a header cannot be written, correct the connection")


def _never_left(departure: Departure, error: Exception) -> bool:
    return not departure.left or isinstance(_innermost(error), ConnectTimeoutError)


def _innermost(error: BaseException) -> BaseException:
    """Unpack urllib3's error from requests' and from urllib3's own wrappers."""
    inner = getattr(error, "reason", None) or (error.args[0] if error.args else None)
    return _innermost(inner) if isinstance(inner, BaseException) and inner is not error else error


def _describe(error: Exception) -> str:
    """Name the errors, without their texts: those quote addresses with everything in them."""
    if isinstance(error, HTTPError) and error.args and type(error).__module__.startswith("finance_hooks"):
        return str(error)
    outer, inner = type(error).__name__, type(_innermost(error)).__name__
    return outer if outer == inner else f"{outer} ({inner})"
