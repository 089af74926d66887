"""Let a call through to a company's books: token, scope, company, state of the administration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from werkzeug.wrappers import Request, Response

from emulators.accountview import incoming, periods, query, reading, wire, writing
from emulators.accountview.books import Books, Company
from emulators.accountview.dictionary import objects
from emulators.accountview.errors import AccountViewError, GateError, NotFoundError, unauthorised
from emulators.accountview.limits import Limits
from emulators.accountview.oauth import DELETE, READ, UPDATE, Access, OAuth
from emulators.fiscal_years import FiscalYears
from emulators.switches import Switches

API = "/api/v3/"
SCOPES = {"GET": READ, "POST": UPDATE, "PUT": UPDATE, "DELETE": DELETE}
NO_RIGHTS = "Gebruiker heeft onvoldoende rechten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the API, with what it needs to be answered."""

    request: Request
    companies: Mapping[str, Company]
    oauth: OAuth
    limits: Limits
    switches: Switches
    now: datetime
    scale: float
    open_books: Callable[[str, int], Books]

    @property
    def resource(self) -> str:
        """Return the last part of the path, lower case."""
        return self.request.path.lower().rstrip("/").removeprefix(API)


def answer(call: Call) -> Response:
    """Answer one call of the API."""
    try:
        return _answer(call)
    except GateError as error:
        return wire.gate(error.status, error.message)
    except NotFoundError:
        return wire.gate(404, "Not found.")
    except AccountViewError as error:
        return wire.error(error.reasons, call.switches)


def _answer(call: Call) -> Response:
    route = _ROUTES.get(call.resource)
    if route is None:
        raise GateError(404, f"No HTTP resource was found that matches the request URI '{call.request.url}'.")
    methods, carry_out = route
    method = call.request.method
    if method not in methods:
        raise GateError(405, f"The requested resource does not support http method '{method}'.")
    access = _access(call)
    wait_s = call.limits.take(call.now, call.switches.number("calls_per_minute"), call.scale)
    if wait_s:
        response = wire.gate(429, "API calls quota exceeded.")
        response.headers["Retry-After"] = str(wait_s)
        return response
    if SCOPES[method] not in access.scopes:
        raise GateError(403, f"Scope {SCOPES[method]} is required.")
    return carry_out(call)


def _access(call: Call) -> Access:
    accepted_at = call.request.environ.get("emulator.accepted_at")
    kind, _, token = call.request.headers.get("Authorization", "").partition(" ")
    now = datetime.fromisoformat(accepted_at) if accepted_at else call.now
    found = call.oauth.who(token, now, call.switches) if kind.lower() == "bearer" else None
    if found is None:
        raise unauthorised()
    return found


def _companies(call: Call) -> Response:
    bound = call.switches.on("companies_bound")
    return wire.answer(
        [
            {"Id": each.id, "Description": each.description, "Code": each.code}
            for each in call.companies.values()
            if bound and each.bound
        ]
    )


def _business_objects(call: Call) -> Response:
    _company(call)
    return wire.answer(
        [
            {
                "Code": each.code,
                "Description": each.description,
                "InsertAllowed": each.may_insert,
                "UpdateAllowed": each.may_update,
                "DeleteAllowed": each.may_delete,
            }
            for each in objects().values()
        ]
    )


def _company_rows(call: Call) -> Response:
    company = _company(call)
    if call.request.method == "GET":
        asked = query.lowered(call.request.args)
        return reading.company_rows(_books(call, company, asked.get("bookdate", "")), asked)
    _check_may_change(call)
    if call.request.method == "DELETE":
        return _delete(call, company)
    if call.request.mimetype != "application/json":
        kind = call.request.mimetype
        raise GateError(415, f"The request entity's media type '{kind}' is not supported for this resource.")
    change = incoming.parse(call.request.get_data())
    shape = query.find_shape(change.shape_code)
    books = _books(call, company, change.book_date)
    if call.request.method == "PUT":
        return writing.update(books, shape, change)
    day = periods.book_day(change.book_date, books.clock, books.switches)
    return writing.insert(books, shape, change, day)


def _delete(call: Call, company: Company) -> Response:
    asked = query.lowered(call.request.args)
    shape = query.find_shape(asked.get("businessobject", ""))
    return writing.delete(_books(call, company, asked.get("bookdate", "")), shape, asked.get("id", ""))


def _system_rows(call: Call) -> Response:
    company = _company(call)
    asked = query.lowered(call.request.args)
    if not query.find_shape(asked.get("businessobject", "")).system:
        raise AccountViewError("Dit is geen systeemobject")
    return reading.company_rows(_books(call, company, ""), asked)


def _company(call: Call) -> Company:
    wanted = call.request.headers.get("x-company", "").strip("{} ").lower()
    found = next((each for each in call.companies.values() if each.id == wanted), None)
    if found is not None and found.bound and call.switches.on("companies_bound"):
        return found
    kind = call.switches.text("company_error")
    if kind == "error":
        raise AccountViewError(f"Onderneming '{wanted}' is niet toegankelijk")
    raise GateError(int(kind), "The company is not accessible for this user.")


def _books(call: Call, company: Company, book_date: str) -> Books:
    books = call.open_books(company.code, 0)
    day = periods.book_day(book_date, books.clock, books.switches)
    year = FiscalYears.of(books.switches).year_of(day)
    if call.switches.text("administration_state") == "reorganising":
        raise AccountViewError("De administratie wordt gereorganiseerd")
    if year not in periods.book_years(company, books.clock, books.switches):
        raise AccountViewError(f"Er is geen administratie voor boekjaar {year}")
    return call.open_books(company.code, year)


def _check_may_change(call: Call) -> None:
    if not call.switches.on("user_may_post"):
        raise AccountViewError(NO_RIGHTS)
    if call.switches.text("administration_state") == "blocked":
        raise AccountViewError("De administratie is geblokkeerd door gebruiker BEHEER")


_ROUTES: Mapping[str, tuple[tuple[str, ...], Callable[[Call], Response]]] = {
    "companies": (("GET",), _companies),
    "accountviewdata": (("GET", "POST", "PUT", "DELETE"), _company_rows),
    "accountviewsystemdata": (("GET",), _system_rows),
    "accountviewsystembusinessobjects": (("GET",), _business_objects),
}
