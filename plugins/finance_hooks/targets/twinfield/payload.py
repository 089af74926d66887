"""Write entries as Twinfield wants them posted.

Twinfield developer portal, "Sales transactions", "Purchase transactions" and "Journal transactions".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import write_reference
from finance_hooks.model.money import ZERO
from finance_hooks.targets.description import describe, shorten
from finance_hooks.targets.twinfield.chart import VatKind
from finance_hooks.targets.twinfield.conversion import convert
from finance_hooks.targets.twinfield.settings import FREE_TEXT_LENGTH, LINK_NUMBER, SETTINGS
from finance_hooks.targets.twinfield.shifted import Shifted, find_shifted
from finance_hooks.targets.twinfield.wire import add, write_amount, write_date

DEBIT, CREDIT = "debit", "credit"
TOTAL_LINE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How entries are made in an administration: final at once or not, and with which free text fields."""

    is_final: bool
    free_text_field: int | None
    link_field: int | None = None
    link_template: str = ""


def make_batch(transactions: Iterable[etree._Element]) -> etree._Element:
    """Put the entries of one request together."""
    batch = etree.Element("transactions")
    batch.extend(transactions)
    return batch


def make_transaction(entry: Entry, chart: Chart, manner: Manner) -> etree._Element:
    """Write one entry; its codes must have passed `check_entry` against the same chart."""
    transaction = etree.Element(
        "transaction",
        destiny="final" if manner.is_final else "temporary",
        # Twinfield: a warning refuses the entry, such as one about an invoice number that was used before.
        raisewarning="true",
        autobalancevat="false",
    )
    _write_header(transaction, entry, chart, manner)
    lines = add(transaction, "lines")
    if entry.kind is EntryKind.MEMORIAL:
        _write_memorial_lines(lines, entry)
    else:
        _write_invoice_lines(lines, entry, chart)
    return transaction


def line_ids(entry: Entry) -> dict[str, EntryLine]:
    """Return which line of the entry stands behind which `id`; the party's own and VAT lines are absent."""
    first = 1 if entry.kind is EntryKind.MEMORIAL else TOTAL_LINE + 1
    return {str(line_id): line for line_id, line in enumerate(entry.lines, start=first)}


def count_lines(entry: Entry) -> int:
    """Say how many lines an entry is sent in."""
    if entry.kind is EntryKind.MEMORIAL:
        return len(entry.lines)
    return len(entry.lines) + 1 + 2 * len(find_shifted(entry))


def lies_outside_period(entry: Entry, chart: Chart) -> bool:
    """Say whether an entry's date is no day of its period: the source or the bookkeeper chose the period."""
    return not any(
        period.first_date <= entry.entry_date <= period.last_date
        for period in chart.periods
        if (period.fiscal_year, period.number) == (entry.fiscal_year, entry.period)
    )


def write_period(fiscal_year: int, number: int) -> str:
    """Write a period as Twinfield does, 2026/10."""
    return f"{fiscal_year}/{number:02d}"


def write_link(entry: Entry, manner: Manner) -> str | None:
    """Write the link to a sales document; `None` where none is wanted, and where it would be cut.

    A purchase bears the supplier's number, which leads nowhere in the source.
    """
    if manner.link_field is None or entry.kind is not EntryKind.SALES:
        return None
    is_address = "://" in manner.link_template
    number = quote(entry.number, safe="") if is_address else entry.number
    link = manner.link_template.replace(LINK_NUMBER, number)
    return link if len(link) <= FREE_TEXT_LENGTH else None


def _write_header(transaction: etree._Element, entry: Entry, chart: Chart, manner: Manner) -> None:
    header = add(transaction, "header")
    add(header, "office", entry.administration)
    add(header, "code", entry.journal)
    add(header, "currency", entry.currency)
    entry_date = add(header, "date", write_date(entry.entry_date))
    if lies_outside_period(entry, chart):
        # Twinfield warns about such a date, and a warning would refuse the entry.
        entry_date.set("raisewarning", "false")
    add(header, "period", write_period(entry.fiscal_year, entry.period))
    if entry.kind is not EntryKind.MEMORIAL:
        add(header, "invoicenumber", entry.number)
        _add_date(header, "duedate", entry.due_date)
    if manner.free_text_field is not None:
        add(header, f"freetext{manner.free_text_field}", write_reference(entry.reference))
    link = write_link(entry, manner)
    if link is not None:
        add(header, f"freetext{manner.link_field}", link)


