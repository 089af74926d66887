"""Entries of every kind that AFAS books, and makers of many."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from tests.targets.afas.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

ENTRIES: Mapping[str, Entry] = {
    "sales": SAMPLES["S1"],
    "credit note": SAMPLES["S3"],
    "mixed signs": OTHERS["mixed signs"],
    "two rates": OTHERS["two rates"],
    "number of more than twelve characters": OTHERS["long number"],
    "reverse charge sales": SAMPLES["S2"],
    "sales within the EU": SAMPLES["S4"],
    "sales outside the scope of VAT": SAMPLES["S6"],
    "levy": SAMPLES["S8"],
    "g account": SAMPLES["S7"],
    "credit note with g account": OTHERS["credit note with g account"],
    "purchase": SAMPLES["P3"],
    "purchase without VAT": SAMPLES["P2"],
    "purchase credit note": OTHERS["purchase credit note"],
    "self-billed": SAMPLES["P1"],
    "self-billed credit note": OTHERS["self-billed credit note"],
    "memorial": SAMPLES["J1"],
    "memorial on a debtor": OTHERS["memorial on a debtor"],
    "foreign currency": OTHERS["foreign currency"],
    "credit note in foreign currency": OTHERS["credit note in foreign currency"],
}


def without_accounts(entry: Entry) -> Entry:
    """Leave the accounts of shifted VAT to AFAS."""
    lines = [
        replace(line, vat_account=None, reverse_charge_account=None) if line.reverse_charge_account else line
        for line in entry.lines
    ]
    return replace(entry, lines=tuple(lines))


def numbered(count: int) -> list[Entry]:
    """Make so many sales entries, each with a number and reference of its own."""
    return [
        replace(SAMPLES["S1"], number=f"F2026-{number:05}", reference=make_reference(f"test {number}"))
        for number in range(count)
    ]


def many_lines(count: int) -> Entry:
    """Make a sale of so many lines of one cent."""
    sale = SAMPLES["S5"]
    line = replace(sale.lines[0], amount=Decimal("0.01"), vat_amount=Decimal("0.00"))
    lines = tuple(replace(line, number=number, source_lines=(number,)) for number in range(1, count + 1))
    gross = Decimal(count).scaleb(-2)
    entry = replace(sale, lines=lines, gross=gross, vat=Decimal("0.00"), gross_in_books=gross)
    return with_line(entry, amount=Decimal("0.01"))
