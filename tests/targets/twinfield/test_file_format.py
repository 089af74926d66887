from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.file_format import FileLayout
from finance_hooks.targets.twinfield.file_format import MANNER, TwinfieldFile
from finance_hooks.targets.twinfield.payload import make_batch, make_transaction
from tests.targets.brief_entries import with_line
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import OTHERS, SAMPLES

FILE, LAYOUT = TwinfieldFile(), FileLayout()
ENTRIES = {**SAMPLES, **OTHERS}
S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]
REFUSED, UNKNOWN = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED
ONLY_IN_FILES = ("number", "basevalue", "vatbasevalue", "rate")


@pytest.mark.parametrize("name", ENTRIES)
def test_file_is_the_same_by_a_chart_and_without(name: str) -> None:
    entry = ENTRIES[name]
    chart = make_chart(entry.administration)

    assert FILE.why_unfit(entry, LAYOUT, chart) == FILE.why_unfit(entry, LAYOUT, None) == []
    assert FILE.write([entry], LAYOUT, chart) == FILE.write([entry], LAYOUT, None)


def test_file_says_what_a_call_says_and_number_and_base_values_too() -> None:
    entry = SAMPLES["P1"]
    called = make_batch([make_transaction(entry, make_chart(), MANNER)])

    written = etree.fromstring(FILE.write([entry], LAYOUT, make_chart()))

    for element in list(written.iter(*ONLY_IN_FILES)):
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    assert etree.tostring(written) == etree.tostring(called)


def test_date_outside_its_month_does_not_refuse_the_entry_where_periods_are_unknown() -> None:
    moved = replace(S1, entry_date=date(2026, 11, 2))
    of_another_year = replace(S1, fiscal_year=2025)

    for entry, warns in ((S1, None), (moved, "false"), (of_another_year, "false")):
        written = etree.fromstring(FILE.write([entry], LAYOUT, None))
        day = written.find("transaction/header/date")
        assert day is not None
        assert day.get("raisewarning") == warns


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, party=None), UNKNOWN, "party", "", None),
        (replace(S1, journal="V" * 17), REFUSED, "journal", "V" * 17, None),
        (replace(S1, administration="NL\n42"), REFUSED, "administration", "NL\n42", None),
        (replace(S1, party="D\x001"), REFUSED, "party", "D\x001", None),
        (replace(S1, number="F\x01"), REFUSED, "number", "F\x01", None),
        (with_line(S1, ledger_account="8" * 17), REFUSED, "ledger_account", "8" * 17, 1),
        (with_line(S1, cost_centre="K\ufffe"), REFUSED, "cost_centre", "K\ufffe", 1),
        (with_line(S1, cost_unit="P" * 17), REFUSED, "cost_unit", "P" * 17, 1),
        (with_line(P1, vat_account="1" * 17), REFUSED, "vat_account", "1" * 17, 1),
        (with_line(P1, reverse_charge_account="1" * 17), REFUSED, "reverse_charge_account", "1" * 17, 1),
        (with_line(S1, vat_code=None), REFUSED, "vat_code", None, 1),
        (with_line(J1, vat_code="VH"), REFUSED, "vat_code", "VH", 1),
        (with_line(P1, vat_amount=Decimal("1.00")), REFUSED, "vat_code", "IVLH", 1),
        (with_line(J1, amount=Decimal("1250.01")), ReasonCode.MEMORIAL_UNBALANCED, "lines", None, None),
    ],
)
def test_fault_is_named_without_a_chart(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    (reason,) = FILE.why_unfit(entry, LAYOUT, None)

    assert (reason.code, reason.field, reason.value, reason.line) == (code, field, value, line)


def test_fault_that_a_chart_tells_is_named_by_it() -> None:
    (reason,) = FILE.why_unfit(replace(S1, period=7), LAYOUT, make_chart())

    assert reason.code is ReasonCode.PERIOD_CLOSED


def test_character_that_the_encoding_lacks_is_not_lost() -> None:
    entry = with_line(S1, description="Café 漢")

    content = FILE.write([entry], replace(LAYOUT, encoding="latin-1"), None)

    assert etree.fromstring(content).findtext("transaction/lines/line[2]/description") == "Café 漢"


def test_as_many_entries_go_into_a_file_as_into_a_call() -> None:
    assert FILE.entries_max == 25
    assert FILE.suffix(LAYOUT) == "xml"
