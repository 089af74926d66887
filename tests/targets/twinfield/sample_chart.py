"""The part of a chart that the samples need."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from tests.targets.twinfield.brief_entries import OFFICE
from tests.targets.twinfield.samples import OTHERS, SAMPLES

CLOSED_PERIOD = 7
VAT_ACCOUNTS = ("1520", "1530", "1535")
SALES_CODES = {"VH": "21", "VVL": "0", "VEUL": "0", "VEXP": "0", "VG": "0"}


def make_chart() -> Chart:
    """Make the part of the office's chart that the samples need; July is closed."""
    entries = (*SAMPLES.values(), *OTHERS.values())
    accounts = {line.ledger_account for entry in entries for line in entry.lines}
    return Chart(
        administration=OFFICE,
        name="Voorbeeld Recycling B.V.",
        country="NL",
        currency="EUR",
        journals={
            **_codes(["VRK"], "sales"),
            **_codes(["INK", "INKZ"], "purchase"),
            **_codes(["MEMO"], "journal"),
        },
        ledger_accounts={**_codes(sorted(accounts), "PNL"), **_codes(VAT_ACCOUNTS, "VAT")},
        vat_codes={
            **{code: _vat(code, "sales", rate) for code, rate in SALES_CODES.items()},
            "IH": _vat("IH", "purchase", "21"),
            "IG": _vat("IG", "purchase", "0"),
            "IVLH": _vat("IVLH", "shifted", "21"),
        },
        cost_centres=_codes(("KP10", "KP20", "KP30", "KP40", "KP50", "KP60", "KP70"), "KPL"),
        payment_terms={},
        parties={
            **_codes(("D10045", "D10046", "D10060", "D10080", "D20007", "D30010", "D40010"), "DEB"),
            **_codes(("C70007", "C70020", "C70060"), "CRD"),
        },
        periods=tuple(
            ChartPeriod(
                fiscal_year=2026,
                number=month,
                first_date=date(2026, month, 1),
                last_date=date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1),
                is_open=month != CLOSED_PERIOD,
            )
            for month in range(1, 13)
        ),
    )


def _codes(codes: Iterable[str], kind: str) -> dict[str, ChartCode]:
    return {code: ChartCode(code=code, name=code, kind=kind) for code in codes}


def _vat(code: str, kind: str, percentage: str) -> ChartCode:
    return ChartCode(code=code, name=code, kind=kind, percentage=Decimal(percentage))
