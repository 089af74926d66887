"""What stands before every API call: token, limits, division, scope, rights, media type.

Sources: vendor's API limits and restrictions pages; 403 texts from clients' issue threads; the XML-free 415
from WCF Data Services.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from werkzeug.wrappers import Request, Response

from emulators.exactonline import address, atom, functions, reading, wire, writing, xml_pages
from emulators.exactonline.books import Books, Division
from emulators.exactonline.errors import ExactError, not_found
from emulators.exactonline.kinds import MEMORIAL, OPEN, PURCHASE, SALES, SETTLED
from emulators.exactonline.ledger import set_status
from emulators.exactonline.limits import Limits
from emulators.exactonline.oauth import Access, OAuth
from emulators.switches import Switches

URL_LIMIT = 6000
MEGABYTE = 1_000_000
REST = "/api/v1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to the API with everything the host knows."""

    request: Request
    divisions: dict[int, Division]
    oauth: OAuth
    limits: Limits
    switches: Switches
    now: datetime
    scale: float
    open_books: Callable[[int], Books]

    @property
    def division(self) -> int | None:
        """The division in the address."""
        if self.is_rest:
            return address.division_of(self.request.path)
        text = parse_qs(self.request.query_string.decode()).get("_Division_", [""])[0]
        return int(text) if text.isdigit() else None

    @property
    def is_rest(self) -> bool:
        """Whether the call is for the REST API and not for a page of the site."""
        return self.request.path.lower().startswith(REST)

    @property
    def json(self) -> bool:
        """Whether the answer is to be JSON."""
        return "json" in self.request.headers.get("Accept", "").lower()

    @property
    def accepted_at(self) -> datetime | None:
        """When a request that is carried out late came in; it was admitted then."""
        text = self.request.environ.get("emulator.accepted_at")
        return datetime.fromisoformat(text) if text else None


def answer(call: Call) -> Response:
    """Answer one call to the API."""
    access = _bearer(call)
    if access is None:
        return Response("", status=401, headers={"WWW-Authenticate": "Bearer"})
    admitted, headers = _limits(call, access)
    if not admitted:
        return Response("", status=429, headers=headers)
    endpoint = (access.client, access.user, call.division or 0, _endpoint(call))
    if call.scale and call.limits.blocked(endpoint, call.now):
        return Response("", status=call.switches.number("error_limit_status"), headers=headers)
    response = _guarded(call)
    call.limits.count_error(endpoint, response.status_code, call.now, call.scale)
    response.headers.update(headers)
    return response


def _bearer(call: Call) -> Access | None:
    kind, _, text = call.request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    return call.oauth.who(text.strip(), call.accepted_at or call.now)


def _limits(call: Call, access: Access) -> tuple[bool, dict[str, str]]:
    # Calls without a division (current/Me, system/Users) are not counted.
    if call.division is None or call.accepted_at is not None:
        return True, {}
    return call.limits.take(access.client, call.division, call.now, call.scale)


def _endpoint(call: Call) -> str:
    try:
        return address.read(call.request.path).endpoint.lower()
    except ExactError:
        return call.request.path.lower()


def _guarded(call: Call) -> Response:
    language = call.switches.text("user_language")
    try:
        _check_size(call)
        if not call.is_rest:
            return _docs(call)
        return _rest(call)
    except ExactError as error:
        headers = {"Reason": error.reason} if error.reason else {}
        text = error.message(language)
        in_xml = call.is_rest and not call.json
        response = atom.error(text, error.status) if in_xml else wire.answer(wire.error(text), error.status)
        response.headers.update(headers)
        return response


def _check_size(call: Call) -> None:
    address_length = len(call.request.url)
    if address_length > URL_LIMIT:
        raise ExactError(call.switches.number("url_too_long_status"), "Request-URI Too Long")
    if len(call.request.get_data()) > call.switches.number("body_limit_mb") * MEGABYTE:
        raise ExactError(413, "Request Entity Too Large")


def _rest(call: Call) -> Response:
    _check_media(call)
    asked = address.read(call.request.path)
    if asked.endpoint == "hrm/Divisions" and not call.switches.on("hrm_divisions"):
        raise not_found("Divisions")
    if asked.division is None and asked.endpoint not in {"current/Me", "system/Users"}:
        raise not_found(asked.endpoint)
    books = _books(call)
    method = call.request.method
    _check_scope(call, asked, method)
    if method != "GET" and not books.user.may_post:
        raise ExactError(403, "Forbidden")
    _settle(books)
    divisions = [each for each in call.divisions.values() if each.consented]
    one = reading.Reading(
        books=books, divisions=divisions, request=call.request, address=asked, json=call.json
    )
    if asked.resource is None:
        return functions.call(one)
    return reading.read(one) if method == "GET" else writing.write(one, method)


def _docs(call: Call) -> Response:
    if call.division is None:
        raise not_found("_Division_")
    books = _books(call)
    _settle(books)
    return xml_pages.answer(books, call.request)


def _books(call: Call) -> Books:
    if call.division is None:
        inside = call.switches.on("current_division_in_scope")
        fits = (
            each.code for each in call.divisions.values() if (each.main if inside else not each.consented)
        )
        return call.open_books(next(fits))
    division = call.divisions.get(call.division)
    if division is None and call.switches.number("unknown_division_status") == 404:
        raise not_found(str(call.division))
    if division is None or not division.consented:
        text = "Forbidden - User division is not within division scope"
        raise ExactError(403, text, reason="NoDivisionAccess")
    if division.archived:
        raise ExactError(403, "Forbidden", reason="DivisionBlocked")
    return call.open_books(call.division)


def _check_scope(call: Call, asked: address.Address, method: str) -> None:
    scope = asked.resource.scope if asked.resource else ""
    if scope and scope in call.switches.text("missing_scopes").split():
        verb = "read" if method == "GET" else "manage"
        text = f"Forbidden - Application Scope Violated. Cannot {verb} '{scope}' scope."
        raise ExactError(403, text)


def _check_media(call: Call) -> None:
    accepts = call.request.headers.get("Accept", "").lower()
    # Exact: application/xml is not accepted, application/atom+xml is.
    known = ("json", "atom", "*/*", "text/plain", "application/*")
    if accepts and not any(each in accepts for each in known):
        raise ExactError(call.switches.number("unacceptable_status"), "Unsupported media type requested.")


def _settle(books: Books) -> None:
    """Move entries to processed once they are old enough (switch `final_after_s`)."""
    seconds = books.switches.number("final_after_s")
    if seconds < 0:
        return
    limit = books.now() - timedelta(seconds=seconds)
    for path in (SALES.path, PURCHASE.path, MEMORIAL):
        for row in books.rows(path):
            if row["Status"] == OPEN and row["Created"] <= limit:
                books.update(path, row, {"Status": SETTLED, "StatusDescription": "Verwerkt"})
                set_status(books, row["EntryID"], SETTLED)
