"""Put questions to the service and read its answers page by page."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import requests

from finance_hooks.sources.qubz.answers import Page, check_status, read_page
from finance_hooks.sources.qubz.connection import QubzConnection
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.glance import as_row
from finance_hooks.sources.qubz.paging import PageRequest, Row, Seen, read_pages
from finance_hooks.sources.qubz.queries import Question, collection_url, page_url, parameters
from finance_hooks.sources.qubz.settings import Auth
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.send import Transport

SERVER_ERROR = 500
SERVER_ERROR_PAUSES_S = (2, 5)
"""Mendix answers 500 to any unhandled exception, so that asking twice more may help, and no more often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The finance export of one connection."""

    connection: QubzConnection
    contract: SourceContract
    transport: Transport

    def read(self, question: Question, seen: Seen) -> Iterator[Row]:
        """Read all that answers a question, in pages; `seen` holds what was passed on before."""
        settings = self.connection.settings
        return read_pages(
            partial(self._page, question),
            partial(as_row, resource=question.resource, contract=self.contract),
            page_size=settings.page_size,
            page_overlap=settings.page_overlap,
            seen=seen,
        )

    def _page(self, question: Question, request: PageRequest) -> Page:
        connection = self.connection
        rules = self.contract.tables.fields[question.resource]
        url = collection_url(connection.base_url, question.resource, connection.settings)
        asked = requests.Request(
            "GET",
            page_url(url, request),
            params=parameters(question, request, rules, connection.settings),
            headers=request_headers(connection),
        )
        answer = self._ask(asked)
        check_status(answer, connection.settings, connection.secrets)
        return read_page(answer, question.resource, connection.settings)

    def _ask(self, request: requests.Request) -> Answer:
        timeout_s = self.connection.settings.timeout_s
        answer = self.transport.read(request, timeout_s=timeout_s)
        for pause_s in SERVER_ERROR_PAUSES_S:
            if answer.status != SERVER_ERROR:
                break
            self.transport.clock.sleep(pause_s)
            answer = self.transport.read(request, timeout_s=timeout_s)
        return answer


def request_headers(connection: QubzConnection) -> dict[str, str]:
    """Say in the headers of a request who we are."""
    settings = connection.settings
    headers = {"Accept": "application/json", **settings.headers}
    if settings.auth is Auth.HEADER:
        return headers | {settings.header_name: settings.api_key}
    pair = f"{connection.login}:{connection.password}".encode()
    return headers | {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
