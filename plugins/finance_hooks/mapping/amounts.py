"""Check that an entry's amounts are whole cents, balance, and can be told in the books' currency."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from finance_hooks.mapping.trace import Trace
from finance_hooks.model.document import Document, EntryKind
from finance_hooks.model.entry import EntryLine
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode


def has_whole_cents(document: Document, trace: Trace) -> bool:
    """Park a document with a fraction of a cent anywhere; say whether there is none."""
    whole = True
    for name, line, amount in _amounts(document):
        if amount != amount.quantize(ZERO):
            whole = False
            trace.park(ReasonCode.FIELD_UNREADABLE, name, str(amount), "more than two decimals", line=line)
    return whole


def find_rate(document: Document, currency: str, trace: Trace) -> Decimal | None:
    """Return the books' currency per unit of the document's, `None` when they are the same."""
    if document.currency == currency:
        return None
    if document.exchange_rate is None or document.exchange_rate <= 0:
        pair = f"{document.currency} to {currency}"
        trace.park(ReasonCode.EXCHANGE_RATE_MISSING, "exchange_rate", _text(document.exchange_rate), pair)
    return document.exchange_rate


def total_lines(kind: EntryKind, lines: Sequence[EntryLine]) -> tuple[Decimal, Decimal]:
    """Return gross and VAT of an entry's lines; a memorial's gross is its sum of debit."""
    if kind is EntryKind.MEMORIAL:
        return sum((line.amount for line in lines if line.amount > 0), ZERO), ZERO
    vat = sum((line.vat_amount for line in lines), ZERO)
    return sum((line.amount for line in lines), ZERO) + vat, vat


def check_totals(document: Document, lines: Sequence[EntryLine], trace: Trace) -> None:
    """Park a document whose lines do not add up to its own totals, or whose memorial does not balance."""
    gross, vat = total_lines(document.type.kind, lines)
    pairs = [("total_gross", document.total_gross, gross)]
    if document.type.kind is EntryKind.MEMORIAL:
        difference = sum((line.amount for line in lines), ZERO)
        if difference:
            trace.park(ReasonCode.MEMORIAL_UNBALANCED, "lines", None, f"debit minus credit is {difference}")
    else:
        pairs.append(("total_vat", document.total_vat, vat))
        pairs.append(("total_net", document.total_net, gross - vat))
    for name, stated, added in pairs:
        if stated != added:
            trace.park(ReasonCode.TOTALS_DISAGREE, name, str(stated), f"the lines add up to {added}")


def _amounts(document: Document) -> Iterator[tuple[str, int | None, Decimal]]:
    for line in document.lines:
        yield "amount", line.number, line.amount
    for vat in document.vat_amounts:
        yield f"vat_amount {vat.vat_code}", None, vat.amount
        yield f"reverse_charge_amount {vat.vat_code}", None, vat.reverse_charge_amount
    yield "total_gross", None, document.total_gross
    yield "g_account_amount", None, document.g_account_amount


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
