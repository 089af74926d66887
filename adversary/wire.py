"""The network between the product and its emulators: no socket, and every call may go wrong."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from adversary.answers import SHORT, shorten
from adversary.calls import POST, count_entries, sort_call
from adversary.machine import Machine
from adversary.script import Event
from emulators.emulator import Emulator
from emulators.in_process import InProcessAdapter
from finance_hooks.transport.session import HeldBackError, current_departure

LATENCY_S = (0.02, 0.4)
REFUSED = "refused"


@dataclass(slots=True, kw_only=True, eq=False)
class Trouble:
    """Which calls of a task go wrong, by sort of call and number; every one of them once.

    `posts` are the entries that left in calls that book, whatever became of them.
    """

    planned: dict[str, dict[int, Event]] = field(default_factory=lambda: defaultdict(dict))
    counted: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    posts: int = 0

    def begin(self, events: list[Event]) -> None:
        """Count calls anew, and let these events happen to them."""
        self.planned, self.counted = defaultdict(dict), Counter()
        for event in events:
            self.planned[event.value("call", "post")][event.nth] = event

    def meet(self, sort: str) -> Event | None:
        """Count a call, and return what happens to it."""
        self.counted[sort] += 1
        event = self.planned[sort].get(self.counted[sort])
        if event is not None:
            self.happened[f"{sort} {event.value('effect', '')}"] += 1
        return event


class SimulatedWire(InProcessAdapter):
    """Carry calls to one emulator, with the trouble that the script wants."""

    def __init__(self, emulator: Emulator, machine: Machine, trouble: Trouble) -> None:
        """Choose who answers, on whose clock, and what goes wrong."""
        super().__init__(emulator)
        self.emulator = emulator
        self.machine = machine
        self.trouble = trouble

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: bool | str = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Carry one request there and its answer back, or not."""
        machine, departure = self.machine, current_departure()
        machine.point()
        sort = sort_call(self.emulator.key, request)
        event = self.trouble.meet(sort)
        departure.left = False
        if event is not None and event.value("effect", "") == REFUSED:
            raise requests.ConnectionError(NewConnectionError(None, "refused"), request=request)  # type: ignore[arg-type]
        machine.pass_time(machine.random.uniform(*LATENCY_S))
        refusal = departure.why_not()
        if refusal:
            raise HeldBackError(refusal)
        departure.left = True
        if sort == POST:
            self.trouble.posts += count_entries(self.emulator.key, request)
        began_s = machine.now_s()
        self.emulator.faults.clear()
        is_shortened = event is not None and event.value("effect", "") in SHORT
        if event is not None and not is_shortened:
            self.emulator.faults.place(_fault(event))
        response = super().send(request, stream, timeout, verify, cert, proxies)
        if event is not None and is_shortened:
            response = shorten(response, event)
        machine.point()
        if machine.now_s() - began_s > _patience_s(timeout):
            raise requests.ReadTimeout(request=request)
        return response


def _fault(event: Event) -> dict[str, Any]:
    """Return the emulator's own words for what goes wrong."""
    wanted = dict(event.values)
    wanted.pop("call", None)
    return {"times": 1, **wanted}


def _patience_s(timeout: object) -> float:
    return float(timeout[1]) if isinstance(timeout, tuple) else float("inf")
