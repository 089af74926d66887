"""The cluster's web services: who calls, may they, and which service answers.

Sources: the vendor's web services guidelines and its WSDLs; fault body and status recorded in
zypp-io/twinfield and the vendor's sample client (reason phrase). The order of the checks is inferred.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Request, Response

from emulators.clock import EmulatorClock
from emulators.switches import Switches
from emulators.twinfield import deleted, documents, finder, period_service, session, wsdl
from emulators.twinfield.books import Office, User
from emulators.twinfield.clients import CLIENTS, ORGANISATION
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FAULT_STATUS, FaultError
from emulators.twinfield.limits import OTHER, QUERY, Limits
from emulators.twinfield.oauth import Grant, OAuth
from emulators.twinfield.queries import QueryFaultError
from emulators.twinfield.wire import (
    SOAP_11,
    TWINFIELD,
    Envelope,
    MalformedError,
    TooLargeError,
    answer,
    body_text,
    fault,
    read_envelope,
)
from emulators.twinfield.xml_calls import document_of, result_of

PREFIX = "/webservices/"
MEGABYTE = 1_000_000
KEPT = "emulators.twinfield.envelope"
TOO_MANY = "Too many requests."
CONTENT_TYPES = {"", "text/xml", "application/soap+xml", "application/xml"}
QUERY_WORDS = ("Get", "Query", "Search", "Load")
NO_COMPANY = {"processxml.asmx"}

Service = Callable[[Desk, Envelope], Element]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to a web service and what it may need."""

    request: Request
    offices: dict[str, Office]
    oauth: OAuth
    limits: Limits
    user: User
    clock: EmulatorClock
    switches: Switches
    scale: float
    now: datetime

    @property
    def service(self) -> str:
        """Return the last part of the path, in lower case."""
        return self.request.path.rstrip("/").rpartition("/")[2].lower()


def respond(call: Call) -> Response:
    """Answer one call."""
    if call.service not in SERVICES:
        return Response("", status=404)
    if call.request.method == "GET":
        return _describe(call)
    if call.request.mimetype not in CONTENT_TYPES:
        return Response("", status=415)
    headers: dict[str, str] = {}
    try:
        envelope = envelope_of(call.request, call.switches)
        response = _answer_or_refuse(call, envelope, headers)
    except TooLargeError:
        response = Response("", status=413)
    except MalformedError:
        response = Response("", status=400)
    response.headers.update(headers)
    return response


def _answer_or_refuse(call: Call, envelope: Envelope, headers: dict[str, str]) -> Response:
    try:
        return _answer(call, envelope, headers)
    except FaultError as error:
        return refuse(call, envelope, error)
    except QueryFaultError as error:
        content = fault(envelope.soap, error.message, None, envelope.operation, call.request.url)
        content[-1].append(error.detail())
        return answer(envelope.soap, content, 500)
    except documents.TooManyDocumentsError:
        return Response(edge_page(524), status=524, content_type="text/html; charset=utf-8")


def envelope_of(request: Request, switches: Switches) -> Envelope:
    """Return a request's envelope, parsed once."""
    kept = request.environ.get(KEPT)
    if kept is None:
        content = body_text(request, switches.number("body_limit_mb") * MEGABYTE)
        kept = request.environ[KEPT] = read_envelope(content)
    if not isinstance(kept, Envelope):
        raise TypeError(kept)
    return kept


def operation_of(request: Request, switches: Switches) -> str:
    """Name what a call to a web service does, for faults and the list of calls."""
    if request.method == "GET":
        return "wsdl"
    try:
        envelope = envelope_of(request, switches)
        if request.path.rstrip("/").lower().endswith("processxml.asmx"):
            return documents.operation_of(document_of(envelope))
    except (MalformedError, TooLargeError, FaultError):
        return ""
    return envelope.operation


def refuse(call: Call, envelope: Envelope, error: FaultError) -> Response:
    """Answer with a SOAP fault; 401 and 403 carry it in the reason phrase too."""
    status = FAULT_STATUS[error.code] if call.switches.text("fault_status") == "documented" else 500
    message = error.text(call.user.language)
    content = fault(envelope.soap, message, error.code, envelope.operation, call.request.url)
    reason = f"{error.code} : {message}" if status in {401, 403} else ""
    return answer(envelope.soap, content, status, reason)


