"""What people do to bookings in Twinfield."""

from copy import deepcopy
from datetime import date
from typing import Any

from adversary.amounts import growing, month_away

Books = Any


def delete(emulator: Books, administration: str, reference: str) -> bool:
    """Delete a transaction."""
    office = emulator.offices[administration]
    booking = _booking(office, reference)
    office.remove(booking.code, booking.number)
    return True


def edit(emulator: Books, administration: str, reference: str) -> bool:
    """Raise a transaction by one, on its first line and on another account."""
    booking = _booking(emulator.offices[administration], reference)
    chosen = growing([(line.dim1, line.signed_base, line.kind == "vat") for line in booking.lines])
    for place, amount in chosen:
        line = booking.lines[place]
        line.base, line.value = line.base + abs(amount), line.value + abs(amount)
    booking.modified_at = _now(emulator)
    return bool(chosen)


def copy(emulator: Books, administration: str, reference: str) -> bool:
    """Enter the same once more, under a number of its own."""
    office = emulator.offices[administration]
    again = deepcopy(_booking(office, reference))
    again.number = office.next_number(again.code, int(again.period[:4]))
    again.input_at = again.modified_at = _now(emulator)
    office.store(again)
    return True


def move(emulator: Books, administration: str, reference: str, months: int) -> bool:
    """Give a transaction a date, and a period, of another month."""
    booking = _booking(emulator.offices[administration], reference)
    day = month_away(date(int(booking.date[:4]), int(booking.date[4:6]), int(booking.date[6:])), months)
    year, number = emulator.fiscal_years.period_of(day)
    booking.date, booking.period = f"{day:%Y%m%d}", f"{year}/{number:02d}"
    booking.modified_at = _now(emulator)
    return True


def _booking(office: Books, reference: str) -> Any:  # noqa: ANN401 - the emulator's own
    return next(booking for booking in office.bookings.values() if reference in str(booking))


def _now(emulator: Books) -> Any:  # noqa: ANN401 - an instant
    return emulator.clock.now().replace(microsecond=0)
