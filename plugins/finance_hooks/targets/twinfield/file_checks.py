"""Find what keeps an entry from a file that Twinfield imports, also where Twinfield cannot be asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from finance_hooks.model.chart import Chart, ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.faults import fault
from finance_hooks.targets.supposed_chart import suppose_chart
from finance_hooks.targets.twinfield.chart import DAYBOOK_CATEGORIES, PARTY_TYPES, VatKind
from finance_hooks.targets.twinfield.checks import check_entry
from finance_hooks.targets.twinfield.settings import CODE_LENGTH

SOME_PERCENTAGE, NO_PERCENTAGE = Decimal(1), Decimal(0)


def check_file_entry(entry: Entry, chart: Chart | None) -> list[Reason]:
    """Name every fault of an entry; texts are never one."""
    return [*check_entry(entry, find_chart(entry, chart)), *_check_codes(entry)]


def find_chart(entry: Entry, chart: Chart | None) -> Chart:
    """Return the chart an entry is checked and written by: one of the entry alone where there is none.

    A VAT code is then one of reverse charge when VAT is shifted on it, and charges VAT when a line has some.
    A day that lies outside the calendar month of its period is taken for one outside the period, about which
    Twinfield would only warn.
    """
    if chart is not None:
        return chart
    party_kind = PARTY_TYPES.get(entry.kind, "")
    supposed = suppose_chart(entry, journal_kind=DAYBOOK_CATEGORIES[entry.kind], party_kind=party_kind)
    vat_codes = {
        code: replace(
            vat,
            kind=_vat_kind(entry, code),
            percentage=SOME_PERCENTAGE if _charges(entry, code) else NO_PERCENTAGE,
        )
        for code, vat in supposed.vat_codes.items()
    }
    return replace(supposed, vat_codes=vat_codes, periods=_periods(entry, supposed.periods))


def _periods(entry: Entry, supposed: tuple[ChartPeriod, ...]) -> tuple[ChartPeriod, ...]:
    day = entry.entry_date
    if (entry.fiscal_year, entry.period) == (day.year, day.month):
        return supposed
    other = day + timedelta(days=1)
    return tuple(replace(period, first_date=other, last_date=other) for period in supposed)


def _vat_kind(entry: Entry, code: str) -> VatKind:
    if any(line.reverse_charge_amount != ZERO for line in _lines_with(entry, code)):
        return VatKind.SHIFTED
    return VatKind.SALES if entry.kind is EntryKind.SALES else VatKind.PURCHASE


def _charges(entry: Entry, code: str) -> bool:
    return any(line.vat_amount != ZERO for line in _lines_with(entry, code))


def _lines_with(entry: Entry, code: str) -> Iterator[EntryLine]:
    return (line for line in entry.lines if line.vat_code == code)


def _check_codes(entry: Entry) -> Iterator[Reason]:
    for field, code, line in _codes(entry):
        if len(code) > CODE_LENGTH or not code.isprintable():
            detail = f"a code is at most {CODE_LENGTH} printable characters in Twinfield"
            yield fault(entry, ReasonCode.FIELD_REFUSED, field, code, line, detail)


def _codes(entry: Entry) -> Iterator[tuple[str, str, EntryLine | None]]:
    yield "administration", entry.administration, None
    yield "journal", entry.journal, None
    yield "party", entry.party or "", None
    for line in entry.lines:
        yield "ledger_account", line.ledger_account, line
        yield "vat_code", line.vat_code or "", line
        yield "cost_centre", line.cost_centre or "", line
        yield "cost_unit", line.cost_unit or "", line
        yield "party", line.party or "", line
        yield "vat_account", line.vat_account or "", line
        yield "reverse_charge_account", line.reverse_charge_account or "", line
