"""Balances per account and period, and per dimension code."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from emulators.afas.books import ZERO, Books, Row

Sums = list[Decimal]


def per_period(books: Books) -> Iterator[Row]:
    """Return the rows of Profit_Period_balance: debit, credit and their difference."""
    sums: defaultdict[tuple[int, int, int, str], Sums] = defaultdict(lambda: [ZERO, ZERO])
    for entry in books.state.entries.values():
        for line in entry.lines:
            found = sums[entry.unit, entry.year, entry.period, line.ledger_account]
            found[0] += line.debit
            found[1] += line.credit
    for (unit, year, period, account), (debit, credit) in sorted(sums.items()):
        known = books.find("Profit_Accounts", account)
        yield {
            "UnitId": unit,
            "Year": year,
            "Period": period,
            "AccountNr": account,
            "AccountDesc": known["Description"] if known else None,
            "Credit": credit,
            "Debit": debit,
            "Balance": debit - credit,
            "Budget": ZERO,
        }


def per_invoice(books: Books, side: str) -> dict[tuple[int, str, str], tuple[Decimal, Decimal]]:
    """Sum the lines of each invoice of a side, base currency and its own, debit positive.

    The key is administration, relation and invoice number.
    """
    sums: defaultdict[tuple[int, str, str], Sums] = defaultdict(lambda: [ZERO, ZERO])
    for entry in books.state.entries.values():
        for line in entry.lines:
            if line.kind == side and line.invoice:
                found = sums[entry.unit, line.account, line.invoice]
                found[0] += line.amount
                found[1] += line.debit_fc - line.credit_fc
    return {key: (base, foreign) for key, (base, foreign) in sums.items()}


def per_dimension(books: Books) -> Iterator[Row]:
    """Return the rows of Profit_Balance_Allocated."""
    sums: defaultdict[tuple[int, int, int, str, str, str], Sums] = defaultdict(lambda: [ZERO, ZERO])
    for entry in books.state.entries.values():
        for line in entry.lines:
            for axis, code in line.dimensions.items():
                found = sums[entry.unit, entry.year, entry.period, line.ledger_account, str(axis), code]
                found[0] += line.debit
                found[1] += line.credit
    for (unit, year, period, account, axis_id, code), (debit, credit) in sorted(sums.items()):
        known = books.find("Qubz_DimensionCodes", axis_id, code)
        yield {
            "Unit": unit,
            "Year": year,
            "Period": period,
            "Account": account,
            "DimAx": axis_id,
            "Description": known["AxDescription"] if known else None,
            "DimCode": code,
            "Credit": credit,
            "Debet": debit,
            "Balance": debit - credit,
            "Budget": ZERO,
            "Reserved": ZERO,
            "Obligation": ZERO,
        }
