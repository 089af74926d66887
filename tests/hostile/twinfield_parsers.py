"""The parsers of what Twinfield answers, as its hook calls them, and of what gives tokens."""

from collections.abc import Callable

from lxml import etree

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.party import Role
from finance_hooks.targets.twinfield.chart import read_dimensions, read_offices, read_vat_code
from finance_hooks.targets.twinfield.cluster import read_claims
from finance_hooks.targets.twinfield.parties import read_relations
from finance_hooks.targets.twinfield.periods import read_periods, read_years
from finance_hooks.targets.twinfield.questions import read_found
from finance_hooks.targets.twinfield.readback import RowsRead, read_bookings
from finance_hooks.targets.twinfield.responses import read_responses
from finance_hooks.targets.twinfield.wire import (
    SOAP,
    TWINFIELD,
    UNEXPECTED,
    read_body,
    read_document,
    read_document_by_parts,
)
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.oauth import describe_refusal, oauth_error, read_tokens
from tests.hostile.json_target_parsers import NOW, answers
from tests.hostile.parser import Parser, all_of
from tests.targets.twinfield.answers import answering, batch, booked, faulting, refused
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import SAMPLES
from tests.targets.twinfield.test_browse import answered
from tests.targets.twinfield.test_chart import vat
from tests.targets.twinfield.test_cluster import CONNECTION, claims
from tests.targets.twinfield.test_readback import SALE
from tests.transport.test_oauth import CLIENT

S1, CHART = SAMPLES["S1"], make_chart()
RELATIONS = (
    "<dimensions><dimension status='active'><code>D1</code><name>Oud</name><vatnumber>NL1</vatnumber>"
    "<addresses><address><country>NL</country></address></addresses></dimension></dimensions>"
)
LISTED = (
    "<dimensions><dimension name='Klant' shortname=''>D10045</dimension><dimension>DEB</dimension>"
    "</dimensions>"
)
FOUND = (
    "<SearchResponse xmlns='http://www.twinfield.com/'><SearchResult/><data><TotalRows>2</TotalRows>"
    "<Columns><string>Code</string></Columns><Items><ArrayOfString><string>VRK</string>"
    "<string>Verkoop</string></ArrayOfString></Items></data></SearchResponse>"
)
PERIODS = (
    "<QueryResult xmlns='x'><Years><int>2026</int></Years><Period><EndDate>2026-01-31T00:00:00</EndDate>"
    "<Number>1</Number><Open>true</Open></Period></QueryResult>"
)


def enveloped(inner: str) -> bytes:
    return f"<s:Envelope xmlns:s='{SOAP}'><s:Body>{inner}</s:Body></s:Envelope>".encode()


def document(inner: str) -> bytes:
    return enveloped(
        f"<ProcessXmlDocumentResponse xmlns='{TWINFIELD}'><ProcessXmlDocumentResult>{inner}"
        "</ProcessXmlDocumentResult></ProcessXmlDocumentResponse>"
    )


def _answer(content: bytes) -> object:
    return [read_responses(each, [S1], NOW) for each in answers(content)]


def _ledger(content: bytes) -> object:
    read = RowsRead()
    found = read_document_by_parts(content, "tr", read.take)
    return all_of(
        lambda: list(read_bookings(read.whole(found), {"VRK"}, CHART)),
        promised=UNEXPECTED,
    )


def _document(content: bytes) -> object:
    found = read_document(content)
    parts: tuple[Callable[[], object], ...] = (
        lambda: read_vat_code(found),
        lambda: read_dimensions(found, "DEB"),
        lambda: read_offices(found),
        lambda: read_relations(found, Role.DEBTOR),
    )
    return all_of(*parts, promised=UNEXPECTED)


def _body(content: bytes) -> object:
    found = read_body(content)
    parts: tuple[Callable[[], object], ...] = (
        lambda: read_found(found),
        lambda: read_years(found),
        lambda: read_periods(found, 2026),
    )
    return all_of(*parts, promised=UNEXPECTED)


def _tokens(content: bytes) -> object:
    given = [Answer(status=status, headers={}, body=content, url="https://x") for status in (200, 400)]
    return [(read_tokens(CLIENT, each), oauth_error(each), describe_refusal(each)) for each in given]


PARSERS = (
    Parser(
        name="twinfield-answer",
        parse=_answer,
        samples=(
            answering(batch([booked(S1, "202600041")])).body,
            answering(batch([refused(S1, "lines/line[@id='2']/dim1", "Dimensie 7310 bestaat niet.")])).body,
            faulting(50004, "Rate limit").body,
        ),
    ),
    Parser(
        name="twinfield-ledger",
        parse=_ledger,
        samples=(document(etree.tostring(answered(SALE)).decode()),),
        promised=(ValueError,),
    ),
    Parser(
        name="twinfield-document",
        parse=_document,
        samples=(
            document(etree.tostring(vat("VH", "sales", "1530")).decode()),
            document(RELATIONS),
            document(LISTED),
        ),
        promised=(ValueError,),
    ),
    Parser(
        name="twinfield-body",
        parse=_body,
        samples=(enveloped(FOUND), enveloped(PERIODS)),
        promised=(ValueError,),
    ),
    Parser(
        name="twinfield-claims",
        parse=lambda content: read_claims(content, CONNECTION),
        samples=(claims("https://api.accounting.twinfield.com"),),
        promised=(ConfigurationError, TemporaryFailure),
    ),
    Parser(
        name="tokens",
        parse=_tokens,
        samples=(
            b'{"access_token":"a","refresh_token":"r","expires_in":"600","token_type":"bearer"}',
            b'{"error":"invalid_grant","error_description":"gone"}',
        ),
    ),
)
