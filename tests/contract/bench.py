"""What the contract suite needs of a package: its emulator on a socket, its hook, entries of every kind."""

import json
import threading
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from emulators.clock import EmulatorClock
from emulators.server import EmulatorServer
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.outcome import Outcome
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.send import Transport

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass(slots=True)
class SharedClock:
    """The hook's clock: the emulator's own, so that waiting costs nothing."""

    emulated: EmulatorClock
    slept_s: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.emulated.now()

    def boot_s(self) -> float:
        return self.emulated.now().timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.emulated.advance(seconds)


class CallCounter:
    """Stands before an emulator and counts how many calls were under way at the same time."""

    def __init__(self, server: EmulatorServer) -> None:
        self.most = 0
        self._under_way = 0
        self._lock = threading.Lock()
        self._application = server.emulator
        server._server.app = self

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with self._lock:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        try:
            return self._application(environ, start_response)
        finally:
            with self._lock:
                self._under_way -= 1


@dataclass(slots=True)
class KeptCache:
    """A cache that lasts as long as the bench and never grows old."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        del max_age
        return self.kept.get((name, key))

    def write(self, name: str, key: str, content: str) -> None:
        self.kept[name, key] = content


class Bench(ABC):
    """One package under test.

    `entries` are by kind; there are at least sales, credit note, mixed signs, purchase, self-billed, memorial
    and foreign currency. `posting_path` and `posting_operation` are the patterns of the calls that book,
    `reading_fault` picks those that read entries. `merged_accounts` are ledger accounts that the package
    keeps apart where the source has one: its own, to the one the mapping tables name.
    """

    slug: str
    posting_path: str
    posting_operation: str = "*"
    reading_fault: Mapping[str, object] = MappingProxyType({"method": "GET"})
    merged_accounts: Mapping[str, str] = MappingProxyType({})
    server: EmulatorServer
    counter: CallCounter
    clock: SharedClock
    cache: KeptCache
    administration: str

    @abstractmethod
    def close(self) -> None:
        """Stop what was started."""

    @abstractmethod
    def entries(self) -> Mapping[str, Entry]:
        """Return an entry of every kind the package books."""

    @abstractmethod
    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> TargetHook:
        """Make a hook as a new task would, with a way out and a budget of the bench's own unless given."""

    @abstractmethod
    def with_wrong_credentials(self) -> TargetHook:
        """Make a hook whose credentials the package does not know."""

    @abstractmethod
    def expire_token(self) -> None:
        """Let the token in use expire before the next call."""

    @abstractmethod
    def unbalanced(self) -> Entry:
        """Return a memorial that does not balance."""

    @abstractmethod
    def refused(self) -> Entry:
        """Return an entry that only the package itself finds something wrong with."""

    @abstractmethod
    def in_closed_period(self) -> Entry:
        """Return an entry dated in a period that is closed in the package."""

    def control(self, route: str, body: object | None = None) -> Any:
        """Call a control route of the emulator."""
        request = urllib.request.Request(  # noqa: S310 - the emulator's own address
            f"{self.server.url}/_emulator/{route}",
            data=None if body is None else json.dumps(body).encode(),
            method="GET" if body is None else "POST",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def place(self, **fault: object) -> None:
        """Place one fault on the next booking, unless it says otherwise."""
        self.control("faults", {**self.posting_fault, "times": 1, **fault})

    @property
    def posting_fault(self) -> dict[str, object]:
        """Pick the calls that book."""
        return {"method": "POST", "path": self.posting_path, "operation": self.posting_operation}

    def switch(self, **positions: object) -> None:
        """Move switches of the emulator."""
        self.control("switches", positions)

    def books(self) -> list[dict[str, Any]]:
        """Return what stands in the books, by the emulator's own account."""
        entries: list[dict[str, Any]] = []
        page: int | None = 1
        while page is not None:
            answer = self.control(f"books?administration={self.administration}&page={page}")
            entries += answer["entries"]
            page = answer["next"]
        return entries

    def posting_calls(self) -> int:
        """Count the calls that tried to book, answered or not."""
        return sum(
            1 for call in self.calls() if self.is_posting(call["path"], call["operation"], call["method"])
        )

    def is_posting(self, path: str, operation: str, method: str) -> bool:
        """Tell calls that try to book from all others."""
        return (
            method == "POST"
            and fnmatchcase(path, self.posting_path)
            and fnmatchcase(operation, self.posting_operation)
        )

    def calls(self) -> Iterator[dict[str, Any]]:
        """List every call that the emulator got."""
        page: int | None = 1
        while page is not None:
            answer = self.control(f"calls?page={page}")
            yield from answer["calls"]
            page = answer["next"]

    def read_back(self, hook: TargetHook, entry: Entry) -> list[BookedEntry]:
        """Read the bookings that bear an entry's reference, as a later run would."""
        period = Period(fiscal_year=entry.fiscal_year, number=entry.period)
        booked = hook.read_entries(entry.administration, {entry.journal}, {period})
        return [each for each in booked if entry.reference in each.references]


def post(hook: TargetHook, entry: Entry) -> Outcome:
    (outcome,) = hook.post_entries([entry])
    return outcome


def post_all(hook: TargetHook, entries: Sequence[Entry]) -> list[Outcome]:
    """Post entries in the batches the package takes, as loading does."""
    size = hook.settings.batch_size
    starts = range(0, len(entries), size)
    return [outcome for start in starts for outcome in hook.post_entries(entries[start : start + size])]
