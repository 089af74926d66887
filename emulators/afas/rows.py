"""The rows of every GetConnector, as the caller may see them."""

from collections.abc import Callable, Iterator

from emulators.afas import balances, transactions
from emulators.afas.books import CREDITOR, DEBTOR, ZERO, Books, Invoice, Row
from emulators.afas.connectors import Connector
from emulators.afas.periods import closed

TYPES = {"sales_1": {}, "sales_4": {"1": "4", "4": "5", "5": "1"}}


def rows(books: Books, connector: Connector) -> list[Row]:
    """Return the rows of a connector; those of administrations the user has no rights on are left out."""
    if connector.id in books.switches.text("hidden_rows").split():
        return []
    made = MADE.get(connector.id)
    unit = connector.unit_field
    found = made(books) if made else books.rows(connector.id)
    return [row for row in found if not unit or row[unit] in books.units]


def _journals(books: Books) -> Iterator[Row]:
    codes = TYPES[books.switches.text("journal_types")]
    for row in books.rows("Profit_Journals"):
        yield row | {"JournalType": codes.get(row["JournalType"], row["JournalType"])}


def _periods(books: Books) -> Iterator[Row]:
    for row in books.rows("Profit_periods_per_administration"):
        blocked = row["Blocked"] or (row["Year"], row["Period"]) in closed(books, row["Unit"])
        if blocked or books.switches.text("periods_listed") == "all":
            yield row | {"Blocked": blocked}


def _creditors(books: Books) -> Iterator[Row]:
    # A creditor that is blocked fully is not visible any more.
    return (row for row in books.rows("Profit_Creditor") if not row["Blocked"])


def _open_items(books: Books, side: str) -> Iterator[tuple[Invoice, Row]]:
    sign = 1 if side == DEBTOR else -1
    sums = balances.per_invoice(books, side)
    for invoice in books.invoices():
        balance, foreign = sums.get((invoice.unit, invoice.relation, invoice.number), (ZERO, ZERO))
        if invoice.side == side and balance:
            amount, amount_fc = transactions.invoiced(books, invoice)
            yield (
                invoice,
                {
                    "AmtInvoice": sign * amount,
                    "AmtInvoiceCurr": sign * amount_fc,
                    "Balance": sign * balance,
                    "BalanceCurr": sign * foreign,
                },
            )


def _debtor_invoices(books: Books) -> Iterator[Row]:
    for invoice, amounts in _open_items(books, DEBTOR):
        yield {
            "UnitId": invoice.unit,
            "DebtorId": invoice.relation,
            "InvoiceNr": invoice.number,
            "NookPieceDate": invoice.voucher_date,
            "ExpDate": invoice.due,
            "CurrencyId": invoice.currency,
            "Description": invoice.text,
        } | amounts


def _creditor_invoices(books: Books) -> Iterator[Row]:
    for invoice, amounts in _open_items(books, CREDITOR):
        yield {
            "UnitId": invoice.unit,
            "CreditorId": invoice.relation,
            "InvoiceNr": invoice.number,
            "BookPiecrNr": invoice.voucher,
            "BookPieceDate": invoice.voucher_date,
            "ExpDate": invoice.due,
            "CurrencyId": invoice.currency,
            "Description": invoice.text,
            "Blocked": bool(invoice.fields.get("BlPa")),
        } | amounts


def _changed_days(books: Books) -> Iterator[Row]:
    for day, moment in sorted(books.state.changed_days.items()):
        yield {"EntryDate": day, "Modified": moment}


def _subjects(books: Books) -> Iterator[Row]:
    for number, subject in books.state.subjects.items():
        yield {
            "Subject_id": number,
            "Description": subject["Ds"],
            "Type": subject["StId"],
            "CreateDate": subject["created_at"],
        }


def _attachments(books: Books) -> Iterator[Row]:
    for number, subject in books.state.subjects.items():
        for place, file in enumerate(subject["files"], 1):
            yield {
                "attachment_id": number * 100 + place,
                "subject_id": number,
                "file_id": file["id"],
                "file_name": file["name"],
            }


MADE: dict[str, Callable[[Books], Iterator[Row]]] = {
    "Profit_Journals": _journals,
    "Profit_periods_per_administration": _periods,
    "Profit_Creditor": _creditors,
    "Profit_Debtor_Invoices": _debtor_invoices,
    "Profit_Creditor_Invoices": _creditor_invoices,
    "Profit_Transactions": transactions.rows,
    "Profit_Transactions_Allocated": transactions.allocated,
    "Qubz_Transactions": transactions.own,
    "Profit_Fin_ChangedEntrydate": _changed_days,
    "Profit_Period_balance": balances.per_period,
    "Profit_Balance_Allocated": balances.per_dimension,
    "Profit_Subjects": _subjects,
    "Profit_Subject_Attachments": _attachments,
}
