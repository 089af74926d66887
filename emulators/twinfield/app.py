"""Twinfield: the login host and one cluster, on one address.

Sources: the vendor's developer pages on OpenID Connect and on its web services.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from emulators.fiscal_years import FiscalYears
from emulators.package import PackageEmulator
from emulators.switches import Switch
from emulators.twinfield import control_shape, oauth_routes, seed, services
from emulators.twinfield.books import AMSTERDAM, Office, User
from emulators.twinfield.clients import CLIENTS, USER_CODE, USER_NAME
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.inferred import SWITCHES
from emulators.twinfield.limits import Limits
from emulators.twinfield.oauth import OAuth
from emulators.twinfield.periods import renamed, written


class TwinfieldEmulator(PackageEmulator):
    """Twinfield with three offices, one of them out of the user's reach."""

    declared_switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    seeded_secrets = MappingProxyType({name: client.client_secret for name, client in CLIENTS.items()})

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Emulator's own
        """Start with the seed's offices."""
        self.key = "twinfield"
        self.offices: dict[str, Office] = {}
        self.oauth = OAuth(seed=0)
        self.limits = Limits()
        super().__init__(**settings)

    def respond(self, request: Request) -> Response:
        """Answer one call to the login host or to a web service."""
        lowered = request.path.lower()
        if lowered.startswith(oauth_routes.ROOT):
            door = oauth_routes.Door(
                oauth=self.oauth,
                secrets=self.secrets.by_name(),
                switches=self.switches,
                now=self._accepted_at(request),
            )
            return oauth_routes.respond(door, request)
        if lowered.startswith(services.PREFIX):
            return services.respond(self._call(request))
        return Response("", status=404)

    def operation(self, request: Request) -> str:
        """Name what a call does: transactions, browse, read, list, dimensions, Search, Query, token."""
        lowered = request.path.lower()
        if lowered.startswith(services.PREFIX):
            return services.operation_of(request, self.switches)
        return lowered.removeprefix(oauth_routes.PREFIX) if lowered.startswith(oauth_routes.PREFIX) else ""

    def changes_state(self, request: Request) -> bool:
        """Tell whether a request may have changed what is kept; consenting does, by GET."""
        return super().changes_state(request) or request.path.lower().endswith("/authorize")

    def clear(self) -> None:
        """Go back to the seed: offices with their charts, no tokens."""
        now = self.clock.now().replace(microsecond=0)
        self.offices = seed.offices(now)
        self.oauth = OAuth(seed=self.seed)
        self.limits = Limits()
        self._close(now.astimezone(AMSTERDAM).date())

    def follow(self, before: FiscalYears) -> None:
        """Count the years anew; the months that are closed stay so under their new names."""
        years, today = self.fiscal_years, self.clock.now().astimezone(AMSTERDAM).date()
        for office in self.offices.values():
            office.years = list(years.around(today))
            office.closed = {renamed(period, before, years) for period in office.closed}

    def state(self) -> object:
        """Return offices, tokens and credits."""
        return self.offices, self.oauth, self.limits

    def restore(self, kept: Any) -> None:  # noqa: ANN401 - what `state` returned
        """Take them back."""
        self.offices, self.oauth, self.limits = kept

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return bookings in the shape of the control route."""
        for office in self.offices.values():
            if administration in {None, office.code}:
                yield from control_shape.entries(office, since)

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Put dimension documents into offices: `{"NL42": {"dimensions": ["<dimension>…"]}}`."""
        desk = Desk(offices=self.offices, user=self._user(), clock=self.clock, switches=self.switches)
        return control_shape.load(desk, rows)

    def load_demo(self, *, today: date, documents: int) -> None:
        """Close the third month before the demo's day; the chart already knows its codes."""
        del documents
        self._close(today)

    def answer_status(self, request: Request, status: int, body: str | None) -> Response:
        """Answer with a status; a web service's 500 is a SOAP fault."""
        if body is not None:
            kind = "text/xml" if body.startswith("<?xml") else "text/html"
            return Response(body, status=status, content_type=f"{kind}; charset=utf-8")
        if status == 500 and request.path.lower().startswith(services.PREFIX):
            return services.refuse_call(self._call(request), FaultError(100))
        page = services.edge_page(status) if status > 500 else ""
        return Response(page, status=status, content_type="text/html; charset=utf-8")

    def answer_token_expired(self, request: Request) -> Response:
        """Answer 401 with fault 354, and invalid_grant at the login host."""
        if request.path.lower().startswith(services.PREFIX):
            return services.refuse_call(self._call(request), FaultError(354))
        return Response('{"error": "invalid_grant"}', status=400, content_type="application/json")

    def answer_throttled(self, request: Request, retry_after_s: float) -> Response:
        """Answer 429 with the headers of the fair use policy."""
        if not request.path.lower().startswith(services.PREFIX):
            return super().answer_throttled(request, retry_after_s)
        response = services.throttled_call(self._call(request))
        response.headers["Retry-After"] = str(int(retry_after_s))
        response.headers["X-RateLimit-Limit"] = "500"
        response.headers["X-RateLimit-Remaining"] = "0"
        response.headers["X-RateLimit-Credited"] = "0"
        return response

    def _close(self, today: date) -> None:
        for office in self.offices.values():
            office.closed = {written(*self.fiscal_years.third_month_before(today))}

    def _user(self) -> User:
        return User(code=USER_CODE, name=USER_NAME, language=self.switches.text("user_language"))

    def _accepted_at(self, request: Request) -> datetime:
        accepted = request.environ.get("emulator.accepted_at")
        return datetime.fromisoformat(accepted) if accepted else self.clock.now()

    def _call(self, request: Request) -> services.Call:
        return services.Call(
            request=request,
            offices=self.offices,
            oauth=self.oauth,
            limits=self.limits,
            user=self._user(),
            clock=self.clock,
            switches=self.switches,
            scale=self.limits_scale,
            now=self._accepted_at(request),
        )
