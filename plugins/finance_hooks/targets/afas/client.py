"""Make AFAS's calls one after the other: authorisation, language, pages.

AFAS Developer documentation, "GetConnector", "UpdateConnector", "Authentication", "IntegrationId".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.afas.app_tokens import AppTokens
from finance_hooks.targets.afas.connection import APP_TOKEN, AfasConnection
from finance_hooks.targets.afas.credentials import make_clients
from finance_hooks.targets.afas.payload import UPDATE_CONNECTOR
from finance_hooks.targets.afas.refusals import Sort, sort_message
from finance_hooks.targets.afas.responses import describe_answer, paused_for_s
from finance_hooks.targets.afas.settings import LANGUAGE, QUERY_LENGTH, ROWS_AND_COLUMNS, SETTINGS
from finance_hooks.targets.afas.wire import (
    Condition,
    Page,
    Row,
    read_json,
    read_message,
    read_page,
    write_filter,
)
from finance_hooks.transport.answer import Answer, NeverSent, Sending
from finance_hooks.transport.client_credentials import ClientCredentials
from finance_hooks.transport.send import Transport

BEARER = "Bearer "
UNAUTHORISED = 401
SERVER_ERROR = 500
READ_AGAIN_S = 60
LEAST_TAKE = 100
"""AFAS: rows of a page when nothing is asked; no server gives fewer while there are more."""
OVERLAP = 20
"""Rows of a page that are asked for again with the next."""
SHUT_WORDS = ("geblokkeerd", "blocked", "niet gevonden", "not found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Talk to one environment as the user of one app connector.

    `authorization` gives the header; told which one AFAS refused, it gives another or raises.
    """

    transport: Transport
    base_url: str
    authorization: Callable[[str | None], str]
    integration_id: str | None = None

    def read_rows(
        self, connector: str, *, order: str, columns: int, alternatives: Sequence[Sequence[Condition]] = ()
    ) -> Iterator[Row]:
        """Read all rows that meet one of the alternatives, in order, page by page.

        Raises TemporaryFailure where the answer does not come or holds no rows, ConfigurationError where AFAS
        refuses to give them.
        """
        take = ROWS_AND_COLUMNS // columns
        for filtered in self._filters(alternatives, order, take):
            yield from self._read_pages(connector, {"filterjson": filtered, "orderbyfieldids": order}, take)

    def read_first(self, connector: str, *, order: str, conditions: Sequence[Condition] = ()) -> list[Row]:
        """Read the first row there is, to see whether and how a connector answers."""
        filtered = write_filter([conditions]) if conditions else None
        query = _query({"filterjson": filtered, "orderbyfieldids": order}, 0, 1)
        return list(self._read_page(connector, query).rows)

    def read_json(self, path: str) -> Any:  # noqa: ANN401 - whatever AFAS answers
        """Read what is no list of rows; raises as `read_rows` does."""
        answer = self._read(path)
        try:
            return read_json(answer.body)
        except ValueError as error:
            raise TemporaryFailure(f"{path}: {error}", retry_after_s=READ_AGAIN_S) from error

    def post(self, body: str, connector: str = UPDATE_CONNECTOR) -> Sending:
        """Post one body once; only an answer 401, which means that nothing was done, is tried again."""
        return self.write("POST", connector, body)

    def write(self, method: str, connector: str, body: str) -> Sending:
        """Give an UpdateConnector one body once; tried again as `post` says."""
        request = requests.Request(
            method,
            f"{self.base_url}/connectors/{connector}",
            data=body.encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        return self._call(request, changes_books=True)

    def _filters(
        self, alternatives: Sequence[Sequence[Condition]], order: str, take: int
    ) -> Iterator[str | None]:
        """Divide alternatives over calls, as many in each as AFAS's length of an address allows."""
        if not alternatives:
            yield None
            return
        room: list[Sequence[Condition]] = []
        for alternative in alternatives:
            wider = [*room, alternative]
            query = _query({"filterjson": write_filter(wider), "orderbyfieldids": order}, 10**6, take)
            if room and len(query) + 1 > QUERY_LENGTH:
                yield write_filter(room)
                wider = [alternative]
            room = wider
        yield write_filter(room)

    def _read_pages(self, connector: str, options: Mapping[str, str | None], take: int) -> Iterator[Row]:
        """Read page after page; each begins with the end of the one before, so that a gap is noticed.

        AFAS gives no total and no cursor: rows that somebody deletes meanwhile push others out of sight, and
        a server that gives fewer rows than it was asked for must not hide the rest.
        """
        skip, last = 0, None
        while True:
            rows = self._read_page(connector, _query(options, skip, take)).rows
            fresh = rows if last is None else _after(last, rows, connector)
            yield from fresh
            if not fresh or len(rows) < min(take, LEAST_TAKE):
                return
            skip, last = skip + len(rows) - OVERLAP, rows[-1]

    def _read_page(self, connector: str, query: str) -> Page:
        answer = self._read(f"connectors/{connector}?{query}")
        try:
            return read_page(answer.body)
        except ValueError as error:
            # AFAS: what stands before it answers with pages for people.
            raise TemporaryFailure(f"{connector}: {error}", retry_after_s=READ_AGAIN_S) from error

    def _read(self, path: str) -> Answer:
        sending = self._call(requests.Request("GET", f"{self.base_url}/{path}"), changes_books=False)
        if not isinstance(sending, Answer):
            wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
            raise TemporaryFailure(sending.why, retry_after_s=wait_s or READ_AGAIN_S)
        _raise_for_refusal(sending, path.partition("?")[0])
        return sending

    def _call(self, request: requests.Request, *, changes_books: bool) -> Sending:
        try:
            header = self.authorization(None)
        except TemporaryFailure as failure:
            return NeverSent(why=str(failure), retry_after_s=failure.retry_after_s)
        sending = self._send(request, header, changes_books=changes_books)
        if not isinstance(sending, Answer) or sending.status != UNAUTHORISED:
            return sending
        try:
            newer = self.authorization(header)
        except TemporaryFailure as failure:
            return NeverSent(why=str(failure), retry_after_s=failure.retry_after_s)
        except ConfigurationError:
            if not changes_books:
                raise
            return sending
        return self._send(request, newer, changes_books=changes_books)

    def _send(self, request: requests.Request, header: str, *, changes_books: bool) -> Sending:
        request.headers |= {
            "Accept": "application/json",
            "Accept-Language": LANGUAGE,
            "Authorization": header,
        }
        if self.integration_id:
            request.headers["IntegrationId"] = self.integration_id
        return self.transport.send(request, changes_books=changes_books, timeout_s=SETTINGS.request_timeout_s)


def make_authorization(connection: AfasConnection, transport: Transport) -> Callable[[str | None], str]:
    """Return what gives the Authorization header and, told that it was refused, another."""
    if connection.auth == APP_TOKEN:
        return AppTokens(connection.secrets).authorization
    credentials = ClientCredentials(make_clients(connection), transport)

    def authorization(refused: str | None) -> str:
        token = refused.removeprefix(BEARER) if refused else None
        return BEARER + credentials.access_token(refused=token)

    return authorization


def _after(last: Row, rows: Sequence[Row], connector: str) -> Sequence[Row]:
    if last not in rows:
        raise TemporaryFailure(f"{connector}: rows moved while they were read", retry_after_s=READ_AGAIN_S)
    return rows[rows.index(last) + 1 :]


def _query(options: Mapping[str, str | None], skip: int, take: int) -> str:
    given = {name: text for name, text in options.items() if text} | {"skip": str(skip), "take": str(take)}
    return "&".join(f"{name}={quote(text, safe=',-')}" for name, text in given.items())


def _raise_for_refusal(answer: Answer, what: str) -> None:
    if 200 <= answer.status < 300:
        return
    said = f"{what}: {describe_answer(answer)}"
    wait_s = paused_for_s(answer)
    if wait_s is not None:
        raise TemporaryFailure(said, retry_after_s=wait_s)
    if answer.status == SERVER_ERROR and _is_shut(answer):
        raise ConfigurationError(f"{said}; add the connector to the app connector, or have it released")
    if 400 <= answer.status < SERVER_ERROR and answer.status != 408:
        raise ConfigurationError(f"{said}; check address, token and rights of the connection")
    raise TemporaryFailure(said, retry_after_s=READ_AGAIN_S)


def _is_shut(answer: Answer) -> bool:
    message = read_message(answer.body)
    if message is None:
        return False
    words = message.text.lower()
    return sort_message(message) is Sort.CLOSED_TO_US or any(word in words for word in SHUT_WORDS)
