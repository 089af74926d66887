"""Read the codes of an administration into a chart.

Twinfield developer portal, "Finder", "Masters" (dimensions, VAT) and "Periods"; shapes as recorded in
php-twinfield/twinfield.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import zip_longest

from lxml import etree
from pydantic import TypeAdapter

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod, DatedPercentage
from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import read_number
from finance_hooks.targets.twinfield.wire import child_text, read_date, text_of

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
COST_UNIT_TYPE = "PRJ"


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
        journals=_serving(_typed(lists.daybooks, DAYBOOK_CATEGORIES.values()), DAYBOOK_CATEGORIES),
        ledger_accounts={
            code: ChartCode(code=code, name=account.name, kind=VAT_ACCOUNT)
            if code in vat_accounts
            else account
            for code, account in accounts.items()
        },
        vat_codes={vat.code.code: vat.code for vat in lists.vat_codes},
        cost_centres=_typed(lists.dimensions, (COST_CENTRE_TYPE,)),
        cost_units=_typed(lists.dimensions, (COST_UNIT_TYPE,)),
        payment_terms={},
        parties=_serving(_typed(lists.dimensions, PARTY_TYPES.values()), PARTY_TYPES),
        periods=lists.periods,
        unlisted=frozenset({"payment_terms"}),
    )


def read_vat_code(document: etree._Element) -> VatCode:
    """Read one VAT code; `percentage` is the newest one, `percentages` are all by date."""
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
            percentage=read_number(child_text(rates[-1], "percentage") or 0) if rates else None,
            percentages=tuple(_percentages(rates)),
            serves=frozenset({EntryKind(kind)}),
        ),
        accounts=accounts,
    )


def _percentages(rates: Sequence[etree._Element]) -> Iterator[DatedPercentage]:
    """Let each percentage end on the day before the next one begins."""
    since = [read_date(child_text(rate, "date") or "") for rate in rates]
    for rate, begins, ends in zip_longest(rates, since, since[1:]):
        yield DatedPercentage(
            percentage=read_number(child_text(rate, "percentage") or 0),
            since=begins,
            until=ends - timedelta(days=1) if ends else None,
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


def _serving(codes: Mapping[str, ChartCode], types: Mapping[EntryKind, str]) -> dict[str, ChartCode]:
    """Say which kinds of entry the codes of each type are for."""
    return {
        name: replace(code, serves=frozenset(kind for kind, each in types.items() if each == code.kind))
        for name, code in codes.items()
    }


def _typed(lists: Mapping[str, Mapping[str, str]], types: Iterable[str]) -> dict[str, ChartCode]:
    return {
        code: ChartCode(code=code, name=name, kind=each)
        for each in types
        for code, name in lists[each].items()
    }
