"""Entries as the three transaction connectors show them."""

from collections.abc import Iterator
from decimal import Decimal

from emulators.afas.books import LEDGER, ZERO, Books, Entry, Invoice, Line, Row

VAT_SORT = "B"
AXES = range(1, 6)


def rows(books: Books) -> Iterator[Row]:
    """Return the rows of Profit_Transactions, which has no column for the relation."""
    for entry in books.state.entries.values():
        for number, line in enumerate(entry.lines, 1):
            yield _row(books, entry, number, line)


def allocated(books: Books) -> Iterator[Row]:
    """Return the rows of Profit_Transactions_Allocated."""
    for entry in books.state.entries.values():
        for number, line in enumerate(entry.lines, 1):
            account = books.find("Profit_Accounts", line.ledger_account) or {}
            yield _row(books, entry, number, line) | {
                "Omschrijving": account.get("Description"),
                "Type": account.get("Type"),
                "Collect_On": account.get("CollectAccountType"),
                **{f"DimAx{axis}": line.dimensions.get(axis) for axis in AXES},
            }


def own(books: Books) -> Iterator[Row]:
    """Return the rows of the customer's own copy, with relation and currency."""
    for entry in books.state.entries.values():
        for number, line in enumerate(entry.lines, 1):
            yield _row(books, entry, number, line) | {
                "AccountNo": line.ledger_account,
                "AccountKind": line.kind,
                "RelationId": None if line.kind == LEDGER else line.account,
                "DueDate": line.due,
                "InvoiceReference": line.sent.get("Fref"),
                "CurrencyId": line.currency,
                "ExchangeRate": line.rate,
                "AmtDebitCurr": line.debit_fc,
                "AmtCreditCurr": line.credit_fc,
                "DimAx1": line.dimensions.get(1),
                "DimAx2": line.dimensions.get(2),
            }


def invoiced(books: Books, invoice: Invoice) -> tuple[Decimal, Decimal]:
    """Return what the entry of an invoice claims, base currency and its own, debit positive."""
    entry = books.state.entries.get((invoice.unit, invoice.entry))
    lines = [
        line
        for line in (entry.lines if entry else ())
        if (line.kind, line.account, line.invoice) == (invoice.side, invoice.relation, invoice.number)
    ]
    return (
        sum((line.amount for line in lines), ZERO),
        sum((line.debit_fc - line.credit_fc for line in lines), ZERO),
    )


def is_vat_line(books: Books, line: Line) -> bool:
    """Tell whether a line stands on a VAT account and names a VAT code."""
    account = books.find("Profit_Accounts", line.ledger_account)
    return bool(line.vat_code and account and account["Sort"] == VAT_SORT)


def _row(books: Books, entry: Entry, number: int, line: Line) -> Row:
    by_relation = books.switches.text("relation_account_no") == "relation"
    return {
        "UnitId": entry.unit,
        "EntryNo": entry.number,
        "SeqNo": number,
        "Year": entry.year,
        "Period": entry.period,
        "JournalId": entry.journal,
        "AccountNo": line.account if by_relation else line.ledger_account,
        "AmtDebit": line.debit,
        "AmtCredit": line.credit,
        "EntryDate": line.entry_date,
        "InvoiceId": line.invoice,
        "VoucherDate": line.voucher_date,
        "VoucherNo": line.voucher,
        "VatCode": line.vat_code,
        "VatAmt": _vat_amount(books, entry, line),
        "Description": line.text,
        "Created": entry.created_at,
        "Modified": entry.modified_at,
    }


def _vat_amount(books: Books, entry: Entry, line: Line) -> Decimal | None:
    where = books.switches.text("vat_amount_on")
    if where == "nowhere" or not line.vat_code:
        return None
    if where == "vat_line":
        return line.amount if is_vat_line(books, line) else None
    if is_vat_line(books, line):
        return None
    first = next(
        each for each in entry.lines if each.vat_code == line.vat_code and not is_vat_line(books, each)
    )
    if line is not first:
        return ZERO
    return sum(
        (each.amount for each in entry.lines if each.vat_code == line.vat_code and is_vat_line(books, each)),
        ZERO,
    )
