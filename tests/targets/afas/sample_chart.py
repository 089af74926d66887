"""The seed chart of the emulated environment as its connectors would show it."""

import csv
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from finance_hooks.targets.afas.chart import AfasChart, make_chart
from tests.targets.afas.brief_entries import ADMINISTRATION

SEED = Path(__file__).parents[3] / "emulators" / "afas" / "charts"
TODAY = date(2026, 11, 2)
Rows = dict[str, list[dict[str, Any]]]


@cache
def sample_chart(administration: str = ADMINISTRATION) -> AfasChart:
    """Make the chart of an administration."""
    return chart_of(lists(), administration)


def chart_of(made: Mapping[str, list[dict[str, Any]]], code: str = ADMINISTRATION) -> AfasChart:
    administration = {"AdminId": int(code), "AdminNm": "Voorbeeld Recycling B.V."}
    return make_chart(administration, made, seed("Qubz_PaymentConditions"), today=TODAY)


def lists() -> Rows:
    """Return the rows of every connector that makes up the chart."""
    accounts = seed("Profit_Accounts")
    return {
        "journals": seed("Profit_Journals"),
        "ledger_accounts": accounts,
        "vat_codes": seed("Profit_VAT_code"),
        "periods": [
            {
                "Unit": 1,
                "Year": 2026,
                "Period": month,
                "DateFrom": f"2026-{month:02}-01T00:00:00Z",
                "DateTo": f"2026-{month:02}-{monthrange(2026, month)[1]}T00:00:00Z",
                "Blocked": month == 8,
            }
            for month in range(1, 13)
        ],
        "assignments": list(_assignments(accounts)),
        "debtors": seed("Profit_Debtor"),
        "creditors": seed("Profit_Creditor"),
    }


def seed(name: str) -> list[dict[str, Any]]:
    """Return the rows of a seed file, empty cells being null."""
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: text or None for key, text in row.items()} for row in csv.DictReader(file)]


def _assignments(accounts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for account in accounts:
        for code in seed("Qubz_DimensionCodes"):
            if code["AxId"] == "1" and code["Blocked"] == "0" and account["DimAx1"] == "B":
                yield {
                    "Unit": 1,
                    "Account": account["Account"],
                    "DimAx": "1",
                    "DimCode": code["DimCode"],
                    "CodeDescription": code["CodeDescription"],
                }
