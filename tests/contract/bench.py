"""What the contract suite needs of a package: its emulator on a socket, its hook, entries of every kind."""

import json
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import pytest

from emulators.clock import EmulatorClock
from emulators.emulator import Emulator
from emulators.registry import build
from emulators.server import EmulatorServer
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Outcome
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.send import Transport
from tests.contract.apparatus import CallCounter, KeptCache, SharedClock
from tests.contract.position import Fate, Position

NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


class Bench(ABC):
    """One package under test, in one position of what nobody documents about it.

    `entries` are by kind; there are at least sales, credit note, mixed signs, purchase, self-billed, memorial
    and foreign currency. `posting_path` and `posting_operation` are the patterns of the calls that book,
    `reading_fault` picks those that read entries. `merged_accounts` are ledger accounts that the package
    keeps apart where the source has one: its own, to the one the mapping tables name. `claimed_on` are those
    on which shifted VAT is claimed. A package that `computes_shifted_vat` itself takes no amount of it, and
    may come to other cents on both its legs.
    """

    slug: str
    posting_path: str
    posting_operation: str = "*"
    reading_fault: Mapping[str, object] = MappingProxyType({"method": "GET"})
    merged_accounts: Mapping[str, str] = MappingProxyType({})
    computes_shifted_vat = False
    claimed_on: frozenset[str]
    systems: ClassVar[Mapping[str, str]] = MappingProxyType({})
    administration: str
    emulator: Emulator

    def __init__(self, position: Position) -> None:
        """Put the package's emulator on a socket, its switches as the position says."""
        emulated = EmulatorClock()
        emulated.set(NIGHT)
        self.position = position
        self.environment = pytest.MonkeyPatch()
        self.emulator = build(self.systems.get(position.country, self.slug), clock=emulated)
        self.server = EmulatorServer(self.emulator)
        self.counter = CallCounter(self.server)
        self.clock = SharedClock(emulated)
        self.cache = KeptCache(self.server.url)
        if position.switches:
            self.switch(**position.switches)
        # What the books begin with is older than what takes its time to show.
        emulated.advance(position.shown_after_s)

    def close(self) -> None:
        """Stop what was started, and take the connections away."""
        self.environment.undo()
        self.server.close()

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
    def refused(self) -> Entry:
        """Return an entry that only the package itself finds something wrong with."""

    def kept(self, code: str) -> str:
        """Return a number or code as the package keeps it in this position."""
        return code

    def bookable(self) -> Mapping[str, Entry]:
        """Return the entries that can be booked as they are in this position."""
        return {
            kind: entry
            for kind, entry in self.entries().items()
            if self.position.fate_of(kind) is Fate.BOOKED
        }

    @property
    def sale(self) -> Entry:
        """Return a sale that can be booked as it is in this position."""
        return next(iter(self.bookable().values()))

    def unbalanced(self) -> Entry:
        """Return a memorial that does not balance."""
        entry = self.entries()["memorial"]
        first, second = entry.lines
        return replace(entry, lines=(first, replace(second, amount=second.amount + Decimal("0.01"))))

    def in_closed_period(self) -> Entry:
        """Return an entry dated in a period that is closed in the package."""
        return replace(self.sale, entry_date=self.sale.entry_date.replace(month=8), period=8)

    def know_chart(self, known: dict[tuple[str, str], str]) -> None:
        """Begin with the chart that an earlier run has read; the first to come reads it."""
        if not known:
            self.hook().read_chart(self.administration)
            known |= self.cache.kept
        self.cache.kept |= known

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

    def open_up(self) -> None:
        """Put every switch where the package is thought to stand."""
        declared = {switch.name: switch.default for switch in self.emulator.declared_switches}
        self.switch(**{name: declared[name] for name in self.position.switches})

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
        return self.read_all(hook, [entry])[entry.reference]

    def read_all(self, hook: TargetHook, entries: Sequence[Entry]) -> dict[str, list[BookedEntry]]:
        """Read the bookings that bear these entries' references, once they show."""
        if self.position.shown_after_s:
            self.clock.sleep(self.position.shown_after_s)
        journals = {entry.journal for entry in entries}
        periods = {Period(fiscal_year=entry.fiscal_year, number=entry.period) for entry in entries}
        booked = list(hook.read_entries(entries[0].administration, journals, periods))
        return {
            entry.reference: [each for each in booked if entry.reference in each.references]
            for entry in entries
        }

    def lay_connection(self, conn_id: str, login: str | None, password: str | None, **extra: object) -> None:
        """Lay down a connection to the emulator where hooks look for one."""
        fields = {
            "conn_type": f"finance_{self.slug}",
            "host": self.server.url,
            "login": login,
            "password": password,
            "extra": extra,
        }
        self.environment.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", json.dumps(fields))


BenchT = TypeVar("BenchT", bound=Bench)


@contextmanager
def opened(make: Callable[[], BenchT]) -> Iterator[BenchT]:
    """Open a bench, and leave nothing of it behind."""
    made = make()
    try:
        yield made
    finally:
        made.close()


def many_of(sale: Entry, count: int) -> list[Entry]:
    """Make so many entries of one, each with a number and reference of its own."""
    return [
        replace(sale, number=f"F2026-{number:05}", reference=make_reference(f"test {number}"))
        for number in range(count)
    ]


def post(hook: TargetHook, entry: Entry) -> Outcome:
    (outcome,) = hook.post_entries([entry])
    return outcome


def post_all(hook: TargetHook, entries: Sequence[Entry]) -> list[Outcome]:
    """Post entries in the batches the package takes, as loading does."""
    size = hook.batch_size(len(entries))
    starts = range(0, len(entries), size)
    return [outcome for start in starts for outcome in hook.post_entries(entries[start : start + size])]
