"""One country host of Exact Online.

Sources: start.exactonline.nl/docs/HlpRestAPIResources.aspx and the vendor's getting-started pages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from emulators.exactonline import charts, control_shape, wire
from emulators.exactonline.books import Books, Division, User
from emulators.exactonline.hosts import APPS, USER_FULL_NAME, USER_ID, USER_NAME, divisions
from emulators.exactonline.inferred import SWITCHES
from emulators.exactonline.limits import PER_MINUTE, Limits
from emulators.exactonline.oauth import OAuth
from emulators.exactonline.oauth_routes import Door, authorise, token
from emulators.exactonline.protected import Call, answer
from emulators.fiscal_years import FiscalYears
from emulators.package import PackageEmulator
from emulators.switches import Switch

AUTHORISE = "/api/oauth2/auth"
TOKEN = "/api/oauth2/token"  # noqa: S105 - a path


class ExactOnlineEmulator(PackageEmulator):
    """Exact Online as `start.exactonline.nl` (country nl) or `.be` (country be)."""

    declared_switches: ClassVar[tuple[Switch, ...]] = SWITCHES

    def __init__(self, *, country: str = "nl", **settings: Any) -> None:  # noqa: ANN401 - Emulator's own
        """Start a host with its seed divisions."""
        self.country = country
        self.key = "exactonline" if country == "nl" else f"exactonline_{country}"
        self.seeded_secrets = {"client_secret": APPS[country].client_secret}
        self.divisions: dict[int, Division] = {}
        self.oauth = OAuth(seed=0)
        self.limits = Limits()
        super().__init__(**settings)

    def respond(self, request: Request) -> Response:
        """Answer one call of the vendor's API."""
        path = request.path.rstrip("/")
        lowered = path.lower()
        if lowered == AUTHORISE and request.method == "GET":
            return authorise(self._door(), request)
        if lowered == TOKEN:
            return token(self._door(), request)
        if lowered.startswith(("/api/v1/", "/docs/")):
            return answer(self._call(request))
        return Response("<html><body>404</body></html>", status=404, content_type="text/html; charset=utf-8")

    def changes_state(self, request: Request) -> bool:
        """Tell whether a request may have changed what is kept; consenting does, by GET."""
        return super().changes_state(request) or request.path.lower().startswith(AUTHORISE)

    def clear(self) -> None:
        """Go back to the seed: divisions with their charts, no tokens."""
        self.divisions = divisions(self.country)
        self.oauth = OAuth(seed=self.seed)
        self.limits = Limits()
        for division in self.divisions.values():
            books = self.books_of(division.code)
            charts.fill(books)
            division.closed = {self.fiscal_years.third_month_before(books.today())}

    def follow(self, before: FiscalYears) -> None:
        """Fill the tables of periods again; the months that are closed stay so under their new names."""
        for division in self.divisions.values():
            division.closed = {before.renamed(period, self.fiscal_years) for period in division.closed}
            charts.fill_periods(self.books_of(division.code))

    def state(self) -> object:
        """Return divisions, tokens and counters."""
        return self.divisions, self.oauth, self.limits

    def restore(self, kept: Any) -> None:  # noqa: ANN401 - what `state` returned
        """Take them back."""
        self.divisions, self.oauth, self.limits = kept

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return booked entries in the shape of the control route."""
        for division in self.divisions.values():
            if administration in {None, str(division.code)}:
                yield from control_shape.entries(self.books_of(division.code), since)

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Put rows into divisions: `{"1234567": {"crm/Accounts": [rows as Exact shows them]}}`."""
        counts: dict[str, int] = {}
        for code, by_resource in rows.items():
            if not code.isdigit() or int(code) not in self.divisions:
                raise ValueError(f"no division {code!r}; there are {sorted(self.divisions)}")
            for path, listed in by_resource.items():
                loaded = control_shape.load(self.books_of(int(code)), path, listed)
                counts[path] = counts.get(path, 0) + loaded
        return counts

    def load_demo(self, *, today: date, documents: int) -> None:
        """Close the third month before the demo's day; the charts already know its codes."""
        del documents
        for division in self.divisions.values():
            division.closed = {self.fiscal_years.third_month_before(today)}

    def books_of(self, division: int, host: str = "") -> Books:
        """Return the books of one division."""
        user = User(
            id=USER_ID,
            name=USER_NAME,
            full_name=USER_FULL_NAME,
            language=self.switches.text("user_language"),
            may_post=self.switches.on("user_may_post"),
        )
        return Books(
            division=self.divisions[division],
            clock=self.clock,
            switches=self.switches,
            user=user,
            seed=self.seed,
            host=host,
        )

    def answer_status(self, request: Request, status: int, body: str | None) -> Response:
        """Answer with a status and Exact's error body."""
        if body is not None or status in {401, 429}:
            kind = wire.JSON_TYPE if (body or "").startswith("{") else "text/html; charset=utf-8"
            return Response(body or "", status=status, content_type=kind)
        if status >= 500 and "/oauth2/" not in request.path:
            return wire.answer(wire.error("A problem has occurred."), status)
        return Response("", status=status)

    def answer_throttled(self, request: Request, retry_after_s: float) -> Response:
        """Answer 429 as for the minute: only that family of headers, no body, no Retry-After."""
        response = self.answer_status(request, 429, None)
        reset_at = self.clock.now() + timedelta(seconds=retry_after_s)
        response.headers["X-RateLimit-Minutely-Limit"] = str(PER_MINUTE)
        response.headers["X-RateLimit-Minutely-Remaining"] = "0"
        response.headers["X-RateLimit-Minutely-Reset"] = str(int(reset_at.timestamp() * 1000))
        return response

    def _door(self) -> Door:
        return Door(
            oauth=self.oauth,
            app=replace(APPS[self.country], client_secret=self.secrets["client_secret"]),
            switches=self.switches,
            now=self.clock.now(),
            limited=bool(self.limits_scale),
        )

    def _call(self, request: Request) -> Call:
        open_books: Callable[[int], Books] = lambda code: self.books_of(code, request.host_url.rstrip("/"))  # noqa: E731
        return Call(
            request=request,
            divisions=self.divisions,
            oauth=self.oauth,
            limits=self.limits,
            switches=self.switches,
            now=self.clock.now(),
            scale=self.limits_scale,
            open_books=open_books,
        )