def _describe(call: Call) -> Response:
    if "wsdl" not in {name.lower() for name in call.request.args}:
        return Response("<html><body>Twinfield</body></html>", content_type="text/html; charset=utf-8")
    address = f"{call.request.host_url.rstrip('/')}{call.request.path}"
    return Response(wsdl.describe(call.service, address), content_type="text/xml; charset=utf-8")


def _answer(call: Call, envelope: Envelope, headers: dict[str, str]) -> Response:
    service = SERVICES[call.service]
    if call.service == "session.asmx":
        if envelope.operation != session.LOGON:
            _grant(call, envelope)
        return answer(envelope.soap, session.answer(_desk(call, envelope), envelope))
    grant = _grant(call, envelope)
    document = document_of(envelope) if call.service in NO_COMPANY else None
    _check_company(call, envelope, document)
    may, spent = call.limits.take(
        grant.client,
        ORGANISATION,
        certified=CLIENTS[grant.client].certified,
        cost=_cost(envelope, document),
        now=call.now,
        scale=call.scale,
    )
    headers |= spent
    if not may:
        return throttled(call, envelope)
    return answer(envelope.soap, service(_desk(call, envelope), envelope))


def _grant(call: Call, envelope: Envelope) -> Grant:
    grant = call.oauth.who(envelope.access_token, call.now)
    if grant is None:
        raise FaultError(354)
    return grant


def _check_company(call: Call, envelope: Envelope, document: Element | None) -> None:
    """Hold the header's company against the request: only the list of offices goes without one."""
    if call.switches.text("company_id") == "required" and document is not None and not envelope.company_id:
        raise MalformedError("no CompanyId")
    lists_offices = document is not None and document.tag == "list" and document.findtext("type") == "offices"
    if lists_offices and envelope.company is None:
        return
    if not envelope.company:
        raise FaultError(101)
    office = call.offices.get(envelope.company)
    if office is None or not office.accessible:
        raise FaultError(102)
    if lists_offices and call.switches.text("offices_with_company") == "refuse":
        raise FaultError(102)


def _cost(envelope: Envelope, document: Element | None) -> int:
    if document is not None:
        return QUERY if documents.operation_of(document) in documents.QUERIES else OTHER
    return QUERY if envelope.operation.startswith(QUERY_WORDS) else OTHER


def _desk(call: Call, envelope: Envelope) -> Desk:
    return Desk(
        offices=call.offices,
        user=call.user,
        clock=call.clock,
        switches=call.switches,
        company=envelope.company or "",
    )


def throttled(call: Call, envelope: Envelope) -> Response:
    """Answer 429 (switch `throttled_body`); the caller adds the headers."""
    body = call.switches.text("throttled_body")
    if body == "fault":
        content = fault(envelope.soap, TOO_MANY, 100, envelope.operation, call.request.url)
        return answer(envelope.soap, content, 429)
    page = edge_page(429) if body == "html" else ""
    return Response(page, status=429, content_type="text/html; charset=utf-8")


def throttled_call(call: Call) -> Response:
    """Answer any call with 429, whatever stands in its body."""
    return throttled(call, _any_envelope(call))


def edge_page(status: int) -> str:
    """Return a page as the servers in front of Twinfield answer with."""
    title = f"{status}: {HTTP_STATUS_CODES.get(status, 'A timeout occurred')}"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"


def refuse_call(call: Call, error: FaultError) -> Response:
    """Answer any call with a fault, whatever stands in its body."""
    return refuse(call, _any_envelope(call), error)


def _any_envelope(call: Call) -> Envelope:
    try:
        return envelope_of(call.request, call.switches)
    except (MalformedError, TooLargeError):
        return Envelope(soap=SOAP_11, body=etree.Element(f"{{{TWINFIELD}}}Unknown"))


SERVICES: dict[str, Service] = {
    "processxml.asmx": result_of,
    "finder.asmx": finder.answer,
    "periodservice.svc": period_service.answer,
    "deletedtransactionsservice.svc": deleted.answer,
    "session.asmx": session.answer,
}
