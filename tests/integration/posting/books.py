"""A bookkeeping package of a few lines, with a clock of its own and every way to lose an answer."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from finance_hooks.model.chart import Chart, ChartPeriod
from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Booked, Outcome, Totals, Unknown
from finance_hooks.targets.base import TargetSettings

SETTLE_S = 300


@dataclass(slots=True)
class SteppedClock:
    """A clock that moves when a test says so, or when somebody sleeps."""

    instant: datetime = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def boot_s(self) -> float:
        return self.instant.timestamp()

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


SETTINGS = TargetSettings(
    slug="books",
    label="Books",
    countries=("NL",),
    batch_size=1,
    lines_max=100,
    settle_s=SETTLE_S,
    request_timeout_s=60,
    description_length=60,
    number_length=30,
)

Answering = Callable[["Books", Entry], Outcome]


@dataclass(slots=True)
class Books:
    """Book entries as they come; `answering` may lose answers, refuse or delay, one entry at a time."""

    clock: SteppedClock
    settings: TargetSettings = SETTINGS
    booked: list[tuple[datetime, BookedEntry]] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    reads: list[frozenset[Period]] = field(default_factory=list)
    answering: list[Answering] = field(default_factory=list)
    unreadable: bool = False

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        return True, f"books of {administration}"

    def read_chart(self, administration: str) -> Chart:
        return Chart(
            administration=administration,
            name="Books",
            country="NL",
            currency="EUR",
            journals={},
            ledger_accounts={},
            vat_codes={},
            cost_centres={},
            payment_terms={},
            parties={},
            periods=tuple(
                ChartPeriod(
                    fiscal_year=2026,
                    number=month,
                    first_date=date(2026, month, 1),
                    last_date=date(2026, month, 28),
                )
                for month in range(1, 13)
            ),
        )

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        del administration
        if self.unreadable:
            raise TemporaryFailure("the books cannot be read", retry_after_s=60)
        self.reads.append(frozenset(periods))
        for visible_at, entry in self.booked:
            if visible_at <= self.clock.now() and entry.journal in journals and entry.period in periods:
                yield entry

    def batch_size(self, _pending: int, /) -> int:
        return self.settings.batch_size

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        return [self._post(entry) for entry in entries]

    def _post(self, entry: Entry) -> Outcome:
        self.posts.append(entry.reference)
        if self.answering:
            return self.answering.pop(0)(self, entry)
        return self.book(entry)

    def book(self, entry: Entry, *, visible_after_s: int = 0, **changes: object) -> Booked:
        number = f"2670{len(self.booked):04}"
        booked = BookedEntry(
            id=f"id-{number}",
            entry_number=number,
            journal=entry.journal,
            kind=entry.kind,
            references=frozenset({entry.reference}),
            number=entry.number,
            entry_date=entry.entry_date,
            period=Period(fiscal_year=entry.fiscal_year, number=entry.period),
            party=entry.party,
            currency=entry.currency,
            gross=entry.gross,
            gross_in_books=entry.gross_in_books,
            lines=tuple(_legs(entry)),
        )
        visible_at = self.clock.now() + timedelta(seconds=visible_after_s)
        self.booked.append((visible_at, replace(booked, **changes)))  # type: ignore[arg-type]
        return Booked(
            reference=entry.reference, id=booked.id, number=number, totals=Totals(gross=entry.gross)
        )

    def times_booked(self, reference: str) -> int:
        return sum(reference in entry.references for _, entry in self.booked)


def lost_after_booking(visible_after_s: int = 0) -> Answering:
    """Book, perhaps visible only later, and lose the answer."""

    def answer(books: Books, entry: Entry) -> Outcome:
        books.book(entry, visible_after_s=visible_after_s)
        return Unknown(reference=entry.reference, why="read time-out")

    return answer


def lost_before_booking(books: Books, entry: Entry) -> Outcome:
    """Lose the request on its way."""
    del books
    return Unknown(reference=entry.reference, why="connection reset")


def _legs(entry: Entry) -> Iterator[BookedLine]:
    for line in entry.lines:
        yield _leg(line.ledger_account, -line.amount, line.vat_code, is_vat=False)
        yield _leg("1650", -line.vat_amount, line.vat_code, is_vat=True)
    yield _leg("1300", entry.gross, None, is_vat=False)


def _leg(account: str, signed: Decimal, vat_code: str | None, *, is_vat: bool) -> BookedLine:
    return BookedLine(
        ledger_account=account,
        debit=max(signed, Decimal(0)),
        credit=max(-signed, Decimal(0)),
        vat_code=vat_code,
        is_vat=is_vat,
        cost_centre=None,
        party=None,
        description="",
    )
