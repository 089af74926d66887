"""The parsers of what 21QUBZ sends, as the hook calls them."""

import json
from collections.abc import Callable
from datetime import date

from finance_hooks.model.document import Document
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.sources.qubz.answers import check_status, error_text, read_page
from finance_hooks.sources.qubz.canonical import DOCUMENT_RESOURCES
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.fields import read_field_tables
from finance_hooks.sources.qubz.glance import answers, as_row
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.masters import MasterRows, parse_masters, parse_organisation
from finance_hooks.sources.qubz.parse import ParsedDocument, parse_document
from finance_hooks.sources.qubz.queries import Question
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.results import own_members, read_acceptances, read_patched
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.sources.qubz.settings import QubzSettings
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.json_text import read_json
from tests.hostile.parser import Parser
from tests.sources.qubz.examples import RESOURCES, SAMPLES, masters_of, rows

CONTRACT = SourceContract(source_id="qubz", tables=read_field_tables())
SETTINGS = QubzSettings(source_id="qubz", environment="test")
MASTERS = masters_of(CONTRACT, "100")
RAISED = (ConfigurationError, TemporaryFailure)
DOCUMENTS = {
    path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("*.json")) if path.stem[1:].isdecimal()
}


def answer(body: bytes, status: int = 200) -> Answer:
    return Answer(status=status, headers={}, body=body, url="https://qubz.example/rest/x")


def as_received(body: bytes, resource: str) -> ReceivedDocument:
    return ReceivedDocument(
        resource=resource, organisation="100", source_document_id="1", body=body, changed_at=None
    )


def parse_body(body: bytes, resource: str) -> ParsedDocument:
    return parse_document(as_received(body, resource), contract=CONTRACT, masters=MASTERS)


def _page(content: bytes) -> object:
    """Go the way of a page: rows by key, each kept as it came and read as a document."""
    question = Question(
        resource="salesinvoices",
        organisation="100",
        dated_from=date(2026, 10, 1),
        dated_until=date(2026, 10, 31),
    )
    page = read_page(answer(content), "salesinvoices", SETTINGS)
    kept = []
    for part in page.rows:
        row = as_row(part, "salesinvoices", CONTRACT)
        answers(part, question, CONTRACT)
        kept.append((row.key, parse_body(write_json(part), "salesinvoices").reasons))
    return kept


def _document(resource: str) -> Callable[[bytes], object]:
    def parse(content: bytes) -> object:
        parsed = parse_body(content, resource)
        if isinstance(parsed.document, Document):
            return parsed, check_document(parsed.document, MASTERS).reasons
        if not parsed.reasons:
            raise AssertionError("neither a document nor a reason")
        return parsed

    return parse


def _masters(content: bytes) -> object:
    found = read_json(content)
    given = found if isinstance(found, list) else [found]
    objects = [row for row in given if isinstance(row, dict)]
    return parse_masters(
        MASTERS.organisation,
        MasterRows(relations=objects, vat_codes=objects, payment_terms=objects),
        CONTRACT,
    )


def _organisation(content: bytes) -> object:
    found = read_json(content)
    return parse_organisation(found if isinstance(found, dict) else {}, CONTRACT)


def _error(content: bytes) -> object:
    check_status(
        Answer(status=503, headers={"Retry-After": content.decode("latin-1")}, body=content, url="https://x"),
        SETTINGS,
    )
    return None


def _results(content: bytes) -> object:
    members = own_members(CONTRACT.tables)
    return (
        error_text(content),
        read_patched(answer(content, 422)),
        read_acceptances(answer(content), [], members),
    )


def _list_of(name: str) -> bytes:
    return write_json(rows(name))


PAGES = tuple(
    json.dumps(shape).encode()
    for row in [json.loads(DOCUMENTS["s1"])]
    for shape in ([row], {"Items": [row], "TotalCount": 1}, {"value": [row], "@odata.nextLink": "x?$skip=1"})
)
PARSERS = (
    Parser(name="qubz-page", parse=_page, samples=PAGES, promised=RAISED),
    *(
        Parser(
            name=f"qubz-{resource}",
            parse=_document(resource),
            samples=tuple(body for name, body in DOCUMENTS.items() if RESOURCES[name[0]] == resource),
        )
        for resource in DOCUMENT_RESOURCES
    ),
    Parser(
        name="qubz-masters",
        parse=_masters,
        samples=tuple(_list_of(name) for name in ("relations", "vatcodes", "paymentterms")),
        promised=(ValueError,),
    ),
    Parser(
        name="qubz-organisation",
        parse=_organisation,
        samples=tuple(write_json(row) for row in rows("organisations")),
        promised=(ValueError, ConfigurationError),
    ),
    Parser(
        name="qubz-error",
        parse=_error,
        samples=(b'{"error":{"code":"E1","message":"no such thing"}}', b"120"),
        promised=(TemporaryFailure,),
    ),
    Parser(
        name="qubz-results",
        parse=_results,
        samples=(b'{"results":[{"IdempotencyKey":"100:S:1:1","Accepted":false,"Message":"no"}]}',),
        promised=RAISED,
    ),
)
