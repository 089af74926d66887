"""Read master data, documents and their files from 21QUBZ over HTTP, and tell it what became of them."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.masters import Masters, Organisation
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.connection import QubzConnection, read_connection
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.fields import FOLDER, read_field_tables
from finance_hooks.sources.qubz.file_shelf import FileShelf
from finance_hooks.sources.qubz.glance import answers, text_of
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.masters import MasterRows, parse_masters, parse_organisation
from finance_hooks.sources.qubz.paging import Row, Seen
from finance_hooks.sources.qubz.parse import ParsedDocument, parse_document
from finance_hooks.sources.qubz.queries import Question, questions_of, resources_of
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.result_desk import ResultDesk
from finance_hooks.sources.qubz.service import Service
from finance_hooks.sources.qubz.settings import WriteBack
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.connection_parts import parts_of
from finance_hooks.transport.guard import Environment, Installation
from finance_hooks.transport.opening import STORE_ID, open_transport
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from finance_hooks.transport.verdict import say_fault

MASTERS = ("relations", "vatcodes", "paymentterms")
UNEXPECTED = (KeyError, ArithmeticError, TypeError, ValueError)
"""What reading rows of another shape than 21QUBZ's raises."""


class QubzHook(BaseHook):
    """Ask one 21QUBZ installation for its organisations, their master data and their documents."""

    conn_name_attr = "qubz_conn_id"
    default_conn_name = "qubz_default"
    conn_type = "finance_qubz"
    hook_name = "21QUBZ"

    def __init__(
        self,
        qubz_conn_id: str = default_conn_name,
        *,
        transport: Transport | None = None,
        folder: Path = FOLDER,
    ) -> None:
        """Choose the connection, the way out, and the folder of fields.csv and enums.csv."""
        super().__init__()
        self._conn_id = qubz_conn_id
        self._given_transport = transport
        self._folder = folder

    @cached_property
    def connection(self) -> QubzConnection:
        """Read the connection; ConfigurationError names every fault of it."""
        try:
            kept = self.get_connection(self._conn_id)
        except AirflowNotFoundException as error:
            raise ConfigurationError(f"There is no connection {self._conn_id}.") from error
        return read_connection(parts_of(self._conn_id, kept))

    @cached_property
    def contract(self) -> SourceContract:
        """Say how rows of this source are read; what `parse_document` needs."""
        settings = self.connection.settings
        return SourceContract(
            source_id=settings.source_id,
            tables=read_field_tables(self._folder),
            date_mode=settings.date_mode,
            credit_sign=settings.credit_sign,
        )

    def test_connection(self) -> tuple[bool, str]:
        """Read the organisations and a little of everything else; say what there is, or what to do."""
        try:
            return self._try_reading()
        except (ConfigurationError, TemporaryFailure) as error:
            return False, say_fault(error, self._conn_id)
        except UNEXPECTED as error:
            return False, f"What 21QUBZ answers is not as expected: {error!r}"

    def read_organisations(self) -> list[Organisation]:
        """Read all organisations; ConfigurationError when one of them cannot be booked for."""
        rows = self._rows(Question(resource="organisations"))
        return [parse_organisation(row, self.contract) for row in rows]

    def read_masters(self, organisation: str) -> Masters:
        """Read one organisation and everything its documents refer to."""
        question = Question(resource="organisations")
        rows = {text_of(row, "organisations", "code", self.contract): row for row in self._rows(question)}
        if organisation not in rows:
            known = ", ".join(sorted(code for code in rows if code))
            raise ConfigurationError(
                f"organisation {organisation} is not in 21QUBZ; there are: {known or 'none'}"
            )
        relations, vat_codes, payment_terms = (
            self._rows(Question(resource=resource, organisation=organisation)) for resource in MASTERS
        )
        return parse_masters(
            parse_organisation(rows[organisation], self.contract),
            MasterRows(relations=relations, vat_codes=vat_codes, payment_terms=payment_terms),
            self.contract,
        )

    def read_documents(
        self, organisation: str, selection: Selection, *, resources: Collection[str] | None = None
    ) -> Iterator[ReceivedDocument]:
        """Read what changed and what is dated as selected, as one stream, each version of a document once.

        A document comes again only when a later page shows a version that changed later still. Rows of
        other organisations, and days around the selected ones, are left out.
        """
        for resource in resources or resources_of(selection, self.connection.settings):
            seen = Seen()
            for question in questions_of(selection, resource, organisation):
                for row in self._service.read(question, seen):
                    if answers(row.content, question, self.contract):
                        yield _received(row, question)

    def parse(self, received: ReceivedDocument, masters: Masters) -> ParsedDocument:
        """Read one received row as this source writes it; never raises."""
        return parse_document(received, contract=self.contract, masters=masters)

    @cached_property
    def files(self) -> FileShelf:
        """Return where the files of documents are."""
        return FileShelf(connection=self.connection, transport=self._transport)

    @cached_property
    def results(self) -> ResultDesk | None:
        """Return who takes export results, `None` where the connection says that nobody does."""
        if self.connection.settings.write_back is WriteBack.NONE:
            return None
        return ResultDesk(connection=self.connection, contract=self.contract, transport=self._transport)

    @property
    def source_id(self) -> str:
        """The part of every document key that names this source."""
        return self.connection.settings.source_id

    def _try_reading(self) -> tuple[bool, str]:
        base_url = self.connection.base_url
        organisations = self.read_organisations()
        if not organisations:
            return False, f"21QUBZ at {base_url} answers, but shows this user no organisation; give it one."
        first = organisations[0].code
        documents = self.connection.settings.document_resources
        for resource in (*MASTERS, *documents):
            # What changed since this moment is next to nothing, and asking for it shows that one may.
            since = self._transport.clock.now() if resource in documents else None
            asked = Question(resource=resource, organisation=first, changed_since=since)
            next(self._service.read(asked, Seen()), None)
        names = ", ".join(f"{organisation.code} {organisation.name}" for organisation in organisations)
        return True, (
            f"21QUBZ at {base_url} answers; organisations: {names}. "
            f"Read for {first}: {', '.join((*MASTERS, *documents))}."
        )

    def _rows(self, question: Question) -> Iterator[dict[str, object]]:
        """Read master data; what is no row at all is a fault of the service."""
        for row in self._service.read(question, Seen()):
            if not isinstance(row.content, dict):
                raise ConfigurationError(f"21QUBZ sent a row of {question.resource} that is no object")
            yield row.content

    @cached_property
    def _service(self) -> Service:
        return Service(connection=self.connection, contract=self.contract, transport=self._transport)

    @cached_property
    def _transport(self) -> Transport:
        """Go out as this connection may."""
        connection = self.connection
        transport = self._given_transport or self._open_transport(connection.settings.environment)
        guarded = transport.for_connection(
            conn_id=self._conn_id,
            environment=connection.settings.environment,
            base_url=connection.base_url,
            production_hosts=(),
        )
        return replace(guarded, secrets=connection.secrets)

    def _open_transport(self, environment: str) -> Transport:
        """Open the way out; where no store says what the installation is for, this connection does."""
        try:
            return open_transport(self.get_connection(STORE_ID))
        except AirflowNotFoundException:
            return Transport(
                session=open_session(),
                clock=SystemClock(),
                installation=Installation(environment=Environment(environment), sends=False),
            )


def _received(row: Row, question: Question) -> ReceivedDocument:
    return ReceivedDocument(
        resource=question.resource,
        organisation=question.organisation or "",
        source_document_id=row.key,
        body=write_json(row.content),
        changed_at=row.changed_at,
    )
