"""AFAS Profit's REST services, one environment.

Sources: docs.afas.help/profit/nl, docs.afas.help/apidoc/nl/Mutaties.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from werkzeug.wrappers import Request, Response

from emulators.afas import access, charts, control_shape, files, metainfo, oauth, reading, wire, writing
from emulators.afas.books import Books, State
from emulators.afas.errors import Bare, Refused, Unavailable
from emulators.afas.hosts import BY_NAME, UNITS, VERSION
from emulators.afas.inferred import SWITCHES
from emulators.afas.limits import AtOnce, Minute, maintenance_left_s
from emulators.effects import ConnectionDroppedError
from emulators.fiscal_years import FiscalYears
from emulators.package import PackageEmulator
from emulators.switches import Switch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BASE = "profitrestservices"
SERVER_LIMIT_S = 900
MAINTENANCE_S = 7200
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LANGUAGES = {"nl": "nl", "en": "en", "fr": "en", "de": "en"}


class AfasEmulator(PackageEmulator):
    """AFAS Profit as `12345.resttest.afas.online`, with the base address `/ProfitRestServices`."""

    key = "afas"
    declared_switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    seeded_secrets = BY_NAME

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Emulator's own
        """Start an environment with its seed chart."""
        self.environment = State()
        self.grants = oauth.Grants(seed=0)
        self.minute = Minute()
        self.at_once = AtOnce()
        super().__init__(**settings)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as a WSGI application, counting the calls under way."""
        with self.at_once:
            return super().__call__(environ, start_response)

    def respond(self, request: Request) -> Response:
        """Answer one call of the vendor's API."""
        books = self.books_for(request)
        try:
            response = self._answer_call(books, request)
        except Bare as bare:
            response = wire.empty(bare.status, bare.headers)
        except Unavailable as closed:
            response = wire.unavailable(closed.status, closed.retry_after_s)
        except Refused as refused:
            self.environment.refusals += 1
            reference = wire.log_reference(self.seed, self.environment.refusals)
            text = refused.text(books.language, strange=self.switches.text("composed_texts") == "strange")
            response = wire.refusal(text, refused.number, reference)
        return wire.finish(request, response, f"{self.random.getrandbits(128):032x}")

    def operation(self, request: Request) -> str:
        """Name a call: post, put or delete with its connector, read with its connector, metainfo, token."""
        steps = _steps(request)
        if not steps:
            return ""
        if steps[0].lower() == "connectors" and len(steps) > 1:
            verb = "read" if request.method in READING else request.method.lower()
            return f"{verb} {steps[1]}"
        return "token" if steps[0].lower() == "oauth" else steps[0].lower()

    def clear(self) -> None:
        """Go back to the seed: the chart, no entries, no tokens given out."""
        self.environment = State()
        self.grants = oauth.Grants(seed=self.seed)
        self.minute = Minute()
        books = self.open_books("nl")
        charts.fill(books)
        self._close(books.today())

    def follow(self, before: FiscalYears) -> None:
        """Fill the table of periods again; the months that are blocked stay so under their new names."""
        for unit, shut in self.environment.closed.items():
            self.environment.closed[unit] = {before.renamed(period, self.fiscal_years) for period in shut}
        charts.fill_periods(self.open_books("nl"))

    def state(self) -> object:
        """Return books, tokens and counters."""
        return self.environment, self.grants, self.minute

    def restore(self, kept: Any) -> None:  # noqa: ANN401 - what `state` returned
        """Take them back."""
        self.environment, self.grants, self.minute = kept

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return booked entries in the shape of the control route."""
        return control_shape.entries(self.open_books("nl"), administration, since)

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Put rows into administrations: `{"1": {"Profit_Debtor": [rows as AFAS shows them]}}`."""
        counts: dict[str, int] = {}
        for unit, by_connector in rows.items():
            if not unit.isdigit() or int(unit) not in charts.UNITS:
                raise ValueError(f"no administration {unit!r}; there are {charts.UNITS}")
            for name, listed in by_connector.items():
                loaded = control_shape.load(self.open_books("nl"), int(unit), name, listed)
                counts[name] = counts.get(name, 0) + loaded
        return counts

    def load_demo(self, *, today: date, documents: int) -> None:
        """Block the third month before the demo's day; the chart already knows its codes."""
        del documents
        self._close(today)

    def open_books(self, language: str) -> Books:
        """Return the books as the connector's user sees them."""
        return Books(
            state=self.environment,
            clock=self.clock,
            switches=self.switches,
            units=UNITS,
            language=language,
        )

    def books_for(self, request: Request) -> Books:
        """Return the books in the language a call asks for."""
        asked = request.headers.get("Accept-Language", "").strip().lower()[:2]
        return self.open_books(LANGUAGES.get(asked, self.switches.text("environment_language")))

    def answer_status(self, request: Request, status: int, body: str | None) -> Response:
        """Answer with a status and AFAS's error body."""
        if body is not None:
            kind = wire.JSON_TYPE if body.startswith("{") else "text/html; charset=utf-8"
            return Response(body, status=status, content_type=kind)
        if status == 503:
            return wire.unavailable(status, MAINTENANCE_S)
        if status == 500:
            unexpected = Refused("unexpected")
            text = unexpected.text(self.books_for(request).language)
            return wire.refusal(text, unexpected.number, wire.log_reference(self.seed, 0))
        return wire.empty(status)

    def answer_token_expired(self, request: Request) -> Response:
        """Answer 401 without a body; a bearer token gets the reason in a header."""
        bearer = request.headers.get("Authorization", "").lower().startswith("bearer")
        return wire.empty(401, access.EXPIRED if bearer else None)

    def answer_throttled(self, request: Request, retry_after_s: float) -> Response:
        """Answer with the wait in the body, as for maintenance (switch `throttle_status`)."""
        del request
        return wire.unavailable(self.switches.number("throttle_status"), int(retry_after_s))

    def _close(self, today: date) -> None:
        for unit in charts.UNITS:
            self.environment.closed[unit] = {self.fiscal_years.third_month_before(today)}

    def _answer_call(self, books: Books, request: Request) -> Response:
        steps = _steps(request)
        if not steps:
            raise Bare(404)
        late = request.environ.get("emulator.accepted_at")
        now = datetime.fromisoformat(late) if late else self.clock.now()
        if late is None:
            self._check_open(books)
            closes = request.headers.get("Connection", "").lower() == "close"
            if closes and self.switches.text("connection_close") == "reset":
                raise ConnectionDroppedError(reset=True)
        if [step.lower() for step in steps] == ["oauth", "token"]:
            return oauth.answer(self.grants, request, self.secrets, self.switches, now)
        access.check(request, self.grants, self.secrets, self.switches, now)
        return self._route(books, request, steps)

    def _route(self, books: Books, request: Request, steps: list[str]) -> Response:
        first, rest = steps[0].lower(), steps[1:]
        reads = request.method == "GET"
        if first == "connectors" and rest:
            if reads:
                if len(rest) > 1:
                    raise Bare(404)
                return reading.answer(books, request, rest[0], self.random, self.limits_scale)
            return self._write(books, request, rest)
        if reads and first == "metainfo":
            return metainfo.answer(books, rest)
        if reads and first == "profitversion" and not rest:
            return wire.answer({"version": VERSION})
        if reads and first in files.NAMES:
            return files.answer(books, request, first, rest)
        raise Bare(404)

    def _write(self, books: Books, request: Request, steps: list[str]) -> Response:
        """Carry out a change; one that takes the server too long is answered before it is done."""
        takes_s = self.switches.number("processing_s")
        late = "emulator.accepted_at" in request.environ
        if steps[0] != "FiEntries" or takes_s < SERVER_LIMIT_S or late:
            return writing.answer(books, request, steps)
        if self.switches.text("timed_out_work") == "finishes":
            self.accept_for_later(request, takes_s)
        raise Refused("too_slow")

    def _check_open(self, books: Books) -> None:
        if left_s := maintenance_left_s(self.switches, books.now()):
            raise Unavailable(503, left_s)
        at_once = round(self.switches.number("parallel_calls") * self.limits_scale)
        if at_once and self.at_once.calls > at_once:
            raise Unavailable(self.switches.number("throttle_status"), 1)
        most = round(self.switches.number("calls_per_minute") * self.limits_scale)
        if most and (wait_s := self.minute.take(self.clock.now(), most)):
            raise Unavailable(self.switches.number("throttle_status"), wait_s)


def _steps(request: Request) -> list[str]:
    """Return the parts of the address behind /ProfitRestServices, which is matched in any case."""
    parts = [part for part in request.path.split("/") if part]
    return parts[1:] if parts and parts[0].lower() == BASE else []
