"""The control routes of an emulator: JSON, loopback only, for tests and demonstrations."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from emulators.faults import UnknownFaultError
from emulators.switches import UnknownSwitchError

if TYPE_CHECKING:
    from emulators.emulator import Emulator

PREFIX = "/_emulator/"
PAGE_SIZE = 1000
LOOPBACK = frozenset({"127.0.0.1", "::1", None})

Answer = dict[str, Any]


def is_control(request: Request) -> bool:
    """Tell control calls from the vendor's own."""
    return request.path.startswith(PREFIX)


def answer(emulator: "Emulator", request: Request) -> Response:
    """Answer one control call; 400 with `{"error"}` when it makes no sense."""
    if request.remote_addr not in LOOPBACK:
        return _json({"error": "control routes answer loopback only"}, 403)
    route = _ROUTES.get((request.method, request.path.removeprefix(PREFIX)))
    if route is None:
        return _json({"error": f"no control route {request.method} {request.path}"}, 404)
    try:
        with emulator.lock:
            emulator.book_what_is_due()
            return _json(route(emulator, request), 200)
    except (UnknownFaultError, UnknownSwitchError, ValueError, TypeError, KeyError) as error:
        return _json({"error": f"{type(error).__name__}: {error}"}, 400)


def _books(emulator: "Emulator", request: Request) -> Answer:
    entries = emulator.books(request.args.get("administration"), _since(request))
    return _page("entries", entries, request)


def _calls(emulator: "Emulator", request: Request) -> Answer:
    return _page("calls", emulator.calls.since(_since(request)), request)


def _list_faults(emulator: "Emulator", _request: Request) -> Answer:
    return {"faults": [fault.listed() for fault in emulator.faults.placed]}


def _place_fault(emulator: "Emulator", request: Request) -> Answer:
    wanted = json.loads(request.get_data())
    for fault in wanted if isinstance(wanted, list) else [wanted]:
        emulator.faults.place(fault)
    return _list_faults(emulator, request)


def _clear_faults(emulator: "Emulator", request: Request) -> Answer:
    emulator.faults.clear()
    return _list_faults(emulator, request)


def _read_clock(emulator: "Emulator", _request: Request) -> Answer:
    return {"now": emulator.clock.now().isoformat()}


def _move_clock(emulator: "Emulator", request: Request) -> Answer:
    body = _body(request)
    if "set" in body:
        emulator.clock.set(_instant(str(body["set"])))
    emulator.clock.advance(float(body.get("advance_s", 0)))
    emulator.book_what_is_due()
    emulator.keep()
    return _read_clock(emulator, request)


def _read_limits(emulator: "Emulator", _request: Request) -> Answer:
    return {"scale": emulator.limits_scale}


def _set_limits(emulator: "Emulator", request: Request) -> Answer:
    emulator.limits_scale = float(_body(request)["scale"])
    emulator.keep()
    return _read_limits(emulator, request)


def _list_switches(emulator: "Emulator", _request: Request) -> Answer:
    return {"switches": emulator.switches.listed()}


def _move_switches(emulator: "Emulator", request: Request) -> Answer:
    emulator.move_switches(_body(request))
    emulator.keep()
    return _list_switches(emulator, request)


def _teach_secrets(emulator: "Emulator", request: Request) -> Answer:
    emulator.secrets.teach({name: str(secret) for name, secret in _body(request).items()})
    emulator.keep()
    return {"taught": sorted(emulator.secrets.taught())}


def _load(emulator: "Emulator", request: Request) -> Answer:
    loaded = emulator.load(json.loads(request.get_data(), parse_float=Decimal))
    emulator.keep()
    return {"loaded": loaded}


def _reset(emulator: "Emulator", request: Request) -> Answer:
    wanted = _body(request) if request.get_data() else {}
    emulator.reset()
    if wanted.get("demo"):
        today = date.fromisoformat(wanted["today"]) if "today" in wanted else emulator.clock.now().date()
        emulator.load_demo(today=today, documents=int(wanted.get("documents", 0)))
        emulator.keep()
    return {"reset": True}


def _page(name: str, rows: Iterable[dict[str, Any]], request: Request) -> Answer:
    number = int(request.args.get("page", "1"))
    start = (number - 1) * PAGE_SIZE
    found = list(islice(rows, start, start + PAGE_SIZE + 1))
    return {name: found[:PAGE_SIZE], "next": number + 1 if len(found) > PAGE_SIZE else None}


def _since(request: Request) -> datetime | None:
    text = request.args.get("since")
    return _instant(text.replace(" ", "+")) if text else None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant


def _body(request: Request) -> dict[str, Any]:
    body = json.loads(request.get_data() or b"{}")
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    return body


def _json(content: Answer, status: int) -> Response:
    return Response(json.dumps(content), status=status, content_type="application/json")


_ROUTES: dict[tuple[str, str], Callable[["Emulator", Request], Answer]] = {
    ("GET", "books"): _books,
    ("GET", "calls"): _calls,
    ("GET", "faults"): _list_faults,
    ("POST", "faults"): _place_fault,
    ("DELETE", "faults"): _clear_faults,
    ("GET", "clock"): _read_clock,
    ("POST", "clock"): _move_clock,
    ("GET", "limits"): _read_limits,
    ("POST", "limits"): _set_limits,
    ("GET", "switches"): _list_switches,
    ("POST", "switches"): _move_switches,
    ("POST", "secrets"): _teach_secrets,
    ("POST", "load"): _load,
    ("POST", "reset"): _reset,
}
