"""The routes of the 21QUBZ emulator: /rest/financeexport/v1 and /odata/financeexport/v1."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from json import JSONDecodeError, loads
from typing import Any, ClassVar

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from emulators.emulator import Emulator
from emulators.qubz.access import SECRETS, check_access
from emulators.qubz.api_description import openapi
from emulators.qubz.books import Books
from emulators.qubz.demo import demo_rows
from emulators.qubz.errors import TEXTS, ServiceError, error_answer
from emulators.qubz.loading import load_rows
from emulators.qubz.masters import masters
from emulators.qubz.odata import ODataFlavour
from emulators.qubz.postings import entries_of
from emulators.qubz.resources import RESOURCES
from emulators.qubz.rest import RestFlavour, resource_named
from emulators.qubz.switches import SWITCHES
from emulators.qubz.wire import from_wire, to_json
from emulators.qubz.write_back import accept_results, write_back
from emulators.switches import Switch

REST = "/rest/financeexport/v1"
ODATA = "/odata/financeexport/v1"
ROUTES = Map(
    [
        Rule(f"/rest-doc{REST}/openapi.json", endpoint="openapi", methods=["GET"]),
        Rule(f"{REST}/exportresults", endpoint="export_results", methods=["POST"]),
        Rule(f"{REST}/<name>", endpoint="rest_collection", methods=["GET"]),
        Rule(f"{REST}/<name>/<key>", endpoint="rest_single", methods=["GET"]),
        Rule(f"{REST}/<name>/<key>", endpoint="rest_patch", methods=["PATCH"]),
        Rule(f"{REST}/salesinvoices/<key>/pdf", endpoint="pdf", methods=["GET"]),
        Rule(f"{ODATA}/<name>(<key>)", endpoint="odata_single", methods=["GET"]),
        Rule(f"{ODATA}/<name>(<key>)", endpoint="odata_patch", methods=["PATCH"]),
        Rule(f"{ODATA}/<name>/$count", endpoint="odata_count", methods=["GET"]),
        Rule(f"{ODATA}/<name>", endpoint="odata_collection", methods=["GET"]),
    ],
    strict_slashes=False,
)


class QubzEmulator(Emulator):
    """21QUBZ with the masters of organisations 100 (NL) and 200 (BE), and the documents put into it."""

    key = "qubz"
    declared_switches: ClassVar[tuple[Switch, ...]] = SWITCHES
    seeded_secrets = SECRETS

    def clear(self) -> None:
        """Empty the books down to organisations and masters."""
        self._use(Books())
        for resource, row in masters():
            self.documents.put(resource, row)

    def state(self) -> object:
        """Return the books."""
        return self.documents

    def restore(self, kept: Any) -> None:  # noqa: ANN401 - what `state` returned
        """Take the books back."""
        self._use(kept)

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return how each final document should be booked, visible yet or not."""
        return entries_of(self.documents, administration, since)

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Take rows in the contract's shape by resource, or `{"generate": {...}}`."""
        return load_rows(self.documents, rows)

    def load_demo(self, *, today: date, documents: int) -> None:
        """Put in the sample documents, and generated ones of the last thirty days."""
        for resource, row in demo_rows(today):
            self.documents.put(resource, row)
        if documents:
            load_rows(
                self.documents, {"generate": {"count": documents, "seed": self.seed, "until": str(today)}}
            )

    def answer_status(self, _request: Request, status: int, body: str | None) -> Response:
        """Answer with a status in the service's error shape, unless a body is given."""
        if body is not None:
            return Response(body, status=status, content_type="text/plain; charset=utf-8")
        return error_answer(status, TEXTS.get(status, "Error"), self.switches.text("error_body"))

    def respond(self, request: Request) -> Response:
        """Answer one call of either flavour."""
        try:
            if "emulator.accepted_at" not in request.environ:
                check_access(request, self.switches.text("authentication"), self.secrets.by_name())
            return self._routed(request)
        except NotFound:
            refused = ServiceError(404)
        except MethodNotAllowed:
            refused = ServiceError(405)
        except ServiceError as error:
            refused = error
        shape = "error_object" if request.path.startswith("/odata/") else self.switches.text("error_body")
        return error_answer(refused.status, refused.message, shape)

    def _use(self, books: Books) -> None:
        self.documents = books
        self._rest = RestFlavour(books, self.switches)
        self._odata = ODataFlavour(books, self.switches)

    def _routed(self, request: Request) -> Response:
        endpoint, arguments = ROUTES.bind_to_environ(request.environ).match()
        call: Callable[..., Response] = getattr(self, f"_{endpoint}")
        return call(request, **arguments)

    def _openapi(self, request: Request) -> Response:
        return self._json(openapi(request.host_url.rstrip("/") + REST))

    def _rest_collection(self, request: Request, name: str) -> Response:
        return self._json(self._rest.collection(name, request.args, self.clock.now()))

    def _rest_single(self, _request: Request, name: str, key: str) -> Response:
        return self._json(self._rest.single(name, key, self.clock.now()))

    def _rest_patch(self, request: Request, name: str, key: str) -> Response:
        return self._patch(request, name, key)

    def _pdf(self, _request: Request, key: str) -> Response:
        row = self.documents.find(RESOURCES["salesinvoices"], key, self.clock.now())
        return Response(self.documents.file_of(row), content_type="application/pdf")

    def _export_results(self, request: Request) -> Response:
        if self.switches.text("write_back") not in {"both", "batch"}:
            raise ServiceError(404)
        body = _json_body(request)
        results = body.get("exportresults") if isinstance(body, dict) else body
        if not isinstance(results, list):
            raise ServiceError(400, "expected a list of results")
        taken = [from_wire(result) for result in results]
        return self._json(accept_results(self.documents, taken, self.clock.now(), self.switches))

    def _odata_collection(self, request: Request, name: str) -> Response:
        return self._json(self._odata.collection(name, request.args, request.base_url, self.clock.now()))

    def _odata_count(self, request: Request, name: str) -> Response:
        return Response(self._odata.count(name, request.args, self.clock.now()), content_type="text/plain")

    def _odata_single(self, request: Request, name: str, key: str) -> Response:
        return self._json(self._odata.single(name, key, request.args, self.clock.now()))

    def _odata_patch(self, request: Request, name: str, key: str) -> Response:
        return self._patch(request, name.lower(), key)

    def _patch(self, request: Request, name: str, key: str) -> Response:
        resource = resource_named(name)
        if resource.date_field is None or self.switches.text("write_back") not in {"both", "patch"}:
            raise ServiceError(405)
        row = self.documents.find(resource, key, self.clock.now())
        body = _json_body(request)
        if not isinstance(body, dict) or not body:
            raise ServiceError(400, "expected an object")
        write_back(row, from_wire(body), self.clock.now(), self.switches)
        return Response(status=204)

    def _json(self, content: object) -> Response:
        text = to_json(content, as_text=self.switches.text("decimals") == "text")
        return Response(text, content_type="application/json; charset=utf-8")


def _json_body(request: Request) -> Any:  # noqa: ANN401 - JSON
    if request.mimetype != "application/json":
        raise ServiceError(400, "unsupported Content-Type")
    try:
        return loads(request.get_data(), parse_float=Decimal)
    except JSONDecodeError as error:
        raise ServiceError(400, "the body is not JSON") from error
