"""Rows of pages and of the ledger as AccountView shows them."""

from decimal import Decimal
from typing import Any

Row = dict[str, Any]
REFERENCE = "QUX3OSCWJH5"


def header(**changes: Any) -> Row:
    """Make the header of a sale of 121.00."""
    return {
        "DJ_CODE": "VRK",
        "PAGE_NR": "17",
        "HDR_DESC": f"Oktober [{REFERENCE}]",
        "TRN_DATE": "2026-10-15T00:00:00",
        "PERIOD": 10,
        "SUB_NR": "10045",
        "INV_NR": "F2026-0042",
        "GROSS_FLG": False,
        "CUR_CODE": "EUR",
        "CUR_AMT": 0,
        "PAGE_AMT": Decimal("121.00"),
        "PAGE_VAT": Decimal("21.00"),
        "DJ_PAGE_ID": 0,
        **changes,
    }


def line(**changes: Any) -> Row:
    """Make the line of that sale."""
    return {
        "ACCT_NR": "8110",
        "TRN_DESC": f"Lediging [{REFERENCE}]",
        "AMOUNT": Decimal("100.0"),
        "VAT_CODE": "1 ",
        "VAT_AMT": Decimal("21.0"),
        "CUR_AMT": 0,
        "CUR_VAT": 0,
        "COST_CODE": "INZ",
        "SUB_NR": "",
        "DJ_PAGE_ID": 0,
        **changes,
    }


def ledger_row(account: str, amount: str, **changes: Any) -> Row:
    """Make one row of the ledger for that sale, debit positive."""
    return {
        "REC_ID": f"_{account}{amount}",
        "DJ_CODE": "VRK",
        "PAGE_NR": "17",
        "TRN_DATE": "2026-10-15T00:00:00",
        "PERIOD": 10,
        "ACCT_NR": account,
        "SUB_NR": "",
        "INV_NR": "",
        "AMOUNT": Decimal(amount),
        "VAT_CODE": None,
        "TRN_DESC": f"Oktober [{REFERENCE}]",
        "COST_CODE": "",
        "CUR_CODE": "EUR",
        "CUR_AMT": 0,
        **changes,
    }


SALE = [
    ledger_row("1210", "121.00", SUB_NR="10045", INV_NR="F2026-0042"),
    ledger_row("8110", "-100.00", VAT_CODE="1 ", COST_CODE="INZ"),
    ledger_row("1610", "-21.00", VAT_CODE="1 "),
]