def _write_invoice_lines(lines: etree._Element, entry: Entry, chart: Chart) -> None:
    in_books = convert(entry)
    total = _line(lines, "total", TOTAL_LINE)
    # Twinfield: the control account follows from the relation.
    add(total, "dim2", entry.party)
    _add_amount(total, entry.gross, positive=_party_side(entry.kind))
    _add_base(total, "basevalue", entry, entry.gross_in_books)
    add(
        total, "description", describe(_describe_invoice(entry), entry.reference, SETTINGS.description_length)
    )
    positive = CREDIT if entry.kind is EntryKind.SALES else DEBIT
    for line_id, line in enumerate(entry.lines, start=TOTAL_LINE + 1):
        written = _line(lines, "detail", line_id)
        _add_dimensions(written, line, line.cost_centre)
        _add_amount(written, line.amount or line.vat_amount, positive=positive, value=line.amount)
        _add_base(written, "basevalue", entry, in_books[line.number].amount)
        _add_vat(written, entry, line, chart, in_books[line.number].vat_amount)
        add(written, "description", shorten(line.description, SETTINGS.description_length))
    for shifted in find_shifted(entry):
        _write_shifted(lines, entry, shifted)


def _write_memorial_lines(lines: etree._Element, entry: Entry) -> None:
    in_books = convert(entry)
    for line_id, line in enumerate(entry.lines, start=1):
        written = _line(lines, "detail", line_id)
        _add_dimensions(written, line, line.party or line.cost_centre)
        _add_amount(written, line.amount, positive=DEBIT)
        _add_base(written, "basevalue", entry, in_books[line.number].amount)
        description = describe(line.description, entry.reference, SETTINGS.description_length)
        add(written, "description", description)


def _write_shifted(lines: etree._Element, entry: Entry, shifted: Shifted) -> None:
    base_id = next(line_id for line_id, line in line_ids(entry).items() if line.number == shifted.base_number)
    for account, positive in ((shifted.claimed_on, DEBIT), (shifted.owed_on, CREDIT)):
        written = _line(lines, "vat", len(lines) + 1)
        add(written, "dim1", account)
        _add_amount(written, shifted.amount, positive=positive)
        _add_base(written, "basevalue", entry, shifted.amount_in_books)
        add(written, "vatcode", shifted.vat_code)
        add(written, "vatturnover", write_amount(shifted.turnover))
        add(written, "baseline", base_id)


def _add_vat(
    written: etree._Element, entry: Entry, line: EntryLine, chart: Chart, vat_in_books: Decimal
) -> None:
    if line.vat_code is None:
        return
    add(written, "vatcode", line.vat_code)
    # Twinfield works out what it is not told; of a shifted code it writes both sides itself.
    if chart.vat_codes[line.vat_code].kind != VatKind.SHIFTED:
        add(written, "vatvalue", write_amount(line.vat_amount))
        _add_base(written, "vatbasevalue", entry, vat_in_books)


def _add_dimensions(written: etree._Element, line: EntryLine, second: str | None) -> None:
    add(written, "dim1", line.ledger_account)
    for name, code in (("dim2", second), ("dim3", line.cost_unit)):
        if code is not None:
            add(written, name, code)


def _add_amount(
    written: etree._Element, signed: Decimal, *, positive: str, value: Decimal | None = None
) -> None:
    negative = CREDIT if positive == DEBIT else DEBIT
    add(written, "debitcredit", negative if signed < ZERO else positive)
    add(written, "value", write_amount(signed if value is None else value))


def _add_base(written: etree._Element, name: str, entry: Entry, amount: Decimal) -> None:
    # Told what each line is in the books' currency, Twinfield need not apply a rate, either way round.
    if entry.rate is not None:
        add(written, name, write_amount(amount))


def _add_date(header: etree._Element, name: str, day: date | None) -> None:
    if day is not None:
        add(header, name, write_date(day))


def _line(lines: etree._Element, line_type: str, line_id: int) -> etree._Element:
    return add(lines, "line", type=line_type, id=str(line_id))


def _describe_invoice(entry: Entry) -> str:
    """Twinfield has no field for what goes to a G account; the text says it."""
    if entry.g_account_amount == ZERO:
        return entry.description
    blocked = f"G {write_amount(entry.g_account_amount)}"
    room = SETTINGS.description_length - len(write_reference(entry.reference)) - len(blocked) - 2
    return f"{shorten(entry.description, room)} {blocked}"


def _party_side(kind: EntryKind) -> str:
    return DEBIT if kind is EntryKind.SALES else CREDIT
