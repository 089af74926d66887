from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.file_format import AccountViewFile
from finance_hooks.targets.file_format import FileLayout
from tests.targets.accountview.sample_company import ALL, sample_company
from tests.targets.accountview.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

FILE = AccountViewFile()
FROZEN, FIELDS, XML = FileLayout(), FileLayout(variant="fields"), FileLayout(variant="xml")
CHART = sample_company().chart
S1, S7, P3, J1 = SAMPLES["S1"], SAMPLES["S7"], SAMPLES["P3"], SAMPLES["J1"]
FOREIGN, LONG = OTHERS["foreign currency"], OTHERS["long number"]
REFUSED, UNKNOWN = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED


@pytest.mark.parametrize("layout", [FIELDS, XML], ids=["fields", "xml"])
@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.number)
def test_sample_is_fit_with_and_without_a_chart(entry: Entry, layout: FileLayout) -> None:
    assert FILE.why_unfit(entry, layout, CHART) == []
    assert FILE.why_unfit(entry, layout, None) == []


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, party=None), UNKNOWN, "party", "", None),
        (replace(S1, journal=""), UNKNOWN, "journal", "", None),
        (with_line(S1, ledger_account=""), UNKNOWN, "ledger_account", "", 1),
        (with_line(S1, ledger_account="80000000000"), REFUSED, "ledger_account", "80000000000", 1),
        (with_line(S1, cost_centre="ŻÓŁW"), REFUSED, "cost_centre", "ŻÓŁW", 1),
        (with_line(S1, vat_code="123"), REFUSED, "vat_code", "123", 1),
        (with_line(S1, vat_code=None), REFUSED, "vat_code", None, 1),
        (replace(S1, journal="VERK"), REFUSED, "journal", "VERK", None),
        (replace(S1, party="=1+1"), REFUSED, "party", "=1+1", None),
        (replace(S1, payment_term="30d"), REFUSED, "payment_term", "30d", None),
        (replace(S1, number="F\t1"), REFUSED, "number", "F\t1", None),
        (replace(LONG, number="=AVI-2026-0088121"), REFUSED, "number", "=AVI-2026-0088121", None),
        (with_line(J1, amount=Decimal("1250.01")), ReasonCode.MEMORIAL_UNBALANCED, "lines", None, None),
    ],
)
def test_fault_is_named_without_a_chart(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    reasons = FILE.why_unfit(entry, FIELDS, None)

    assert [(reason.code, reason.field, reason.value, reason.line) for reason in reasons] == [
        (code, field, value, line)
    ]


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        (replace(S1, journal="VRA"), REFUSED, "journal"),
        (replace(FOREIGN, journal="VRK"), REFUSED, "currency"),
        (replace(S1, period=8), ReasonCode.PERIOD_CLOSED, "period"),
        (replace(S1, party="70007"), REFUSED, "party"),
        (with_line(S1, cost_centre=None), REFUSED, "cost_centre"),
        (with_line(S1, vat_code="99"), UNKNOWN, "vat_code"),
    ],
)
def test_fault_that_a_chart_tells_is_named_by_it_alone(entry: Entry, code: ReasonCode, field: str) -> None:
    (reason,) = FILE.why_unfit(entry, FIELDS, CHART)

    assert (reason.code, reason.field) == (code, field)
    assert FILE.why_unfit(entry, FIELDS, None) == []


def test_amount_that_the_books_cannot_hold_is_named() -> None:
    large = with_line(S1, amount=Decimal("1000000000000000000.00"))

    (reason,) = FILE.why_unfit(large, FIELDS, None)

    assert (reason.field, reason.detail) == ("amount", "column dj_line.amount takes 19 characters")


def test_frozen_layout_takes_no_foreign_currency_and_says_which_does() -> None:
    (reason,) = FILE.why_unfit(FOREIGN, FROZEN, CHART)

    assert (reason.field, reason.value) == ("currency", "USD")
    assert reason.detail is not None
    assert "use fields or xml" in reason.detail


def test_frozen_layout_says_what_goes_to_a_g_account_in_the_description() -> None:
    assert FILE.why_unfit(S7, FROZEN, CHART) == []
    assert f"F2026-0047 G 968.00 [{S7.reference}]" in FILE.write([S7], FROZEN, None).decode("cp1252")


def test_frozen_layout_has_no_room_for_a_g_account_beside_a_long_number() -> None:
    entry = replace(LONG, g_account_amount=Decimal("5.00"))

    (reason,) = FILE.why_unfit(entry, FROZEN, None)

    assert (reason.field, reason.value) == ("g_account_amount", "5.00")
    assert FILE.why_unfit(entry, FIELDS, None) == []


def test_number_is_held_to_the_encoding_of_the_file() -> None:
    entry = replace(S1, number="Café 1")

    assert FILE.why_unfit(entry, FROZEN, None) == []
    (reason,) = FILE.why_unfit(entry, replace(FROZEN, encoding="ascii"), None)
    assert (reason.field, reason.value) == ("number", "Café 1")


def test_xml_is_in_windows_characters_unless_another_encoding_is_asked_for() -> None:
    entry = replace(S1, description="Café ž 5 € 漢")

    for layout, declared in ((XML, b"windows-1252"), (replace(XML, encoding="ascii"), b"ascii")):
        content = FILE.write([entry], layout, None)
        assert declared in content.split(b"?>")[0]
        text = etree.fromstring(content).findtext("dj_page/hdr_desc")
        assert text == f"Café ž 5 € ? [{S1.reference}]"


@pytest.mark.parametrize(("layout", "suffix"), [(FROZEN, "csv"), (FIELDS, "csv"), (XML, "xml")])
def test_suffix_is_that_of_the_variant(layout: FileLayout, suffix: str) -> None:
    assert FILE.suffix(layout) == suffix


def test_reasons_are_named_once() -> None:
    reasons = FILE.why_unfit(replace(P3, party="ŻÓŁW", journal="VERKOOP"), FIELDS, None)

    assert len(reasons) == len(set(reasons)) == 2
