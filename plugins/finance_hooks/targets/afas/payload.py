"""Write an entry as AFAS wants it posted: one FiEntryPar with all its lines.

AFAS Developer documentation, "Mutaties" (POST FiEntries), "Inrichten financiële mutatie".
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.identifiers import make_voucher
from finance_hooks.targets.afas.legs import Leg, make_legs
from finance_hooks.targets.afas.settings import SETTINGS
from finance_hooks.targets.description import shorten
from finance_hooks.targets.json_body import write_json

UPDATE_CONNECTOR = "FiEntries"
RATE_DIGITS = Decimal("0.0000000001")

Fields = dict[str, object]


class RateDirection(StrEnum):
    """Which way round AFAS reads `Rate`; the vendor's samples contradict each other, so it is a setting."""

    CURRENCY_PER_BOOKS = "currency_per_books"
    BOOKS_PER_CURRENCY = "books_per_currency"


def make_payload(entry: Entry, chart: AfasChart, rate_direction: RateDirection) -> str:
    """Write one entry as JSON; it must have passed `check_entry` against the same chart.

    The administration is always named: AFAS would else take the one its user last logged in to.
    """
    head: Fields = {
        "Year": entry.fiscal_year,
        "Peri": entry.period,
        "UnId": int(entry.administration),
        "JoCo": entry.journal,
    }
    lines = [_write_line(entry, leg, rate_direction) for leg in make_legs(entry, chart)]
    element = {"Fields": head, "Objects": [{"FiEntries": {"Element": lines}}]}
    return write_json({"FiEntryPar": {"Element": element}})


def _write_line(entry: Entry, leg: Leg, rate_direction: RateDirection) -> Fields:
    on = entry.entry_date.isoformat()
    fields: Fields = {
        "VaAs": leg.kind,
        "AcNr": leg.account,
        "EnDa": on,
        "BpDa": on,
        "BpNr": make_voucher(entry),
        **_given({"InId": leg.invoice_id}),
        "Ds": shorten(leg.text, SETTINGS.description_length),
        **write_sides("AmDe", "AmCr", leg.amount),
        **_given({"VaId": leg.vat_code}),
        **(write_party(entry, leg, rate_direction) if leg.is_invoice else {}),
    }
    return {"Fields": fields, **_write_dimensions(leg)}


def write_party(entry: Entry, leg: Leg, rate_direction: RateDirection) -> Fields:
    """Write what only the party's line bears: number, due date, payment term, G account, foreign currency."""
    g_account = abs(entry.g_account_amount)
    fields = {
        "Fref": entry.number,
        "DaEx": entry.due_date.isoformat() if entry.due_date else None,
        "PaCd": entry.payment_term,
        "AmGa": g_account if g_account != ZERO else None,
    }
    if entry.rate is None:
        return _given(fields)
    # AFAS: amounts are positive and stand on the side that says their sign.
    gross = abs(entry.gross) if leg.amount > ZERO else -abs(entry.gross)
    return {
        **_given(fields),
        "CuId": entry.currency,
        "Rate": _write_rate(entry.rate, rate_direction),
        **write_sides("AmDc", "AmCc", gross),
    }


def _write_dimensions(leg: Leg) -> Fields:
    if not leg.dimensions:
        return {}
    fields: Fields = {f"DiC{axis}": code for axis, code in leg.dimensions}
    fields |= write_sides("AmDe", "AmCr", leg.amount)
    return {"Objects": [{"FiDimEntries": {"Element": [{"Fields": fields}]}}]}


def write_sides(debit: str, credit: str, amount: Decimal) -> Fields:
    """Write an amount on its side, and zero on the other."""
    return {debit: max(amount, ZERO), credit: max(-amount, ZERO)}


def _write_rate(rate: Decimal, direction: RateDirection) -> Decimal:
    if direction is RateDirection.BOOKS_PER_CURRENCY:
        return rate
    return (1 / rate).quantize(RATE_DIGITS).normalize()


def _given(fields: Mapping[str, object]) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}
