"""Read bookings back from AFAS's financial transactions.

AFAS Developer documentation, GetConnector Profit_Transactions. It shows neither relation nor currency: those
come from the text of our own line, or from columns that a connector of the customer's own adds (RelationId,
CurrencyId, AmtDebitCurr, AmtCreditCurr, InvoiceReference, DimAx1).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Period
from finance_hooks.model.money import ZERO
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.codes import PartyKind
from finance_hooks.targets.afas.identifiers import (
    PartyText,
    Voucher,
    read_number,
    read_party_text,
    read_settled_account,
    read_voucher,
)
from finance_hooks.targets.afas.responses import entry_id
from finance_hooks.targets.afas.wire import Condition, Row, read_amount, read_date, read_text

ORDER = "Year,JournalId,EntryNo,SeqNo"
COLUMNS = 30
"""The most columns a connector for transactions may have; AFAS's own has 18."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """The lines of a booking on its debtor or creditor, and what they say of the document."""

    rows: Sequence[Row]
    kind: EntryKind
    party: str | None
    currency: str
    gross: Decimal


def write_conditions(
    administration: str, journals: Collection[str], periods: Collection[Period]
) -> list[list[Condition]]:
    """Write, one alternative per journal and period, what rows must meet."""
    dated = sorted({(period.fiscal_year, period.number) for period in periods})
    return [
        [("UnitId", administration), ("JournalId", journal), ("Year", str(year)), ("Period", str(number))]
        for journal in sorted(set(journals))
        for year, number in dated
    ]


def read_bookings(rows: Iterable[Row], chart: AfasChart) -> Iterator[BookedEntry]:
    """Put the lines of each booking together, in the order first seen; a line that comes twice counts once.

    Raises KeyError or ValueError where a line lacks what every line has, or is another administration's.
    """
    bookings: dict[str, dict[int, Row]] = {}
    for row in rows:
        if str(row["UnitId"]) != chart.chart.administration:
            raise ValueError(f"a line of administration {row['UnitId']} was not asked for")
        at = entry_id(row["Year"], row["JournalId"], row["EntryNo"])
        bookings.setdefault(at, {})[int(row["SeqNo"])] = row
    for at, lines in bookings.items():
        yield _booking(at, [row for _, row in sorted(lines.items())], chart)


def _booking(at: str, rows: Sequence[Row], chart: AfasChart) -> BookedEntry:
    first = rows[0]
    voucher = read_voucher(next((text for row in rows if (text := read_text(row["VoucherNo"]))), None))
    invoice_id = next((text for row in rows if (text := read_text(row["InvoiceId"]))), None)
    entry_date = read_date(first["EntryDate"])
    if entry_date is None:
        raise ValueError(f"entry {first['EntryNo']} has no date")
    side = _party_side(rows, voucher, chart) or _memorial(rows, chart)
    is_invoice = side.kind is not EntryKind.MEMORIAL
    return BookedEntry(
        id=at,
        entry_number=str(first["EntryNo"]),
        journal=read_text(first["JournalId"]) or "",
        kind=side.kind,
        references=frozenset({voucher.reference} if voucher.reference else ()),
        number=_number(rows, invoice_id, voucher) if is_invoice else voucher.number,
        entry_date=entry_date,
        period=Period(fiscal_year=int(first["Year"]), number=int(first["Period"])),
        party=side.party,
        currency=side.currency,
        gross=side.gross,
        gross_in_books=_debit(side.rows)
        if side.kind is EntryKind.MEMORIAL
        else _balance(side.rows, side.kind),
        lines=tuple(_line(row, chart) for row in rows),
    )


