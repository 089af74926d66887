"""Read bookings back from journal pages and from the ledger rows they made.

Whether a page is posted at once, and which listings show it then, is not documented: the ledger counts where
it has rows of a page, the page where it has none, and a page that only the ledger shows is read from that.
Rows of DJ_PAGE, DJ_LINE and TRANSACT as decoded by omniboost/go-accountview.net.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Period
from finance_hooks.model.money import ZERO
from finance_hooks.targets.accountview.chart import HOME_CURRENCY, PartyKind
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.legs import Leg, legs_of_page, legs_of_rows
from finance_hooks.targets.accountview.numbers import read_number
from finance_hooks.targets.accountview.pages import PageKey, ReadPage, by_page, key_of
from finance_hooks.targets.accountview.wire import Row, read_date, read_text
from finance_hooks.targets.description import find_references

ENCODED_PERIOD = 1000
"""AccountView: the ledger's period has five digits; should they name the year too, the last three count."""

TEXTS = ("HDR_DESC", "TRN_DESC", "INV_DESC")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookYear:
    """Whose books are read, of which year, and how the installation reads signs."""

    company: Company
    fiscal_year: int
    conventions: Conventions


def read_bookings(
    year: BookYear, pages: Iterable[ReadPage], transactions: Iterable[Row]
) -> Iterator[BookedEntry]:
    """Put pages and ledger rows together, each page once.

    Raises KeyError or ValueError where a row lacks what every row has.
    """
    rows = by_page(transactions)
    read: dict[PageKey, ReadPage] = {}
    for page in pages:
        read.setdefault(key_of(page.header), page)
    for key in dict.fromkeys((*read, *rows)):
        yield _booking(year, key, read.get(key), rows.get(key, []))


def _booking(year: BookYear, key: PageKey, page: ReadPage | None, rows: Sequence[Row]) -> BookedEntry:
    journal, number = key
    header = page.header if page is not None else _header_of(year.company, rows)
    kind = kind_of(year.company, journal, read_text(header.get("SUB_NR")))
    on = read_date(header["TRN_DATE"])
    if on is None:
        raise ValueError(f"page {journal} {number} has no date")
    is_memorial = kind is EntryKind.MEMORIAL
    legs = (
        legs_of_rows(year.company, year.conventions, rows)
        if rows or page is None
        else legs_of_page(year.company, year.conventions, kind, page)
    )
    in_books = _gross(legs, kind, "amount")
    currency = read_text(header.get("CUR_CODE")) or HOME_CURRENCY
    is_foreign = currency != HOME_CURRENCY
    return BookedEntry(
        id=f"{year.fiscal_year}/{journal}/{number}",
        entry_number=number,
        journal=journal,
        kind=kind,
        references=find_references(_texts(page, rows)),
        number=None
        if is_memorial
        else read_number(read_text(header.get("INV_NR")), read_text(header.get("HDR_DESC"))),
        entry_date=on,
        period=Period(fiscal_year=year.fiscal_year, number=read_period(header["PERIOD"])),
        party=None if is_memorial else read_text(header.get("SUB_NR")),
        currency=currency,
        gross=_gross(legs, kind, "in_currency") if is_foreign else in_books,
        gross_in_books=in_books,
        lines=tuple(_line(leg) for leg in legs),
    )


def kind_of(company: Company, journal: str, party: str | None) -> EntryKind:
    """Tell the kind of a page by its journal, else by the role of the relation it names."""
    known = company.chart.journals.get(journal)
    if known is not None and known.kind in set(EntryKind):
        return EntryKind(known.kind)
    relation = company.chart.parties.get(party or "")
    if relation is None:
        return EntryKind.MEMORIAL
    return EntryKind.PURCHASE if relation.kind == PartyKind.SUPPLIER else EntryKind.SALES


def read_period(value: object) -> int:
    """Read the number of a period, also of one that names its year."""
    return int(str(value).partition(".")[0]) % ENCODED_PERIOD


def _header_of(company: Company, rows: Sequence[Row]) -> Mapping[str, object]:
    """Make up for a page that only the ledger shows: its collective row bears what the header bore."""
    collective = company.collective_accounts
    row = next((row for row in rows if read_text(row["ACCT_NR"]) in collective), rows[0])
    return {**row, "HDR_DESC": row.get("TRN_DESC")}


def _texts(page: ReadPage | None, rows: Sequence[Row]) -> Iterator[str | None]:
    read = [*rows] if page is None else [page.header, *page.lines, *rows]
    return (read_text(row.get(name)) for row in read for name in TEXTS)


def _gross(legs: Sequence[Leg], kind: EntryKind, name: str) -> Decimal:
    amounts = [getattr(leg, name) for leg in legs]
    if kind is EntryKind.MEMORIAL:
        return sum((amount for amount in amounts if amount > 0), ZERO)
    total: Decimal = sum((amount for leg, amount in zip(legs, amounts, strict=True) if leg.is_party), ZERO)
    return total if kind is EntryKind.SALES else -total


def _line(leg: Leg) -> BookedLine:
    return BookedLine(
        ledger_account=leg.account,
        debit=max(leg.amount, ZERO),
        credit=max(-leg.amount, ZERO),
        vat_code=leg.vat_code,
        is_vat=leg.is_vat,
        cost_centre=leg.cost_centre,
        party=leg.party,
        description=leg.description,
    )
