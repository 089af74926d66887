"""The control routes' view of the books, and rows put in from outside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from emulators.accountview import pages
from emulators.accountview.books import Books, Page, Row
from emulators.accountview.charts import KEYS, KIND_NAMES
from emulators.accountview.dictionary import tables
from emulators.accountview.errors import AccountViewError
from emulators.accountview.legs import OF_VAT
from emulators.accountview.values import WrongValueError, typed
from emulators.fiscal_years import FiscalYears

OpenBooks = Callable[[int], Books]

COMPUTED = frozenset(
    {"PAGE_AMT", "PAGE_VAT", "INP_DATE", "INP_USR", "CNG_DATE", "CNG_NR", "CNG_USR", "USR_NAME"}
)
KINDS = {name: kind for kind, name in KIND_NAMES.items()}
NEW_ROLES = "DC"


def entries(books: Books, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Return the pages of all book years of a company, in the order they were booked."""
    years = books.company.years.items()
    found = ((book_year, page) for book_year, year in years for page in year.pages.values())
    for book_year, page in sorted(found, key=lambda each: each[1].booked_at):
        if since is None or page.changed_at >= since.astimezone(UTC):
            yield _entry(books, book_year, page)


def load(open_books: OpenBooks, by_table: Mapping[str, Any]) -> dict[str, int]:
    """Put rows as AccountView shows them into a company; known keys are changed, pages are booked."""
    for table, rows in by_table.items():
        if table not in {*KEYS, "DJ_PAGE", "DJ_LINE", "PERIODS"}:
            raise ValueError(f"no rows can be loaded into {table!r}")
        if not isinstance(rows, list):
            raise TypeError(f"{table} must be a list of rows")
    for table, rows in by_table.items():
        if table in KEYS:
            for row in rows:
                _load_master(open_books(0), table, row)
    for row in by_table.get("PERIODS", ()):
        _load_period(open_books(0), row)
    _load_pages(open_books, by_table.get("DJ_PAGE", ()), by_table.get("DJ_LINE", ()))
    return {table: len(rows) for table, rows in by_table.items()}


def _load_master(books: Books, table: str, row: Mapping[str, Any]) -> None:
    values = _typed(books, table, row)
    key = values.get(KEYS[table])
    if not key:
        raise ValueError(f"{table}: a row needs {KEYS[table]}")
    known = books.find(table, key)
    if known is not None:
        books.change(known, values)
        return
    if table == "DAILY":
        if values.get("DJ_TYPEV") not in KINDS:
            raise ValueError(f"DAILY: DJ_TYPEV must be one of {', '.join(KINDS)}")
        values["_kind"] = KINDS[str(values["DJ_TYPEV"])]
    if table == "CONTACT":
        shown = {"D": values.get("DEB_SHOW", True), "C": values.get("CRED_SHOW", True)}
        values["_roles"] = "".join(letter for letter in NEW_ROLES if shown[letter])
    books.insert(table, str(key), values)


def _load_period(books: Books, row: Mapping[str, Any]) -> None:
    begins = _typed(books, "PERIODS", row)["BEG_DATE"]
    period = FiscalYears.of(books.switches).period_of(begins)
    books.company.closed.discard(period)
    if row.get("PER_BLK"):
        books.company.closed.add(period)


def _load_pages(
    open_books: OpenBooks, headers: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]
) -> None:
    for place, row in enumerate(headers):
        number = row.get("DJ_PAGE_Id", place)
        books = open_books(0)
        header = _typed(books, "DJ_PAGE", row)
        own = [_typed(books, "DJ_LINE", line) for line in lines if line.get("DJ_PAGE_Id", 0) == number]
        day = header.get("TRN_DATE")
        if day is None:
            raise ValueError(f"DJ_PAGE: a row needs TRN_DATE: {dict(row)}")
        try:
            year = FiscalYears.of(books.switches).year_of(day)
            pages.create(open_books(year), header, own, day)
        except AccountViewError as error:
            raise ValueError(f"DJ_PAGE: {error} in {dict(row)}") from error


def _typed(books: Books, table: str, row: Mapping[str, Any]) -> Row:
    fields = tables()[table]
    values: Row = {}
    for name, content in row.items():
        if name == "EXT_KEY" or name.endswith("_Id") or name in COMPUTED:
            continue
        if name not in fields:
            raise ValueError(f"{table} has no field {name!r}")
        try:
            values[name] = typed(fields[name], None if content == "" else content, books.switches)
        except WrongValueError as error:
            raise ValueError(f"{table}.{name}: {error}") from error
    return values


def _entry(books: Books, book_year: int, page: Page) -> dict[str, Any]:
    header = page.header
    return {
        "administration": books.company.code,
        "journal": header["DJ_CODE"],
        "number": header["PAGE_NR"],
        "document": header["INV_NR"],
        "reference": header["HDR_DESC"],
        "date": header["TRN_DATE"].isoformat(),
        "period": f"{book_year}/{int(header['PERIOD'])}",
        "party": header["SUB_NR"],
        "currency": header["CUR_CODE"],
        "rate": str(header["EXCH_RATE"]),
        "lines": [_line(leg) for leg in page.legs],
    }


def _line(leg: Row) -> dict[str, Any]:
    amount: Decimal = leg["AMOUNT"]
    return {
        "account": leg["ACCT_NR"],
        "debit": str(max(amount, Decimal("0.00"))),
        "credit": str(max(-amount, Decimal("0.00"))),
        "vat_code": leg["VAT_CODE"],
        "in_currency": str(leg["CUR_AMT"] or Decimal("0.00")),
        "is_vat": leg["SRC_TYPE"] == OF_VAT,
        "cost_centre": leg["COST_CODE"],
        "party": leg["SUB_NR"],
        "text": leg["TRN_DESC"],
    }
