"""The part of a company that the samples need, made of rows as AccountView shows them."""

from datetime import date, timedelta
from typing import Any

from finance_hooks.targets.accountview.chart import CompanyLists, make_company
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.dictionary import Dictionary, make_dictionary
from tests.targets.accountview.samples import OTHERS, SAMPLES

Rows = list[dict[str, Any]]

COMPANY_ROW = {"ID": "a1b2", "DESCRIPTION": "Voorbeeld Recycling B.V.", "CODE": "VB01"}
ALL = [*SAMPLES.values(), *OTHERS.values()]
KINDS = {"VRK": "Verkoop", "VRV": "Verkoop", "INK": "Inkoop", "IKV": "Inkoop", "IZF": "Inkoop"}
COLLECTIVE = {"1210": 1, "1510": 2}
WITH_CURRENCY = {"VRK", "INK", "IZF", "MEM"}
TEXTS = {"DJ_CODE": 3, "SUB_NR": 10, "INV_NR": 12, "HDR_DESC": 40, "DISC_CODE": 2, "CUR_CODE": 3}
LINE_TEXTS = {
    "ACCT_NR": 10,
    "TRN_DESC": 40,
    "VAT_CODE": 2,
    "COST_CODE": 10,
    "PROJ_CODE": 10,
    "SUB_NR": 10,
    "INV_NR": 12,
    "CUR_CODE": 3,
}
LABELS = {
    "DJ_CODE": "Dagboekcode",
    "ACCT_NR": "Rekeningnr",
    "COST_CODE": "Kostenplaatscode",
    "INV_NR": "Document-/factuurnummer",
    "VAT_CODE": "BTW-code",
    "VAT_AMT": "BTW-bedrag",
    "EXCH_RATE": "Valutakoers",
    "CUR_CODE": "Valutacode",
    "BLK_AMT": "Bedrag G-rekening",
    "DISC_CODE": "Betalingsconditie",
    "PROJ_CODE": "Projectcode",
    "TRN_DATE": "Mutatiedatum",
    "CRED_DAYS": "Betalingstermijn",
    "U_EXTRA": "Eigen veld",
}


def period_rows(year: int, months: int = 12) -> Rows:
    """Make the periods of a calendar year."""
    rows = []
    for month in range(1, months + 1):
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        rows.append(
            {
                "PERIOD": month,
                "BEG_DATE": f"{date(year, month, 1)}T00:00:00",
                "END_DATE": f"{last}T00:00:00",
                "PER_BLK": month == 8,
            }
        )
    return rows


def journal_rows() -> Rows:
    """Make the journals of the samples, and one that numbers itself."""
    rows: Rows = [
        {
            "DJ_CODE": code,
            "DJ_NAME": code,
            "DJ_TYPEV": KINDS.get(code, "Memoriaal"),
            "DJ_ACCT": {"Verkoop": "1210", "Inkoop": "1510"}.get(KINDS.get(code, "")),
            "CUR_CODE": "EUR" if code in WITH_CURRENCY else "",
            "NUM_AUTO": False,
            "CLT_BLK": False,
        }
        for code in (*KINDS, "MEM")
    ]
    return [
        *rows,
        {**rows[0], "DJ_CODE": "VRA", "NUM_AUTO": True},
        {**rows[0], "DJ_CODE": "VRX", "DJ_TYPEV": "?"},
    ]


def account_rows() -> Rows:
    """Make the ledger accounts of the samples; 8110 wants a cost centre, 8310 a VAT code."""
    codes = {line.ledger_account for entry in ALL for line in entry.lines} | {*COLLECTIVE, "1620"}
    return [
        {
            "ACCT_NR": code,
            "ACCT_NAME": code,
            "ACCT_LINK": COLLECTIVE.get(code, 0),
            "REC_BLK": False,
            "COST_MAND": code == "8110",
            "VAT_MAND": code == "8310",
        }
        for code in sorted(codes)
    ]


def vat_rows() -> Rows:
    """Make the VAT codes of the samples."""
    rates = {"0": 0, "1": 21, "4": 0, "5": 0, "7": 0, "11": 21, "14": 21, "19": 0}
    return [
        {
            "VAT_CODE": f"{code:<2}",
            "VAT_NAME": f"Code {code}",
            "VAT_PCT": rate,
            "VAT_ACCT": "1620" if code in {"11", "14", "19"} else "1610",
            "ACCT_MEMO": "1612" if code == "14" else None,
            "IS_REVERSE": code in {"4", "14"},
        }
        for code, rate in rates.items()
    ]


def party_rows(*codes: str) -> Rows:
    """Make relations."""
    return [{"SUB_NR": code, "ACCT_NAME": f"Relatie {code}", "REC_BLK": False} for code in codes]


def dictionary_rows(**changes: dict[str, Any]) -> Rows:
    """Make the fields of pages and lines; `changes` are by field."""
    numbers = ("PERIOD", "CRED_DAYS", "EXCH_RATE", "BLK_AMT")
    line_numbers = ("AMOUNT", "VAT_AMT", "CUR_AMT", "CUR_VAT", "EXCH_RATE")
    rows = [
        *(_field("DJ_PAGE", name, "C", length) for name, length in TEXTS.items()),
        *(_field("DJ_PAGE", name, "N", 8) for name in numbers),
        _field("DJ_PAGE", "TRN_DATE", "D", 8),
        _field("DJ_PAGE", "GROSS_FLG", "L", 1),
        _field("DJ_PAGE", "PAGE_NR", "C", 10) | {"INP_MAND": True},
        *(_field("DJ_LINE", name, "C", length) for name, length in LINE_TEXTS.items()),
        *(_field("DJ_LINE", name, "Y", 8) for name in line_numbers),
        _field("DJ_LINE", "TRN_DATE", "D", 8) | {"INP_MAND": True},
    ]
    return [row | changes.get(row["FIELD_NAME"], {}) for row in rows]


def _field(table: str, name: str, kind: str, length: int) -> dict[str, Any]:
    return {
        "DBF_NAME": table,
        "FIELD_NAME": name,
        "FLD_DESC": LABELS.get(name),
        "FIELD_TYPE": kind,
        "FIELD_LEN": length,
        "INP_MAND": name in {"DJ_CODE", "ACCT_NR"},
    }


def sample_dictionary() -> Dictionary:
    """Make the dictionary of the samples."""
    return make_dictionary(dictionary_rows(), ("DJ_PAGE", "DJ_LINE"))


def sample_company(**changes: Any) -> Company:
    """Make the company of the samples; `changes` are lists that differ."""
    lists = CompanyLists(
        **{
            "journals": journal_rows(),
            "ledger_accounts": account_rows(),
            "vat_codes": vat_rows(),
            "cost_centres": [
                {"COST_CODE": code, "COST_DESC": code}
                for code in ("INZ", "VERH", "VERW", "HANDEL", "MILIEU", "PERS", "HEFFING")
            ],
            "cost_units": [{"PROJ_CODE": code, "PROJ_DESC": code} for code in ("REST", "PAPIER", "METAAL")],
            "payment_terms": [{"DISC_CODE": code, "DISC_DESC": code} for code in ("14", "30")],
            "debtors": party_rows("10045", "10060", "10080", "20007", "30010", "40010", "50010", "99002"),
            "creditors": party_rows("70007", "70011", "70020", "70060", "99002"),
            "years": [period_rows(2025), period_rows(2026)],
            **changes,
        }
    )
    return make_company(COMPANY_ROW, lists, sample_dictionary())
