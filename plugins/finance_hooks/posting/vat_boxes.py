"""Place VAT sums in the boxes of the return: Dutch rubrieken and Belgian grids.

Belastingdienst, "Toelichting bij de digitale aangifte omzetbelasting" (1a-5b); FOD Financiën, "Toelichting
bij de periodieke btw-aangifte" (grids 00-03, 44-49, 54-64, 81-88). Credit notes are placed as odoo/odoo,
l10n_be, places them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import ZERO
from finance_hooks.posting.vat_sums import VatSum

DEDUCTED = "5b"
"""The Dutch box of VAT on purchases, which holds no turnover."""

DUE, DUE_ON_CREDIT = "54", "64"
SHIFTED_DUE = frozenset({"55", "56", "57"})
CLAIMED, CLAIMED_ON_CREDIT = "59", "63"
SALES_WITHIN_EU = frozenset({"44", "46"})
SALES = frozenset({"00", "01", "02", "03", "45", "47", *SALES_WITHIN_EU})
SALES_CREDIT, SALES_CREDIT_WITHIN_EU = "49", "48"
PURCHASES_WITHIN_EU = frozenset({"86", "88"})
PURCHASES = frozenset({"81", "82", "83"})
PURCHASE_CREDIT, PURCHASE_CREDIT_WITHIN_EU = "85", "84"

Dated = tuple[str, str, tuple[str, ...]]
"""From when and until when, as text that compares, and the boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnBoxes:
    """The boxes per VAT code of the package and direction, of one country; without direction for both."""

    country: str
    rows: Mapping[tuple[str, str], Sequence[Dated]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, code: str, kind: EntryKind, day: date) -> tuple[str, ...]:
        """Return the boxes of a code on a day, each once; a memorial is on the only side the code has."""
        if kind is EntryKind.MEMORIAL:
            sides = {direction for known, direction in self.rows if known == code}
            asked = sides if len(sides) == 1 else set()
        else:
            asked = {kind.value, ""}
        rows = (row for direction in sorted(asked) for row in self.rows.get((code, direction), ()))
        dated = (boxes for starts, ends, boxes in rows if starts <= day.isoformat() <= ends)
        return tuple(dict.fromkeys(box for boxes in dated for box in boxes))

    def is_sold(self, code: str) -> bool:
        """Say whether a code serves sales only: what a memorial books on it is credit."""
        return {direction for known, direction in self.rows if known == code} == {EntryKind.SALES.value}


NO_BOXES = ReturnBoxes(country="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSum:
    """What one box of the return gets: turnover or purchases, and VAT."""

    base: Decimal = ZERO
    vat: Decimal = ZERO


def place(country: str, boxes: Iterable[str], summed: VatSum, *, is_credit: bool) -> dict[str, BoxSum]:
    """Divide the sums of one VAT code over its boxes; Belgium keeps credit notes apart."""
    if country == "BE":
        return dict(_belgian(frozenset(boxes), summed, is_credit=is_credit))
    return {box: _dutch(box, summed) for box in boxes}


def _dutch(box: str, summed: VatSum) -> BoxSum:
    vat = summed.vat + (summed.shifted or ZERO)
    return BoxSum(vat=vat) if box == DEDUCTED else BoxSum(base=summed.base, vat=vat)


def _belgian(boxes: frozenset[str], summed: VatSum, *, is_credit: bool) -> Iterator[tuple[str, BoxSum]]:
    placed = _belgian_credit if is_credit else _belgian_invoice
    for box in sorted(boxes):
        yield from placed(box, summed)
    if is_credit and boxes & (PURCHASES | PURCHASES_WITHIN_EU):
        within = bool(boxes & PURCHASES_WITHIN_EU)
        yield PURCHASE_CREDIT_WITHIN_EU if within else PURCHASE_CREDIT, BoxSum(base=-summed.base)


def _belgian_invoice(box: str, summed: VatSum) -> Iterator[tuple[str, BoxSum]]:
    shifted = summed.shifted or ZERO
    if box == DUE:
        yield box, BoxSum(vat=summed.vat)
    elif box in SHIFTED_DUE:
        yield box, BoxSum(vat=shifted)
    elif box == CLAIMED:
        yield box, BoxSum(vat=summed.vat + shifted)
    else:
        yield box, BoxSum(base=summed.base)


def _belgian_credit(box: str, summed: VatSum) -> Iterator[tuple[str, BoxSum]]:
    """Place what a credit note takes back: in grids of its own, as positive amounts.

    Shifted VAT is due and claimed at once, so that what is taken back of it comes to nothing.
    """
    if box == DUE:
        yield DUE_ON_CREDIT, BoxSum(vat=-summed.vat)
    elif box == CLAIMED:
        yield CLAIMED_ON_CREDIT, BoxSum(vat=-summed.vat)
    elif box in SALES:
        within = box in SALES_WITHIN_EU
        yield SALES_CREDIT_WITHIN_EU if within else SALES_CREDIT, BoxSum(base=-summed.base)
    elif box not in SHIFTED_DUE:
        yield box, BoxSum(base=summed.base)
