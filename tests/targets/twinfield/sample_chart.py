"""The part of a chart that the samples need."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from tests.targets.twinfield.brief_entries import BE_OFFICE, OFFICE
from tests.targets.twinfield.samples import OTHERS, SAMPLES

CLOSED_PERIOD = 7
VAT_ACCOUNTS = {OFFICE: ("1520", "1530", "1535"), BE_OFFICE: ("411000", "451000", "451056")}
SALES_CODES = {
    OFFICE: {"VH": "21", "VVL": "0", "VEUL": "0", "VEXP": "0", "VG": "0"},
    BE_OFFICE: {"V21": "21", "VMC": "0", "VEXP": "0"},
}
PURCHASE_CODES = {OFFICE: {"IH": "21", "IG": "0"}, BE_OFFICE: {"AD21": "21"}}
SHIFTED_CODES = {OFFICE: "IVLH", BE_OFFICE: "AMC"}
PARTIES = {
    OFFICE: {
        "DEB": ("D10045", "D10046", "D10060", "D10080", "D20007", "D30010", "D40010"),
        "CRD": ("C70007", "C70020", "C70060"),
    },
    BE_OFFICE: {"DEB": ("D50010", "D50020", "D50030"), "CRD": ("C75010", "C75040")},
}


def make_chart(office: str = OFFICE) -> Chart:
    """Make the part of an office's chart that the samples need; July is closed."""
    entries = [each for each in (*SAMPLES.values(), *OTHERS.values()) if each.administration == office]
    accounts = {line.ledger_account for entry in entries for line in entry.lines}
    return Chart(
        administration=office,
        name="Voorbeeld Recycling B.V.",
        country="NL" if office == OFFICE else "BE",
        currency="EUR",
        journals={
            **_codes(["VRK"], "sales"),
            **_codes(["INK", "INKZ"], "purchase"),
            **_codes(["MEMO"], "journal"),
        },
        ledger_accounts={**_codes(sorted(accounts), "PNL"), **_codes(VAT_ACCOUNTS[office], "VAT")},
        vat_codes={
            **{code: _vat(code, "sales", rate) for code, rate in SALES_CODES[office].items()},
            **{code: _vat(code, "purchase", rate) for code, rate in PURCHASE_CODES[office].items()},
            SHIFTED_CODES[office]: _vat(SHIFTED_CODES[office], "shifted", "21"),
        },
        cost_centres=_codes(("KP10", "KP20", "KP30", "KP40", "KP50", "KP60", "KP70"), "KPL"),
        payment_terms={},
        parties={
            code: party
            for kind, codes in PARTIES[office].items()
            for code, party in _codes(codes, kind).items()
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
