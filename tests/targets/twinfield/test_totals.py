from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.twinfield.totals import doubt_shift, is_shifted, read_totals, shifts_otherwise
from finance_hooks.targets.twinfield.wire import add
from tests.targets.twinfield.answers import booked
from tests.targets.twinfield.samples import OTHERS, SAMPLES

S1, S3, P1, P3, J1 = (SAMPLES[name] for name in ("S1", "S3", "P1", "P3", "J1"))


def without(entry: Entry, path: str) -> etree._Element:
    document = booked(entry, "1")
    for node in document.findall(path):
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
    return document


@pytest.mark.parametrize(
    ("entry", "totals"),
    [
        (S3, Totals(gross=Decimal("-23.70"), vat=Decimal("-4.11"), gross_in_books=Decimal("-23.70"))),
        (P3, Totals(gross=Decimal("4127.75"), vat=Decimal("716.39"), gross_in_books=Decimal("4127.75"))),
        (P1, Totals(gross=Decimal("1957.60"), vat=Decimal("0.00"), gross_in_books=Decimal("1957.60"))),
        (J1, Totals(gross=Decimal("1250.00"), gross_in_books=Decimal("1250.00"))),
        (SAMPLES["S6"], Totals(gross=Decimal("27.60"), gross_in_books=Decimal("27.60"))),
        (
            OTHERS["mixed signs"],
            Totals(gross=Decimal("171.50"), vat=Decimal("31.50"), gross_in_books=Decimal("171.50")),
        ),
    ],
    ids=["credit note", "purchase", "reverse charge", "memorial", "without VAT", "mixed signs"],
)
def test_totals_have_the_sign_of_the_entry(entry: Entry, totals: Totals) -> None:
    assert read_totals(booked(entry, "1"), entry) == totals


def test_totals_that_the_answer_leaves_out_are_not_made_up() -> None:
    assert read_totals(without(S1, "lines/line/basevalue"), S1).gross_in_books is None
    assert read_totals(without(S1, "lines"), S1) == Totals()
    assert read_totals(without(P1, "lines"), P1) == Totals()


@pytest.mark.parametrize(
    ("entry", "vat"),
    [(P1, "0.00"), (OTHERS["self-billed credit note"], "0.00")],
    ids=["invoice", "credit note"],
)
def test_reverse_charge_as_it_was_sent_comes_to_nothing(entry: Entry, vat: str) -> None:
    assert read_totals(booked(entry, "1"), entry).vat == Decimal(vat)


@pytest.mark.parametrize(
    ("entry", "shifted"),
    [(P1, "411.10"), (OTHERS["self-billed credit note"], "21.00")],
    ids=["invoice", "credit note"],
)
def test_reverse_charge_that_twinfield_leaves_out_or_adds_again_is_seen(entry: Entry, shifted: str) -> None:
    missing = without(entry, "lines/line[@type='vat']")
    doubled = booked(entry, "1")
    lines = doubled.find("lines")
    assert lines is not None
    for side in ("debit", "credit"):
        line = add(lines, "line", type="vat")
        for name, text in (("vatcode", "IVLH"), ("debitcredit", side), ("value", shifted)):
            add(line, name, text)

    assert read_totals(missing, entry).vat == -Decimal(shifted)
    assert read_totals(doubled, entry).vat == Decimal(shifted)


@pytest.mark.parametrize(
    ("entry", "vat", "doubted"),
    [(P1, "0.00", False), (P1, None, False), (P1, "411.10", True), (S1, "1.00", False)],
)
def test_sides_of_reverse_charge_are_doubted_when_they_are_not_as_sent(
    entry: Entry, vat: str | None, doubted: bool
) -> None:
    totals = Totals(vat=None if vat is None else Decimal(vat))
    outcome = Booked(reference=entry.reference, id="INK/1", number="1", totals=totals)

    assert shifts_otherwise(entry, outcome) is doubted


def test_doubted_reverse_charge_is_named_with_its_remedy() -> None:
    reason = doubt_shift(P1)

    assert (reason.code, reason.field, reason.value) == (ReasonCode.TARGET_CONFIGURATION, "vat_code", "IVLH")
    assert "vat_account" in (reason.detail or "")
    assert [is_shifted(entry) for entry in (P1, P3)] == [True, False]
