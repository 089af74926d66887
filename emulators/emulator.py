"""What every emulator has: clock, faults, switches, calls, state on disk, and control routes."""

import random
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from emulators import control
from emulators.calls import Calls
from emulators.clock import EmulatorClock
from emulators.effects import ConnectionDroppedError, answer_with_fault
from emulators.faults import Fault, Faults
from emulators.known_secrets import KnownSecrets
from emulators.late_booking import LateBooking
from emulators.state_file import StateFile
from emulators.switches import Switch, Switches

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Emulator(ABC):
    """One system's stand-in: a WSGI application that holds its own books.

    A system subclasses this, gives `key` and `declared_switches`, and answers its vendor's calls in
    `respond`. Everything below `respond` runs under `self.lock`, one request at a time, so its state needs
    no locks of its own. It reads the time from `self.clock.now()`, chance from `self.random`, switches
    from `self.switches` and the share of the vendor's limits from `self.limits_scale` (0 = no limits).
    In process a request without an answer raises ConnectionDroppedError.
    """

    key: str = ""
    declared_switches: ClassVar[tuple[Switch, ...]] = ()
    seeded_secrets: Mapping[str, str] = MappingProxyType({})

    def __init__(
        self,
        *,
        seed: int = 0,
        clock: EmulatorClock | None = None,
        directory: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Start with empty books, or with those kept in the directory.

        A subclass sets what `clear`, `restore` and `respond` need, then calls this; `key` must be set.
        """
        self.seed = seed
        self.clock = clock or EmulatorClock()
        self.sleep = sleep
        self.lock = threading.RLock()
        self.random = random.Random(seed)  # noqa: S311 - repeatable numbers, not secrets
        self.switches = Switches(self.declared_switches)
        self.secrets = KnownSecrets(self.seeded_secrets)
        self.faults = Faults()
        self.calls = Calls()
        self.limits_scale = 1.0
        self.late_bookings: list[LateBooking] = []
        self.state_file: StateFile | None = None
        self.restored = False
        self.clear()
        if directory is not None:
            self._open_state(directory)

    @abstractmethod
    def respond(self, request: Request) -> Response:
        """Carry out one vendor call and answer as the vendor does, errors included."""

    @abstractmethod
    def clear(self) -> None:
        """Empty the books down to the system's own seed (administrations, charts, credentials)."""

    @abstractmethod
    def state(self) -> object:
        """Return everything that must survive a restart, in a form pickle takes."""

    @abstractmethod
    def restore(self, kept: Any) -> None:  # noqa: ANN401 - whatever this emulator's `state` returned
        """Take back what `state` returned."""

    @abstractmethod
    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        """Return booked entries in the shape of the control route, amounts as decimal strings.

        `{"administration","journal","number","document","reference","date","period","party","currency",
        "rate","lines":[{"account","debit","credit","in_currency","vat_code","is_vat","cost_centre","party",
        "text"}]}`; `in_currency` is debit minus credit in the entry's own currency. `since` picks those
        booked or changed at or after that instant on the emulator's clock.
        """

    @abstractmethod
    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        """Put rows in the vendor's own read shape into the books; return counts; ValueError if wrong.

        Fractions come as Decimal.
        """

    def load_demo(self, *, today: date, documents: int) -> None:  # noqa: B027 - not every system has a demo
        """Put in the demo's books, dated relative to today, and a number of generated documents."""

    def operation(self, _request: Request) -> str:
        """Name what a call does where its path does not tell, for faults and the list of calls."""
        return ""

    def answer_status(self, _request: Request, status: int, body: str | None) -> Response:
        """Answer with a status, in the vendor's error format unless a body is given."""
        return Response(body or "", status=status, content_type="text/plain; charset=utf-8")

    def answer_token_expired(self, request: Request) -> Response:
        """Answer as the vendor does when a token has expired."""
        return self.answer_status(request, 401, None)

    def answer_throttled(self, request: Request, retry_after_s: float) -> Response:
        """Answer as the vendor does when a limit is reached."""
        response = self.answer_status(request, 429, None)
        response.headers["Retry-After"] = str(int(retry_after_s))
        return response

    def changes_state(self, request: Request) -> bool:
        """Tell whether a request may have changed what is kept on disk."""
        return request.method not in READING_METHODS

    def carry_out(self, request: Request) -> Response:
        """Carry out a request under the lock, after the late bookings that are due by now."""
        with self.lock:
            self.book_what_is_due()
            response = self.respond(request)
            if self.changes_state(request):
                self.keep()
            return response

    def accept_for_later(self, request: Request, delay_s: float) -> None:
        """Carry a request out only once the emulator's clock has moved on by the delay.

        Its environ then has `emulator.accepted_at`: it was authenticated when it came in.
        """
        now = self.clock.now()
        environ = {name: text for name, text in request.environ.items() if isinstance(text, str)}
        environ["emulator.accepted_at"] = now.isoformat()
        with self.lock:
            late = LateBooking(
                due_at=now + timedelta(seconds=delay_s), environ=environ, body=request.get_data()
            )
            self.late_bookings.append(late)
            self.keep()

    def book_what_is_due(self) -> None:
        """Carry out the late bookings whose time has come, each at its own time."""
        now = self.clock.now()
        due = sorted((late for late in self.late_bookings if late.due_at <= now), key=attrgetter("due_at"))
        if not due:
            return
        self.late_bookings = [late for late in self.late_bookings if late.due_at > now]
        for late in due:
            with self.clock.at(late.due_at):
                self.respond(Request({**late.environ, "wsgi.input": BytesIO(late.body)}))
        self.keep()

    def move_switches(self, positions: Mapping[str, object]) -> None:
        """Move switches, and what follows from them."""
        self.switches.move(positions)

    def keep(self) -> None:
        """Have the state written, when there is a directory."""
        if self.state_file is not None:
            self.state_file.changed()

    def reset(self) -> None:
        """Go back to the seed: books, faults, switches, calls, clock, limits, chance."""
        self.random.seed(self.seed)
        self.faults.clear()
        self.calls.clear()
        self.switches.back_to_default()
        self.secrets.back_to_seed()
        self.clock.offset = timedelta()
        self.limits_scale = 1.0
        self.late_bookings.clear()
        self.clear()
        self.keep()

    def close(self) -> None:
        """Write the state a last time."""
        if self.state_file is not None:
            self.state_file.close()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as a WSGI application."""
        request = Request(environ)
        request.get_data()  # the next request of this connection starts behind the body
        response = control.answer(self, request) if control.is_control(request) else self._answer(request)
        response.headers["Date"] = http_date(self.clock.now())
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        with self.lock:
            fault = self.faults.draw(request.method, request.path, self.operation(request))
        try:
            response = answer_with_fault(self, request, fault)
        except ConnectionDroppedError:
            self._note(request, None, fault)
            raise
        self._note(request, response.status_code, fault)
        return response

    def _note(self, request: Request, status: int | None, fault: Fault | None) -> None:
        with self.lock:
            self.calls.add(
                at=self.clock.now(),
                method=request.method,
                path=request.path,
                operation=self.operation(request),
                query=request.query_string.decode(),
                status=status,
                fault=fault.effect if fault else None,
            )

    def _open_state(self, directory: Path) -> None:
        self.state_file = StateFile(directory / f"{self.key}.state", self._everything, self.lock)
        kept = self.state_file.read()
        if isinstance(kept, dict):
            self.restored = True
            self.clock.offset = kept["clock_offset"]
            self.switches.move(kept["switches"])
            self.secrets.teach(kept.get("secrets", {}))
            self.late_bookings = kept["late_bookings"]
            self.limits_scale = kept["limits_scale"]
            self.restore(kept["books"])

    def _everything(self) -> dict[str, object]:
        return {
            "clock_offset": self.clock.offset,
            "switches": self.switches.moved(),
            "secrets": self.secrets.taught(),
            "late_bookings": self.late_bookings,
            "limits_scale": self.limits_scale,
            "books": self.state(),
        }
