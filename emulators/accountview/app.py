"""AccountView: the relay accountview.net and the installations behind it.

Sources: vendor's sample program, omniboost/go-accountview.net, ForecastXL/accountview-ruby, a PHP and a
Pascal client.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from emulators.accountview import charts, control_shape, wire
from emulators.accountview.books import Books, Company
from emulators.accountview.inferred import SWITCHES
from emulators.accountview.limits import Limits, Writers
from emulators.accountview.oauth import CLIENT_SECRET, OAuth
from emulators.accountview.oauth_routes import Door, authorise, token
from emulators.accountview.protected import API, Call, answer
from emulators.emulator import READING_METHODS
from emulators.fiscal_years import FiscalYears
from emulators.package import PackageEmulator
from emulators.switches import Switch

AUTHORISE = "/ams/authorize.aspx"
TOKEN = "/api/v3/token"  # noqa: S105 - a path
GATEWAY_STATUSES = frozenset({502, 503, 504})
GATEWAY_PAGE = "<html><head><title>{status}</title></head><body><h1>Server Error</h1></body></html>"
MS_PER_S = 1000


class AccountViewEmulator(PackageEmulator):
    """AccountView as one user of one app reaches it."""

    key = "accountview"
    declared_switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    seeded_secrets = MappingProxyType({"client_secret": CLIENT_SECRET})

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Emulator's own
        """Start with the seed's companies."""
        self.companies: dict[str, Company] = {}
        self.oauth = OAuth(seed=0)
        self.limits = Limits()
        self.writers = Writers()
        super().__init__(**settings)

    def respond(self, request: Request) -> Response:
        """Answer one call of the vendor's."""
        path = request.path.lower().rstrip("/")
        door = Door(
            oauth=self.oauth,
            client_secret=self.secrets["client_secret"],
            switches=self.switches,
            now=self.clock.now(),
        )
        if path == AUTHORISE and request.method == "GET":
            return authorise(door, request)
        if path == TOKEN:
            return token(door, request)
        if path.startswith(API):
            return answer(self._call(request))
        return Response("<html><body>404</body></html>", status=404, content_type="text/html; charset=utf-8")

    def carry_out(self, request: Request) -> Response:
        """Carry out a request; one change per company at a time (switch `parallel_writers`)."""
        if request.method in READING_METHODS or request.path.lower().rstrip("/") == TOKEN:
            return super().carry_out(request)
        company = request.headers.get("x-company", "").lower()
        refuse = self.switches.text("parallel_writers") == "refused"
        with self.writers.one(company, refuse=refuse) as may_go_on:
            if not may_go_on:
                return wire.error(["De administratie is in gebruik"], self.switches)
            if busy_ms := self.switches.number("write_takes_ms"):
                self.sleep(busy_ms / MS_PER_S)
            return super().carry_out(request)

    def operation(self, request: Request) -> str:
        """Name the business object of a call, upper case, which its path does not tell."""
        asked = {name.lower(): text for name, text in request.args.items()}
        if "businessobject" in asked:
            return asked["businessobject"].upper()
        try:
            body = json.loads(request.get_data() or b"{}")
        except ValueError:
            return ""
        sent = {name.lower(): content for name, content in body.items()} if isinstance(body, dict) else {}
        return str(sent.get("businessobject") or "").upper()

    def changes_state(self, request: Request) -> bool:
        """Tell whether a request may have changed what is kept; consenting does, by GET."""
        return super().changes_state(request) or request.path.lower().startswith(AUTHORISE)

    def clear(self) -> None:
        """Go back to the seed: companies with their charts, no tokens."""
        self.companies = charts.companies(self.clock.now().date())
        self.oauth = OAuth(seed=self.seed)
        self.limits = Limits()
        for company in self.companies.values():
            books = self.books_of(company.code)
            charts.fill(books)
            company.closed = {self.fiscal_years.third_month_before(books.now())}

    def follow(self, before: FiscalYears) -> None:
        """Keep the months that are closed so under their new names; book years are counted when asked."""
        for company in self.companies.values():
            company.closed = {before.renamed(period, self.fiscal_years) for period in company.closed}

    def state(self) -> object:
        """Return companies, tokens and counters."""
        return self.companies, self.oauth, self.limits

    def restore(self, kept: Any) -> None:  # noqa: ANN401 - what `state` returned
        """Take them back."""
        self.companies, self.oauth, self.limits = kept

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return booked entries in the shape of the control route."""
        for company in self.companies.values():
            if administration in {None, company.code}:
                yield from control_shape.entries(self.books_of(company.code), since)

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Put rows into companies: `{"VB01": {"CONTACT": [rows as AccountView shows them]}}`.

        `{"copies": {"VB01": ["C001"]}}` adds companies that start as another one does.
        """
        counts: dict[str, int] = {}
        for original, codes in rows.get("copies", {}).items():
            for code in codes:
                self.companies[code] = charts.begin_as(self.companies[original], code)
                charts.fill(self.books_of(code))
            counts["copies"] = counts.get("copies", 0) + len(codes)
        for code, by_table in rows.items():
            if code == "copies":
                continue
            if code not in self.companies:
                raise ValueError(f"no company {code!r}; there are {sorted(self.companies)}")
            loaded = control_shape.load(partial(self.books_of, code), by_table)
            for table, count in loaded.items():
                counts[table] = counts.get(table, 0) + count
        return counts

    def load_demo(self, *, today: date, documents: int) -> None:
        """Close the third month before the demo's day; the charts already know its codes."""
        del documents
        for company in self.companies.values():
            company.closed = {self.fiscal_years.third_month_before(today)}
            company.first_year = min(company.first_year, today.year)

    def books_of(self, company: str, year: int = 0) -> Books:
        """Return the books of one company in a book year; 0 is no year, for master data."""
        return Books(
            company=self.companies[company], book_year=year, clock=self.clock, switches=self.switches
        )

    def answer_status(self, _request: Request, status: int, body: str | None) -> Response:
        """Answer with a status: a page of the gateway, or the web server's error body."""
        if body is not None:
            kind = wire.JSON_TYPE if body.startswith("{") else "text/html; charset=utf-8"
            return Response(body, status=status, content_type=kind)
        if status in GATEWAY_STATUSES:
            page = GATEWAY_PAGE.format(status=status)
            return Response(page, status=status, content_type="text/html; charset=utf-8")
        denied = "Authorization has been denied for this request."
        return wire.gate(status, denied if status == 401 else "An error has occurred.")

    def _call(self, request: Request) -> Call:
        return Call(
            request=request,
            companies=self.companies,
            oauth=self.oauth,
            limits=self.limits,
            switches=self.switches,
            now=self.clock.now(),
            scale=self.limits_scale,
            open_books=self.books_of,
        )
