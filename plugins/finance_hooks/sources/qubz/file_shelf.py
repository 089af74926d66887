"""Fetch the PDF of a document from 21QUBZ: whole, or not at all."""

from dataclasses import dataclass
from urllib.parse import quote

import requests

from finance_hooks.model.attachment import NoFile, TooLarge
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.sources.qubz.answers import check_status
from finance_hooks.sources.qubz.connection import QubzConnection
from finance_hooks.sources.qubz.queries import rest_url
from finance_hooks.sources.qubz.service import request_headers
from finance_hooks.transport.answer import Answer, PerhapsProcessed
from finance_hooks.transport.send import Transport

WITH_FILES = "salesinvoices"
NOT_FOUND = 404
ASK_AGAIN_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShelf:
    """Fetch files, each held in memory as a whole and never longer than asked for."""

    connection: QubzConnection
    transport: Transport

    def read(self, source_document_id: str, *, bytes_max: int) -> bytes | NoFile | TooLarge:
        """Fetch the PDF of a sales document; raises where the source does not answer as it should.

        21QUBZ has files for sales documents only. A document that was read and has no file answers 404.
        """
        collection = rest_url(self.connection.base_url, WITH_FILES, self.connection.settings)
        request = requests.Request(
            "GET",
            f"{collection}/{quote(source_document_id, safe='')}/pdf",
            headers=request_headers(self.connection) | {"Accept": "application/pdf"},
        )
        sending = self.transport.send(
            request,
            changes_books=False,
            timeout_s=self.connection.settings.timeout_s,
            body_limit_bytes=bytes_max,
        )
        if isinstance(sending, PerhapsProcessed) and sending.too_large:
            return TooLarge()
        if not isinstance(sending, Answer):
            raise TemporaryFailure(sending.why, retry_after_s=ASK_AGAIN_S)
        if sending.status == NOT_FOUND:
            return NoFile()
        check_status(sending, self.connection.settings, self.connection.secrets)
        return sending.body
