"""VAT sums land in the boxes of the Dutch and the Belgian return, credit notes in their own."""

from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.posting.vat_boxes import NO_BOXES, BoxSum, ReturnBoxes, place
from finance_hooks.posting.vat_sums import VatSum

ALWAYS = ("0000-00-00", "9999-99-99")
DAY = date(2026, 10, 31)


def sums(base: str, vat: str = "0.00", shifted: str = "0.00") -> VatSum:
    return VatSum(base=Decimal(base), vat=Decimal(vat), shifted=Decimal(shifted))


def box(base: str = "0.00", vat: str = "0.00") -> BoxSum:
    return BoxSum(base=Decimal(base), vat=Decimal(vat))


@pytest.mark.parametrize(
    ("boxes", "summed", "placed"),
    [
        (["1a"], sums("100.00", "21.00"), {"1a": box("100.00", "21.00")}),
        (["1a"], sums("-100.00", "-21.00"), {"1a": box("-100.00", "-21.00")}),
        (["1e"], sums("100.00"), {"1e": box("100.00")}),
        (["5b"], sums("100.00", "21.00"), {"5b": box(vat="21.00")}),
        (
            ["2a", "5b"],
            sums("100.00", shifted="21.00"),
            {"2a": box("100.00", "21.00"), "5b": box(vat="21.00")},
        ),
    ],
    ids=["sale", "credit note", "without VAT", "purchase", "shifted"],
)
def test_dutch_rubrieken(boxes: list[str], summed: VatSum, placed: dict[str, BoxSum]) -> None:
    assert place("NL", boxes, summed, is_credit=summed.base < 0) == placed


@pytest.mark.parametrize(
    ("boxes", "summed", "placed"),
    [
        (["03", "54"], sums("100.00", "21.00"), {"03": box("100.00"), "54": box(vat="21.00")}),
        (["03", "54"], sums("-100.00", "-21.00"), {"49": box("100.00"), "64": box(vat="21.00")}),
        (["46"], sums("-100.00"), {"48": box("100.00")}),
        (["81", "59"], sums("100.00", "21.00"), {"81": box("100.00"), "59": box(vat="21.00")}),
        (
            ["81", "59"],
            sums("-100.00", "-21.00"),
            {"81": box("-100.00"), "63": box(vat="21.00"), "85": box("100.00")},
        ),
        (
            ["81", "86", "55", "59"],
            sums("100.00", shifted="21.00"),
            {"81": box("100.00"), "86": box("100.00"), "55": box(vat="21.00"), "59": box(vat="21.00")},
        ),
        (
            ["81", "86", "55", "59"],
            sums("-100.00", shifted="-21.00"),
            {"81": box("-100.00"), "86": box("-100.00"), "63": box(), "84": box("100.00")},
        ),
    ],
    ids=["sale", "sales credit", "credit in EU", "purchase", "purchase credit", "from EU", "credit from EU"],
)
def test_belgian_grids(boxes: list[str], summed: VatSum, placed: dict[str, BoxSum]) -> None:
    assert place("BE", boxes, summed, is_credit=summed.base < 0) == placed


def test_boxes_of_a_code_depend_on_side_and_day() -> None:
    boxes = ReturnBoxes(
        country="NL",
        rows={
            ("4", "sales"): [("0000-00-00", "2026-12-31", ("1a",)), ("2027-01-01", "9999-99-99", ("1c",))],
            ("4", "purchase"): [(*ALWAYS, ("5b",))],
            ("9", ""): [(*ALWAYS, ())],
            ("5", "sales"): [(*ALWAYS, ("1e",))],
        },
    )

    assert boxes.of("4", EntryKind.SALES, DAY) == ("1a",)
    assert boxes.of("4", EntryKind.SALES, date(2027, 1, 1)) == ("1c",)
    assert boxes.of("4", EntryKind.PURCHASE, DAY) == ("5b",)
    assert boxes.of("4", EntryKind.MEMORIAL, DAY) == ()
    assert boxes.of("5", EntryKind.MEMORIAL, DAY) == ("1e",)
    assert boxes.of("9", EntryKind.SALES, DAY) == ()
    assert (boxes.is_sold("5"), boxes.is_sold("4")) == (True, False)
    assert NO_BOXES.of("4", EntryKind.SALES, DAY) == ()
