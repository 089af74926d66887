"""Name what is read of a company: business codes, tables, keys to page by, and fields.

Codes and keys as in ForecastXL/accountview-ruby and omniboost/go-accountview.net.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One business code: its main table, what is asked of each table, and the field that its pages go by.

    Without a `key` pages are counted. Without `fields` all come. `is_system` ones describe the installation.
    """

    code: str
    table: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str | None = None
    is_system: bool = False
    sorted_by: str | None = None


_CONTACT = MappingProxyType({"CONTACT": ("SUB_NR", "ACCT_NAME", "REC_BLK")})
_PAGES = MappingProxyType(
    {
        "DJ_PAGE": (
            "DJ_CODE",
            "PAGE_NR",
            "PAGE_NRD",
            "HDR_DESC",
            "TRN_DATE",
            "PERIOD",
            "SUB_NR",
            "INV_NR",
            "GROSS_FLG",
            "CUR_CODE",
            "CUR_AMT",
            "PAGE_AMT",
            "PAGE_VAT",
        ),
        "DJ_LINE": (
            "ACCT_NR",
            "TRN_DESC",
            "AMOUNT",
            "VAT_CODE",
            "VAT_AMT",
            "CUR_AMT",
            "CUR_VAT",
            "COST_CODE",
            "SUB_NR",
        ),
    }
)

JOURNALS = Listing(
    code="DJ1",
    table="DAILY",
    fields={
        "DAILY": (
            "DJ_CODE",
            "DJ_NAME",
            "DJ_TYPE",
            "DJ_TYPEV",
            "DJ_ACCT",
            "CUR_CODE",
            "NUM_AUTO",
            "CLT_BLK",
        )
    },
)
LEDGER_ACCOUNTS = Listing(
    code="GL1",
    table="LEDGER",
    fields={
        "LEDGER": (
            "ACCT_NR",
            "ACCT_NAME",
            "ACCT_TYPE",
            "ACCT_LINK",
            "REC_BLK",
            "CLT_BLK",
            "COST_MAND",
            "VAT_MAND",
        )
    },
    key="ACCT_NR",
)
VAT_CODES = Listing(
    code="VA1",
    table="VAT",
    fields={"VAT": ("VAT_CODE", "VAT_NAME", "VAT_PCT", "VAT_ACCT", "ACCT_MEMO", "IS_REVERSE")},
)
COST_CENTRES = Listing(code="CC1", table="COST", fields={"COST": ("COST_CODE", "COST_DESC")})
COST_UNITS = Listing(
    code="PJ1", table="PROJECTS", fields={"PROJECTS": ("PROJ_CODE", "PROJ_DESC")}, key="PROJ_CODE"
)
DEBTORS = Listing(code="AR1", table="CONTACT", fields=_CONTACT, key="SUB_NR")
CREDITORS = Listing(code="AP1", table="CONTACT", fields=_CONTACT, key="SUB_NR")
PERIODS = Listing(code="PER", table="PERIODS")
ENTRY_PAGES = Listing(code="DJ2", table="DJ_PAGE", fields=_PAGES, sorted_by="PAGE_NRD")
ALL_PAGES = Listing(code="DJ2P", table="DJ_PAGE", fields=_PAGES, sorted_by="PAGE_NRD")
TRANSACTIONS = Listing(
    code="GJ1",
    table="TRANSACT",
    fields={
        "TRANSACT": (
            "REC_ID",
            "DJ_CODE",
            "PAGE_NR",
            "TRN_DATE",
            "PERIOD",
            "ACCT_NR",
            "SUB_NR",
            "INV_NR",
            "AMOUNT",
            "VAT_CODE",
            "TRN_DESC",
            "INV_DESC",
            "COST_CODE",
            "CUR_CODE",
            "CUR_AMT",
        )
    },
    key="REC_ID",
)
TABLE_DICTIONARY = Listing(code="dbf", table="DCT_FILE", is_system=True)
FIELD_DICTIONARY = Listing(
    code="fld",
    table="DCT_FLD",
    fields={"DCT_FLD": ("DBF_NAME", "FIELD_NAME", "FLD_DESC", "FIELD_TYPE", "FIELD_LEN", "INP_MAND")},
    is_system=True,
)
PAYMENT_TERMS_TABLE = "PAY_COND"
PAYMENT_TERMS_FIELDS = ("DISC_CODE", "DISC_DESC")
