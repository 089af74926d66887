"""Find what Twinfield would refuse an entry for, before a call is spent on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from finance_hooks.model.chart import Chart, ChartCode
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.faults import check_period, fault, known
from finance_hooks.targets.twinfield.chart import DAYBOOK_CATEGORIES, PARTY_TYPES, VatKind
from finance_hooks.targets.twinfield.payload import count_lines
from finance_hooks.targets.twinfield.settings import SENT_LINES_MAX, SETTINGS

_SOLD_WITH = frozenset({VatKind.SALES})
_BOUGHT_WITH = frozenset({VatKind.PURCHASE, VatKind.SHIFTED})
_VAT_KINDS: Mapping[EntryKind, frozenset[VatKind]] = {
    EntryKind.SALES: _SOLD_WITH,
    EntryKind.PURCHASE: _BOUGHT_WITH,
}


def check_entry(entry: Entry, chart: Chart) -> tuple[Reason, ...]:
    """Name every fault of an entry against the chart of its administration, none when it can be sent."""
    return tuple(reason for rule in _RULES for reason in rule(entry, chart))


def _journal(entry: Entry, chart: Chart) -> Iterator[Reason]:
    yield from known(entry, chart.journals, "journal", entry.journal)
    journal = chart.journals.get(entry.journal)
    if journal is not None and journal.kind != DAYBOOK_CATEGORIES[entry.kind]:
        detail = f"Twinfield daybook of kind {journal.kind} takes no {entry.kind} entries"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "journal", entry.journal, detail=detail)


def _period(entry: Entry, chart: Chart) -> Iterator[Reason]:
    yield from check_period(entry, chart.periods)


def _party(entry: Entry, chart: Chart) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL:
        return
    yield from known(entry, chart.parties, "party", entry.party or "")
    party = chart.parties.get(entry.party or "")
    if party is not None and party.kind != PARTY_TYPES[entry.kind]:
        detail = f"the relation is of dimension type {party.kind} in Twinfield"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "party", entry.party, detail=detail)


def _number(entry: Entry, _chart: Chart) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL:
        return
    if len(entry.number) > SETTINGS.number_length or not entry.number.isprintable():
        detail = f"an invoice number is at most {SETTINGS.number_length} printable characters"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=detail)


def _size(entry: Entry, _chart: Chart) -> Iterator[Reason]:
    sent = count_lines(entry)
    if sent > SENT_LINES_MAX:
        detail = f"{sent} lines with those of the relation and the VAT, {SENT_LINES_MAX} allowed"
        yield fault(entry, ReasonCode.TOO_MANY_LINES, "lines", str(len(entry.lines)), detail=detail)


def _balance(entry: Entry, _chart: Chart) -> Iterator[Reason]:
    if entry.kind is not EntryKind.MEMORIAL:
        return
    difference = sum((line.amount for line in entry.lines), ZERO)
    if difference != ZERO:
        detail = f"debit minus credit is {difference}"
        yield fault(entry, ReasonCode.MEMORIAL_UNBALANCED, "lines", None, detail=detail)


def _line_codes(entry: Entry, chart: Chart) -> Iterator[Reason]:
    for line in entry.lines:
        yield from known(entry, chart.ledger_accounts, "ledger_account", line.ledger_account, line)
        for codes, field, code in (
            (chart.vat_codes, "vat_code", line.vat_code),
            (chart.cost_centres, "cost_centre", line.cost_centre),
            (chart.cost_units, "cost_unit", line.cost_unit),
            (chart.parties, "party", line.party),
        ):
            if code is not None and codes is not None:
                yield from known(entry, codes, field, code, line)


def _line_dimensions(entry: Entry, _chart: Chart) -> Iterator[Reason]:
    """Refuse a memorial line of a party with a cost centre: Twinfield has one place for both."""
    for line in entry.lines:
        if line.party is not None and line.cost_centre is not None:
            detail = f"the line names party {line.party}, and Twinfield takes one of both"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "cost_centre", line.cost_centre, line, detail)


def _line_vat(entry: Entry, chart: Chart) -> Iterator[Reason]:
    """Refuse VAT that the code cannot carry: Twinfield would work out its own."""
    for line in entry.lines:
        vat = chart.vat_codes.get(line.vat_code or "")
        if line.vat_code is not None and vat is None:
            continue
        detail = _why_wrong_vat(entry, line, vat)
        if detail:
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_code", line.vat_code, line, detail)


def _why_wrong_vat(entry: Entry, line: EntryLine, vat: ChartCode | None) -> str | None:
    if vat is None:
        return f"VAT amount {line.vat_amount} without a code" if line.vat_amount else None
    return _why_wrong_code(entry, vat) or _why_wrong_amount(line, vat)


def _why_wrong_code(entry: Entry, vat: ChartCode) -> str | None:
    if entry.kind is EntryKind.MEMORIAL:
        return "Twinfield would add VAT lines to a memorial, which then does not balance"
    if vat.kind not in _VAT_KINDS[entry.kind]:
        return f"the code is for {vat.kind} in Twinfield"
    return None


def _why_wrong_amount(line: EntryLine, vat: ChartCode) -> str | None:
    is_shifted = vat.kind == VatKind.SHIFTED
    if line.reverse_charge_amount and not is_shifted:
        return f"VAT of {line.reverse_charge_amount} is shifted, the code is not one of reverse charge"
    if line.vat_amount and (is_shifted or not vat.percentage):
        return f"VAT amount {line.vat_amount} on a code that takes none"
    if line.vat_amount * line.amount < 0:
        return f"VAT amount {line.vat_amount} has not the sign of the line's {line.amount}"
    return None


_RULES: tuple[Callable[[Entry, Chart], Iterable[Reason]], ...] = (
    _journal,
    _period,
    _party,
    _number,
    _size,
    _balance,
    _line_codes,
    _line_dimensions,
    _line_vat,
)