def _party_side(rows: Sequence[Row], voucher: Voucher, chart: AfasChart) -> _Side | None:
    """Find what an invoice owes or is owed; `None` when the booking is no invoice."""
    ours = [row for row in rows if _kind_of(row, chart) and read_text(row["InvoiceId"])]
    if not ours or (voucher.reference and not _is_invoice_of_ours(rows, ours)):
        return None
    kind = _kind_of(ours[0], chart)
    same = [row for row in ours if _kind_of(row, chart) is kind]
    if kind is None or len(same) != len(ours):
        return None
    said = read_party_text(read_text(same[0]["Description"])) if voucher.reference else None
    shown = read_text(same[0].get("CurrencyId"))
    currency, gross = chart.chart.currency, _balance(same, kind)
    if shown and shown != currency:
        currency, gross = shown, _foreign_gross(same, kind)
    elif said and not shown and said.currency != currency:
        currency, gross = said.currency, said.gross
    return _Side(rows=same, kind=kind, party=_party(same[0], said, chart), currency=currency, gross=gross)


def _foreign_gross(rows: Sequence[Row], kind: EntryKind) -> Decimal:
    return _balance(rows, kind, debit="AmtDebitCurr", credit="AmtCreditCurr")


def _is_invoice_of_ours(rows: Sequence[Row], on_party: Sequence[Row]) -> bool:
    # Our invoices bear their number on every line, our memorials on the lines of debtors and creditors only.
    return len(on_party) == 1 and all(read_text(row["InvoiceId"]) for row in rows)


def _memorial(rows: Sequence[Row], chart: AfasChart) -> _Side:
    return _Side(
        rows=rows, kind=EntryKind.MEMORIAL, party=None, currency=chart.chart.currency, gross=_debit(rows)
    )


def _kind_of(row: Row, chart: AfasChart) -> EntryKind | None:
    """Tell a line on a debtor or creditor by its account: the collective one, or the relation's number."""
    number = str(row["AccountNo"])
    account = chart.accounts.get(number)
    if account is not None:
        return {"D": EntryKind.SALES, "C": EntryKind.PURCHASE}.get(account.collects)
    party = chart.chart.parties.get(number)
    if party is None:
        return None
    if party.kind == PartyKind.BOTH:
        # AFAS: debtors and creditors are numbered apart; the side is then what an invoice mostly is.
        return EntryKind.SALES if read_amount(row["AmtDebit"]) != ZERO else EntryKind.PURCHASE
    return EntryKind.SALES if party.kind == PartyKind.DEBTOR else EntryKind.PURCHASE


def _party(row: Row, said: PartyText | None, chart: AfasChart) -> str | None:
    shown = read_text(row.get("RelationId"))
    if shown is None and str(row["AccountNo"]) not in chart.accounts:
        shown = str(row["AccountNo"])
    return shown or (said.party if said else None)


def _number(rows: Sequence[Row], invoice_id: str | None, voucher: Voucher) -> str | None:
    if invoice_id == voucher.reference:
        whole = next((text for row in rows if (text := read_text(row.get("InvoiceReference")))), None)
        return whole or voucher.number
    return read_number(invoice_id, voucher)


def _balance(
    rows: Sequence[Row], kind: EntryKind, *, debit: str = "AmtDebit", credit: str = "AmtCredit"
) -> Decimal:
    total = sum((read_amount(row[debit]) - read_amount(row[credit]) for row in rows), ZERO)
    return total if kind is EntryKind.SALES else -total


def _debit(rows: Sequence[Row]) -> Decimal:
    return sum((read_amount(row["AmtDebit"]) for row in rows), ZERO)


def _line(row: Row, chart: AfasChart) -> BookedLine:
    number, text = str(row["AccountNo"]), read_text(row["Description"])
    account = chart.accounts.get(number)
    settled = read_settled_account(text) if account is None else None
    return BookedLine(
        ledger_account=settled or number,
        debit=read_amount(row["AmtDebit"]),
        credit=read_amount(row["AmtCredit"]),
        vat_code=read_text(row["VatCode"]),
        is_vat=account is not None and account.is_vat,
        cost_centre=read_text(row.get("DimAx1")),
        party=read_text(row.get("RelationId")),
        description=text or "",
    )
