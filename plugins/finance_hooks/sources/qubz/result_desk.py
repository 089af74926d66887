"""Tell 21QUBZ what became of its documents, in the way the connection names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import requests

from finance_hooks.model.document import DocumentType
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.export_result import Acceptance, ExportResult
from finance_hooks.sources.qubz.answers import check_status
from finance_hooks.sources.qubz.canonical import EXPORT_RESULTS
from finance_hooks.sources.qubz.connection import QubzConnection
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.queries import KIND_RESOURCES, document_url, rest_url
from finance_hooks.sources.qubz.results import (
    Members,
    own_members,
    read_acceptances,
    read_patched,
    write_batch,
    write_patch,
)
from finance_hooks.sources.qubz.service import request_headers
from finance_hooks.sources.qubz.settings import WriteBack
from finance_hooks.transport.answer import Answer, NeverSent
from finance_hooks.transport.send import Transport

BATCH_SIZE = 100
TELL_AGAIN_S = 60


@dataclass(frozen=True)
class ResultDesk:
    """Tell results; one whose answer is lost may be told again, since the source knows it by its key."""

    connection: QubzConnection
    contract: SourceContract
    transport: Transport

    @property
    def batch_size(self) -> int:
        """How many results go into one request."""
        return BATCH_SIZE if self.connection.settings.write_back is WriteBack.BATCH else 1

    @property
    def request_timeout_s(self) -> int:
        """How long one request may take."""
        return self.connection.settings.timeout_s

    def tell(self, results: Sequence[ExportResult]) -> list[Acceptance | None]:
        """Tell results of one request; what the source says of each, `None` where it says nothing.

        Raises ConfigurationError where the source knows no such way of being told, TemporaryFailure where it
        cannot be reached.
        """
        if self.connection.settings.write_back is WriteBack.BATCH:
            return self._post(results)
        return [self._patch(result) for result in results]

    def _post(self, results: Sequence[ExportResult]) -> list[Acceptance | None]:
        url = rest_url(self.connection.base_url, EXPORT_RESULTS, self.connection.settings)
        answer = self._send("POST", url, write_batch(results, self._members))
        check_status(answer, self.connection.settings, self.connection.secrets)
        return read_acceptances(answer, results, self._members, self.connection.secrets)

    def _patch(self, result: ExportResult) -> Acceptance | None:
        connection = self.connection
        resource = KIND_RESOURCES[DocumentType(result.key.document_type).kind]
        url = document_url(connection.base_url, resource, result.key.source_document_id, connection.settings)
        answer = self._send("PATCH", url, write_patch(result, self._members))
        acceptance = read_patched(answer, connection.secrets)
        if acceptance is None:
            check_status(answer, connection.settings, connection.secrets)
        return acceptance

    def _send(self, method: str, url: str, body: bytes) -> Answer:
        headers = request_headers(self.connection) | {"Content-Type": "application/json"}
        request = requests.Request(method, url, data=body, headers=headers)
        sending = self.transport.send(request, changes_books=True, timeout_s=self.request_timeout_s)
        if isinstance(sending, Answer):
            return sending
        wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
        raise TemporaryFailure(sending.why, retry_after_s=wait_s or TELL_AGAIN_S)

    @cached_property
    def _members(self) -> Members:
        return own_members(self.contract.tables)
