"""Hold a page against the installation's own field dictionary before it is sent."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.dictionary import Field, find_faults
from finance_hooks.targets.accountview.payload import LINE, PAGE, Page

LARGEST_AMOUNT = Decimal("922337203685477.58")
"""AccountView: amounts are currency fields of FoxPro, eight bytes with four decimals."""

OUR_NAMES: Mapping[str, str] = {
    "DJ_CODE": "journal",
    "SUB_NR": "party",
    "INV_NR": "number",
    "TRN_DATE": "entry_date",
    "PERIOD": "period",
    "HDR_DESC": "description",
    "TRN_DESC": "description",
    "CRED_DAYS": "due_date",
    "DISC_CODE": "payment_term",
    "CUR_CODE": "currency",
    "EXCH_RATE": "exchange_rate",
    "BLK_AMT": "g_account_amount",
    "ACCT_NR": "ledger_account",
    "AMOUNT": "amount",
    "CUR_AMT": "amount",
    "VAT_CODE": "vat_code",
    "VAT_AMT": "vat_amount",
    "CUR_VAT": "vat_amount",
    "COST_CODE": "cost_centre",
    "PROJ_CODE": "cost_unit",
}
"""AccountView's fields in our words."""


def check_page(entry: Entry, page: Page, company: Company) -> tuple[Reason, ...]:
    """Name every value that the dictionary or AccountView's amounts have no room for, and what it misses."""
    found = [*_check_row(entry, page.header, company.dictionary[PAGE], None)]
    for line, row in zip(entry.lines, page.lines, strict=True):
        number = line.source_lines[0] if line.source_lines else line.number
        found += _check_row(entry, row, company.dictionary[LINE], number)
    return tuple(dict.fromkeys(found))


def _check_row(
    entry: Entry, row: Mapping[str, object], fields: Mapping[str, Field], line: int | None
) -> Iterator[Reason]:
    for name, value, sentence in (*find_faults(row, fields), *_too_large(row)):
        yield Reason(
            code=ReasonCode.FIELD_REFUSED,
            document=entry.number,
            line=line,
            field=OUR_NAMES.get(name, name),
            value=value,
            detail=sentence,
        )


def _too_large(row: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    for name, value in row.items():
        if isinstance(value, Decimal) and abs(value) > LARGEST_AMOUNT:
            yield name, str(value), f"AccountView takes amounts up to {LARGEST_AMOUNT}"
