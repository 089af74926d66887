"""Write an entry as AccountView wants it posted: one page with its lines per call.

Form of the vendor's page as three clients post it (omniboost/go-accountview.net, svitlanahasynets/apicenter,
the unit ulcsAccountViewUtility): names and types first, then rows of values in the same order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO, round_half_up
from finance_hooks.targets.accountview.amounts import amounts_in_books
from finance_hooks.targets.accountview.conventions import Conventions, RateDirection, ReverseCharge
from finance_hooks.targets.accountview.numbers import write_description, write_number
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.accountview.texts import to_ansi
from finance_hooks.targets.accountview.wire import write_json
from finance_hooks.targets.description import describe

PAGE, LINE = "DJ_PAGE", "DJ_LINE"
ENTRY_PAGES = "DJ2"
RATE_DIGITS = Decimal("0.0000000001")
CREDIT_DAYS_MAX = 999

Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it is sent: values by field name, `None` for what is left out."""

    header: Mapping[str, object]
    lines: Sequence[Mapping[str, object]]


def make_page(entry: Entry, conventions: Conventions) -> Page:
    """Write one entry as fields; nothing is cut but descriptions."""
    is_memorial = entry.kind is EntryKind.MEMORIAL
    header: Values = {
        "RowId": "1",
        "DJ_CODE": entry.journal,
        "SUB_NR": None if is_memorial else entry.party,
        "INV_NR": write_number(entry),
        "TRN_DATE": write_day(entry),
        "PERIOD": entry.period,
        "HDR_DESC": write_description(entry),
        "GROSS_FLG": False,
        "DISC_CODE": entry.payment_term,
        "CRED_DAYS": _credit_days(entry),
        "CUR_CODE": None if entry.rate is None else entry.currency,
        "EXCH_RATE": write_rate(entry.rate, conventions.rate_direction),
        "BLK_AMT": entry.g_account_amount * conventions.page_sign(entry.kind) or None,
    }
    converted = amounts_in_books(entry)
    lines = [
        _write_line(entry, line, in_books, conventions)
        for line, in_books in zip(entry.lines, converted, strict=True)
    ]
    return Page(header=header, lines=lines)


def write_page(entry: Entry, page: Page) -> str:
    """Write a page as a body; fields that no row fills are not named in it."""
    header, lines = _filled([page.header]), _filled(page.lines)
    return write_json(
        {
            # AccountView: the day decides in which year's administration the page is booked.
            "BookDate": write_day(entry),
            "BusinessObject": ENTRY_PAGES,
            "Table": {
                "Definition": {"Name": PAGE, "Fields": _define(header)},
                "DetailDefinitions": [{"Name": LINE, "Fields": _define(lines)}],
            },
            "TableData": {
                "Data": {"Rows": _rows([page.header], header)},
                "DetailData": [{"Rows": _rows(page.lines, lines)}],
            },
        }
    )


def write_day(entry: Entry) -> str:
    """Write the booking date without a zone: what the relay makes of one is not documented."""
    return f"{entry.entry_date.isoformat()}T00:00:00"


def write_rate(rate: Decimal | None, direction: RateDirection) -> Decimal | None:
    """Write the rate the way this installation reads it."""
    if rate is None or direction is RateDirection.BOOKS_PER_CURRENCY:
        return rate
    return (1 / rate).quantize(RATE_DIGITS).normalize()


def _write_line(
    entry: Entry, line: EntryLine, in_books: tuple[Decimal, Decimal], conventions: Conventions
) -> Values:
    is_foreign, carries_vat = entry.rate is not None, line.vat_code is not None
    sign = conventions.page_sign(entry.kind)
    net, vat = in_books
    shifted = ZERO if conventions.reverse_charge is ReverseCharge.ZERO else line.reverse_charge_amount
    shifted_in_books = shifted if entry.rate is None else round_half_up(shifted * entry.rate)
    # AccountView: a line on a collective account of debtors or creditors wants party and invoice number.
    number = entry.number if line.party is not None else None
    return {
        "RowId": str(line.number),
        "HeaderId": "1",
        "ACCT_NR": line.ledger_account,
        "TRN_DATE": write_day(entry),
        "TRN_DESC": describe(to_ansi(line.description), entry.reference, SETTINGS.description_length),
        "AMOUNT": sign * net,
        "VAT_CODE": line.vat_code,
        "VAT_AMT": sign * (vat + shifted_in_books) if carries_vat else None,
        "CUR_CODE": entry.currency if is_foreign else None,
        "CUR_AMT": sign * line.amount if is_foreign else None,
        "CUR_VAT": sign * (line.vat_amount + shifted) if is_foreign and carries_vat else None,
        "EXCH_RATE": write_rate(entry.rate, conventions.rate_direction),
        "COST_CODE": line.cost_centre,
        "PROJ_CODE": line.cost_unit,
        "SUB_NR": line.party,
        "INV_NR": number,
    }


def _credit_days(entry: Entry) -> int | None:
    if entry.due_date is None:
        return None
    return min(max((entry.due_date - entry.entry_date).days, 0), CREDIT_DAYS_MAX)


def _filled(rows: Sequence[Mapping[str, object]]) -> list[str]:
    return [name for name in rows[0] if any(row[name] is not None for row in rows)]


def _define(names: Sequence[str]) -> list[Mapping[str, str]]:
    return [{"Name": name, "FieldType": FIELD_TYPES[name]} for name in names]


def _rows(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[Mapping[str, object]]:
    return [{"Values": [row[name] for name in names]} for row in rows]


# AccountView: the dictionary's own letters Y (currency) and D (date) are not taken here; N and T are.
FIELD_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "RowId",
                "HeaderId",
                "DJ_CODE",
                "SUB_NR",
                "INV_NR",
                "HDR_DESC",
                "DISC_CODE",
                "CUR_CODE",
                "ACCT_NR",
                "TRN_DESC",
                "VAT_CODE",
                "COST_CODE",
                "PROJ_CODE",
            ),
            "C",
        ),
        **dict.fromkeys(
            (
                "PERIOD",
                "CRED_DAYS",
                "EXCH_RATE",
                "BLK_AMT",
                "AMOUNT",
                "VAT_AMT",
                "CUR_AMT",
                "CUR_VAT",
            ),
            "N",
        ),
        "TRN_DATE": "T",
        "GROSS_FLG": "L",
    }
)
