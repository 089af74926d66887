"""The books of the offices: dimensions, daybooks, VAT codes, periods and bookings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from emulators.clock import EmulatorClock
from emulators.switches import Switches
from emulators.twinfield.chart import Daybook, Dimension, DimensionType, VatCode

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BASE_CURRENCY = "EUR"
NUMBERS_A_YEAR = 100_000
CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of a booking; `value` and `base` are never negative, `debit` tells the side."""

    number: int
    kind: str
    dim1: str
    dim2: str = ""
    dim3: str = ""
    debit: bool
    value: Decimal
    base: Decimal
    rate: Decimal = Decimal(1)
    vatcode: str = ""
    vatvalue: Decimal | None = None
    vatbase: Decimal | None = None
    turnover: Decimal = ZERO
    baseturnover: Decimal = ZERO
    description: str = ""
    invoicenumber: str = ""
    duedate: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def signed(self) -> Decimal:
        """Return the amount, credit as negative."""
        return self.value if self.debit else -self.value

    @property
    def signed_base(self) -> Decimal:
        """Return the amount in the base currency, credit as negative."""
        return self.base if self.debit else -self.base


@dataclass(slots=True, kw_only=True)
class Booking:
    """A stored transaction; `location` is temporary or final, `head` holds texts and statement fields."""

    code: str
    number: str
    period: str
    currency: str
    date: str
    location: str
    invoicenumber: str = ""
    duedate: str = ""
    regime: str = "Generic"
    head: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    input_at: datetime
    modified_at: datetime

    @property
    def relation(self) -> str:
        """Return the debtor or creditor of its total line."""
        return next((line.dim2 for line in self.lines if line.kind == "total"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A booking that was deleted."""

    code: str
    number: str
    date: str
    deleted_at: datetime
    reason: str


@dataclass(slots=True, kw_only=True)
class Office:
    """One administration."""

    code: str
    name: str
    shortname: str
    accessible: bool
    country: str = "NL"
    types: dict[str, DimensionType] = field(default_factory=dict)
    dimensions: dict[tuple[int, str], Dimension] = field(default_factory=dict)
    daybooks: dict[str, Daybook] = field(default_factory=dict)
    vat_codes: dict[str, VatCode] = field(default_factory=dict)
    currencies: dict[str, tuple[str, str, Decimal]] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    bookings: dict[tuple[str, str], Booking] = field(default_factory=dict)
    invoice_numbers: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    used: set[tuple[int, str]] = field(default_factory=set)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    deletions: list[Deletion] = field(default_factory=list)

    def dimension(self, level: int, code: str) -> Dimension | None:
        """Return the dimension with this code on a level, unless it was deleted."""
        found = self.dimensions.get((level, code))
        return found if found and found.status != "deleted" else None

    def of_type(self, dimension_type: str) -> Iterator[Dimension]:
        """Return the dimensions of a type, by code."""
        for _key, found in sorted(self.dimensions.items()):
            if found.type == dimension_type and found.status != "deleted":
                yield found

    def next_number(self, daybook: str, year: int) -> str:
        """Give the next number of a daybook in a year, such as 202600041."""
        self.numbers[daybook, year] = self.numbers.get((daybook, year), 0) + 1
        return str(year * NUMBERS_A_YEAR + self.numbers[daybook, year])

    def store(self, booking: Booking) -> None:
        """Put a booking in the books, in the place of the one it has the number of."""
        self.remove(booking.code, booking.number)
        self.bookings[booking.code, booking.number] = booking
        if booking.invoicenumber:
            self.invoice_numbers.setdefault((booking.code, booking.invoicenumber), set()).add(booking.number)
        for line in booking.lines:
            self.used |= {(1, line.dim1), (2, line.dim2), (3, line.dim3)}

    def remove(self, daybook: str, number: str) -> Booking | None:
        """Take a booking out of the books."""
        found = self.bookings.pop((daybook, number), None)
        if found and found.invoicenumber:
            self.invoice_numbers[daybook, found.invoicenumber].discard(number)
        return found

    def with_invoice_number(self, daybook: str, number: str) -> list[Booking]:
        """Return the bookings of a daybook with an invoice number."""
        numbers = self.invoice_numbers.get((daybook, number), ())
        return [self.bookings[daybook, each] for each in sorted(numbers)]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who the token belongs to; Twinfield's texts come in this user's language."""

    code: str
    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One office as one request sees it: with clock, switches and user."""

    office: Office
    offices: dict[str, Office]
    clock: EmulatorClock
    switches: Switches
    user: User

    def now(self) -> datetime:
        """Return the time; Twinfield's own stamps are UTC."""
        return self.clock.now().replace(microsecond=0)

    def today(self) -> date:
        """Return today in Amsterdam."""
        return self.clock.now().astimezone(AMSTERDAM).date()
