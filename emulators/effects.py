"""What each fault does to a request."""

import json
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from emulators.emulator import Emulator
    from emulators.faults import Fault

MAINTENANCE_PAGE = """<!DOCTYPE html>
<html><head><title>Onderhoud</title></head>
<body><h1>Onderhoud</h1><p>Wij zijn zo terug.</p></body></html>
"""


REQUEST = "{request}"


class ConnectionDroppedError(ConnectionError):
    """The connection goes down without an answer; over a socket with FIN, or with RST when `reset`."""

    def __init__(self, *, reset: bool) -> None:
        """Say which way the connection goes down."""
        super().__init__("connection reset" if reset else "connection closed without an answer")
        self.reset = reset


def answer_with_fault(emulator: "Emulator", request: Request, fault: "Fault | None") -> Response:
    """Answer a request as its fault wants it; raise ConnectionDroppedError when there is no answer."""
    if fault is None:
        return emulator.carry_out(request)
    return _EFFECTS[fault.effect](emulator, request, fault)


def _status(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    _carry_out_if_after(emulator, request, fault)
    return emulator.answer_status(request, fault.status, _body_of(fault, request))


def _lost_answer(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    emulator.carry_out(request)
    emulator.sleep(fault.hang_s)
    raise ConnectionDroppedError(reset=False)


def _reset(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    _carry_out_if_after(emulator, request, fault)
    emulator.sleep(fault.hang_s)
    raise ConnectionDroppedError(reset=True)


def _slow(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    if fault.when == "before":
        emulator.sleep(fault.delay_s)
        return emulator.carry_out(request)
    response = emulator.carry_out(request)
    emulator.sleep(fault.delay_s)
    return response


def _late_booking(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    emulator.accept_for_later(request, fault.delay_s)
    emulator.sleep(fault.hang_s)
    raise ConnectionDroppedError(reset=False)


def _html(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    _carry_out_if_after(emulator, request, fault)
    return Response(
        _body_of(fault, request) or MAINTENANCE_PAGE, status=200, content_type="text/html; charset=utf-8"
    )


def _truncated(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    response = emulator.carry_out(request)
    whole = response.get_data()
    response.set_data(whole[: len(whole) // 2])
    if fault.length == "full":
        response.headers["Content-Length"] = str(len(whole))
    return response


def _token_expired(emulator: "Emulator", request: Request, _fault: "Fault") -> Response:
    return emulator.answer_token_expired(request)


def _throttle(emulator: "Emulator", request: Request, fault: "Fault") -> Response:
    return emulator.answer_throttled(request, fault.delay_s)


def _body_of(fault: "Fault", request: Request) -> str | None:
    """Return the body that was asked for; `{request}` in it becomes all that the caller sent, as one text.

    The text is written as JSON wants it where the body is JSON, else as XML and HTML do.
    """
    if fault.body is None or REQUEST not in fault.body:
        return fault.body
    headers = "; ".join(f"{name}: {text}" for name, text in request.headers.items())
    sent = f"{request.method} {request.full_path} {headers} {request.get_data(as_text=True)}"
    fitting = json.dumps(sent)[1:-1] if fault.body.startswith("{") and fault.body != REQUEST else escape(sent)
    return fault.body.replace(REQUEST, fitting)


def _carry_out_if_after(emulator: "Emulator", request: Request, fault: "Fault") -> None:
    if fault.when == "after":
        emulator.carry_out(request)


_EFFECTS: dict[str, Callable[["Emulator", Request, "Fault"], Response]] = {
    "status": _status,
    "lost_answer": _lost_answer,
    "reset": _reset,
    "slow": _slow,
    "late_booking": _late_booking,
    "html": _html,
    "truncated": _truncated,
    "token_expired": _token_expired,
    "throttle": _throttle,
}
