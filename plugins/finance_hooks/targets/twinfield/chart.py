"""Read the codes of an administration into a chart.

Twinfield developer portal, "Finder", "Masters" (dimensions, VAT) and "Periods"; shapes as recorded in
php-twinfield/twinfield.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lxml import etree
from pydantic import TypeAdapter

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.targets.twinfield.wire import child_text, text_of

_CHART = TypeAdapter(Chart)
VAT_ACCOUNT = "VAT"
"""The kind of a ledger account that VAT codes book on; the others bear Twinfield's own (BAS, PNL)."""

DAYBOOK_CATEGORIES: Mapping[EntryKind, str] = {
    EntryKind.SALES: "sales",
    EntryKind.PURCHASE: "purchase",
    EntryKind.MEMORIAL: "journal",
}
VAT_TYPES = ("sales", "purchase")
ACCOUNT_TYPES = ("BAS", "PNL")
PARTY_TYPES: Mapping[EntryKind, str] = {EntryKind.SALES: "DEB", EntryKind.PURCHASE: "CRD"}
COST_CENTRE_TYPE = "KPL"


class VatKind(StrEnum):
    """What Twinfield does with a VAT code: for sales or purchase, or shifted to both sides of a purchase."""

    SALES = "sales"
    PURCHASE = "purchase"
    SHIFTED = "shifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCode:
    """One VAT code with the ledger accounts it books on."""

    code: ChartCode
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What makes up a chart, as it was read: names by code, daybooks and dimensions by their type."""

    name: str
    country: str
    currency: str
    daybooks: Mapping[str, Mapping[str, str]]
    dimensions: Mapping[str, Mapping[str, str]]
    vat_codes: tuple[VatCode, ...]
    periods: tuple[ChartPeriod, ...]


def make_chart(administration: str, lists: Lists) -> Chart:
    """Put together what was read of an administration."""
    vat_accounts = {account for vat in lists.vat_codes for account in vat.accounts}
    accounts = _typed(lists.dimensions, ACCOUNT_TYPES)
    return Chart(
        administration=administration,
        name=lists.name,
        country=lists.country,
        currency=lists.currency,
        journals=_typed(lists.daybooks, DAYBOOK_CATEGORIES.values()),
        ledger_accounts={
            code: ChartCode(code=code, name=account.name, kind=VAT_ACCOUNT)
            if code in vat_accounts
            else account
            for code, account in accounts.items()
        },
        vat_codes={vat.code.code: vat.code for vat in lists.vat_codes},
        cost_centres=_typed(lists.dimensions, (COST_CENTRE_TYPE,)),
        payment_terms={},
        parties=_typed(lists.dimensions, PARTY_TYPES.values()),
        periods=lists.periods,
    )


def read_vat_code(document: etree._Element) -> VatCode:
    """Read one VAT code; the percentage is the newest one."""
    rates = sorted(
        document.iterfind("percentages/percentage"), key=lambda rate: child_text(rate, "date") or ""
    )
    accounts = tuple(
        account
        for rate in rates[-1:]
        for found in rate.iterfind("accounts/account")
        if (account := child_text(found, "dim1"))
    )
    kind = VatKind(child_text(document, "type") or "")
    return VatCode(
        code=ChartCode(
            code=child_text(document, "code") or "",
            name=child_text(document, "name") or "",
            blocked=document.get("status", "active") != "active",
            kind=VatKind.SHIFTED if len(accounts) > 1 else kind,
            percentage=Decimal(child_text(rates[-1], "percentage") or 0) if rates else None,
        ),
        accounts=accounts,
    )


def read_dimensions(document: etree._Element, dimension_type: str) -> dict[str, str]:
    """Read a list of dimensions; the last row may be a marker that bears the type as its code."""
    return {
        code: row.get("name") or ""
        for row in document
        if (code := text_of(row)) and not (code == dimension_type and not row.get("name"))
    }


def read_offices(document: etree._Element) -> dict[str, str]:
    """Read the administrations that the user may open, by code."""
    return {code: row.get("name") or "" for row in document if (code := text_of(row))}


def write_chart(chart: Chart) -> str:
    """Write a chart as text for the cache."""
    return _CHART.dump_json(chart).decode()


def read_chart(content: str) -> Chart | None:
    """Read a chart that `write_chart` wrote, `None` when another version of it did."""
    try:
        return _CHART.validate_json(content)
    except ValueError:
        return None


def _typed(lists: Mapping[str, Mapping[str, str]], types: Iterable[str]) -> dict[str, ChartCode]:
    return {
        code: ChartCode(code=code, name=name, kind=each)
        for each in types
        for code, name in lists[each].items()
    }
