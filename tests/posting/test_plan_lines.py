"""Journal lines of a plan balance, and say in the package's codes what would be booked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.posting.plan_lines import journal_lines, total_journals, total_vat
from tests.targets.exactonline.samples import OTHERS, SAMPLES

ENTRIES = {**SAMPLES, **OTHERS}
D = Decimal


@pytest.mark.parametrize("name", ENTRIES)
def test_lines_of_every_sample_balance_to_the_cent(name: str) -> None:
    lines = list(journal_lines(ENTRIES[name]))

    assert sum(line.debit for line in lines) == sum(line.credit for line in lines)
    assert all(line.debit >= 0 and line.credit >= 0 for line in lines)


def sale() -> Entry:
    entry = SAMPLES["S1"]
    line = replace(
        entry.lines[0],
        ledger_account="8000",
        amount=D("100.00"),
        vat_code="2",
        vat_amount=D("21.00"),
        vat_account="1671",
        cost_centre="AMS",
        party=None,
    )
    return replace(entry, party="10001", gross=D("121.00"), vat=D("21.00"), lines=(line,))


def test_sale_debits_the_party_and_credits_revenue_and_vat() -> None:
    lines = [
        (line.ledger_account, line.party, line.vat_code, line.cost_centre, line.debit, line.credit)
        for line in journal_lines(sale())
    ]

    assert lines == [
        (None, "10001", None, None, D("121.00"), D("0.00")),
        ("8000", None, "2", "AMS", D("0.00"), D("100.00")),
        ("1671", None, "2", None, D("0.00"), D("21.00")),
    ]


def test_purchase_with_shifted_vat_has_it_on_both_sides() -> None:
    line = replace(
        sale().lines[0],
        vat_amount=D("0.00"),
        reverse_charge_amount=D("21.00"),
        vat_account="1520",
        reverse_charge_account="1521",
    )
    entry = replace(sale(), kind=EntryKind.PURCHASE, gross=D("100.00"), vat=D("0.00"), lines=(line,))

    lines = [(one.ledger_account, one.debit, one.credit) for one in journal_lines(entry)]

    assert lines == [
        (None, D("0.00"), D("100.00")),
        ("8000", D("100.00"), D("0.00")),
        ("1520", D("21.00"), D("0.00")),
        ("1521", D("0.00"), D("21.00")),
    ]


def test_memorial_has_its_own_lines_only() -> None:
    entry = SAMPLES["J1"]

    assert len(list(journal_lines(entry))) == len(entry.lines)


def test_totals_are_per_journal_and_per_code_apart_by_currency() -> None:
    dollars = replace(sale(), currency="USD", rate=D("0.9"))
    uncoded = replace(sale(), lines=(replace(sale().lines[0], vat_code=None, vat_amount=D("0.00")),))

    journals = total_journals([sale(), sale(), dollars])
    codes = total_vat([sale(), sale(), dollars, uncoded])

    assert [(one.currency, one.documents, one.debit, one.credit) for one in journals] == [
        ("EUR", 2, D("242.00"), D("242.00")),
        ("USD", 1, D("121.00"), D("121.00")),
    ]
    assert [(one.vat_code, one.currency, one.base, one.vat, one.shifted) for one in codes] == [
        ("2", "EUR", D("200.00"), D("42.00"), D("0.00")),
        ("2", "USD", D("100.00"), D("21.00"), D("0.00")),
    ]
