"""PeriodService.svc: years, and periods that are open or closed.

Source: the vendor's page on periods and its WSDL.
"""

from lxml.etree import _Element as Element

from emulators.fiscal_years import FiscalYears
from emulators.twinfield.books import Books
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.periods import closed, end_of, numbers
from emulators.twinfield.queries import CONTRACTS, QueryFaultError, add, parameters, result, type_of
from emulators.twinfield.wire import TWINFIELD, Envelope

NAMESPACE = f"{CONTRACTS}.PeriodService"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
FAULT = "PeriodServiceFault"


def answer(desk: Desk, envelope: Envelope) -> Element:
    """Answer GetYears and GetPeriods, and carry out OpenPeriod and ClosePeriod."""
    books = desk.open(desk.company)
    if books is None:
        raise FaultError(102)
    kind = type_of(envelope)
    if envelope.operation == "Query" and kind == "GetYears":
        return _years(books)
    if envelope.operation == "Query" and kind == "GetPeriods":
        return _periods(books, parameters(envelope).get("Year", ""))
    if envelope.operation == "Command" and kind in {"OpenPeriod", "ClosePeriod"}:
        return _move(books, kind, parameters(envelope))
    raise FaultError(187)


def _years(books: Books) -> Element:
    root = result(NAMESPACE, "GetYearsResult")
    years = add(root, NAMESPACE, "Years")
    for year in books.office.years:
        add(years, ARRAYS, "int", str(year))
    return root


def _periods(books: Books, year: str) -> Element:
    _check_year(books, year)
    root = result(NAMESPACE, "GetPeriodsResult")
    rows = add(root, NAMESPACE, "Periods")
    shut = closed(books)
    years = FiscalYears.of(books.switches)
    for number in numbers():
        row = add(rows, NAMESPACE, "Period")
        period = f"{year}/{number:02d}"
        add(row, NAMESPACE, "EndDate", f"{end_of(int(year), number, years).isoformat()}T00:00:00")
        add(row, NAMESPACE, "Name", period)
        add(row, NAMESPACE, "Number", str(number))
        add(row, NAMESPACE, "Open", "false" if period in shut else "true")
    return root


def _move(books: Books, kind: str, sent: dict[str, str]) -> Element:
    """Open or close a period; a switch that names the closed periods stands above it."""
    year, number = sent.get("Year", ""), sent.get("Number", "") or sent.get("Period", "")
    _check_year(books, year)
    if not number.isdigit() or int(number) not in numbers():
        raise QueryFaultError(NAMESPACE, FAULT, "PeriodNotFound", f"Period {year}/{number} not found.")
    period = f"{year}/{int(number):02d}"
    if kind == "ClosePeriod":
        books.office.closed.add(period)
    else:
        books.office.closed.discard(period)
    return add(result(NAMESPACE, ""), TWINFIELD, "ProcessResponse")


def _check_year(books: Books, year: str) -> None:
    if not year.isdigit() or int(year) not in books.office.years:
        raise QueryFaultError(NAMESPACE, FAULT, "YearNotFound", f"Year {year} not found.")
