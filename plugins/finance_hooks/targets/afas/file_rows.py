"""Lay out an entry as rows of a file: one per leg, debit and credit, as they are posted."""

from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.file_columns import COLUMNS
from finance_hooks.targets.afas.identifiers import make_voucher
from finance_hooks.targets.afas.legs import Leg, make_legs
from finance_hooks.targets.afas.payload import RateDirection, write_party, write_sides
from finance_hooks.targets.afas.settings import SETTINGS
from finance_hooks.targets.cells import Row
from finance_hooks.targets.description import shorten

EMPTY: Row = dict.fromkeys(column.field for column in COLUMNS)


def make_rows(entry: Entry, chart: AfasChart) -> list[Row]:
    """Return the rows of an entry; it must have passed `check_entry` against the same chart."""
    return [_row(entry, leg) for leg in make_legs(entry, chart)]


def _row(entry: Entry, leg: Leg) -> Row:
    return {
        **EMPTY,
        "UnId": entry.administration,
        "JoCo": entry.journal,
        "Year": entry.fiscal_year,
        "Peri": entry.period,
        "Groepering": entry.reference,
        "EnDa": entry.entry_date,
        "BpDa": entry.entry_date,
        "BpNr": make_voucher(entry),
        "InId": leg.invoice_id,
        "VaAs": leg.kind,
        "AcNr": leg.account,
        "Ds": shorten(leg.text, SETTINGS.description_length),
        **write_sides("AmDe", "AmCr", leg.amount),
        "VaId": leg.vat_code,
        **{f"DiC{axis}": code for axis, code in leg.dimensions},
        **_party(entry, leg),
    }


def _party(entry: Entry, leg: Leg) -> Row:
    if not leg.is_invoice:
        return {}
    fields = write_party(entry, leg, RateDirection.CURRENCY_PER_BOOKS)
    return fields | {"DaEx": entry.due_date}
