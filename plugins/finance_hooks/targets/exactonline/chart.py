"""Read the codes of a division into a chart.

Exact Online REST reference: SystemSystemDivisions, FinancialJournals, BulkFinancialGLAccounts, VATVATCodes,
VATVatPercentages, HRMCostcenters, HRMCostunits, CashflowPaymentConditions, BulkCRMAccounts,
FinancialFinancialPeriods.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import TypeAdapter

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod, DatedPercentage
from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import read_number
from finance_hooks.targets.exactonline.settings import JOURNAL_TYPES
from finance_hooks.targets.exactonline.wire import Row, read_date, read_text

_CHART = TypeAdapter(Chart)
NORMAL_PERCENTAGE = 0
"""Exact: a code has percentages of two types, the others are for an extra duty."""
COST_CENTRE_MANDATORY, COST_CENTRE_REFUSED = 1, 2
VAT_SERVES: Mapping[str, frozenset[EntryKind]] = {
    "B": frozenset({EntryKind.SALES, EntryKind.PURCHASE}),
    "P": frozenset({EntryKind.PURCHASE}),
    "S": frozenset({EntryKind.SALES}),
}


class VatKind(StrEnum):
    """What Exact does with a VAT code: its type, or reverse charge whatever the type."""

    EXCLUDING = "E"
    INCLUDING = "I"
    BASE_ONLY = "B"
    NONE = "N"
    REVERSE_CHARGE = "charged"

    @property
    def takes_amount(self) -> bool:
        """Whether a line states its VAT amount."""
        return self in {VatKind.EXCLUDING, VatKind.INCLUDING}


class PartyKind(StrEnum):
    """What an account of Exact's may be used for."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One list that makes up the chart, read with `$select` and, where Exact may demand one, `$filter`."""

    path: str
    select: str
    filter: str | None = None


# Exact: where a sync view exists, a bulk read without a filter may be refused; this one leaves nothing out.
EVER_MODIFIED = "Modified ge datetime'2000-01-01T00:00:00'"

RESOURCES: Mapping[str, Resource] = {
    "journals": Resource(path="financial/Journals", select="Code,Description,Type,IsBlocked"),
    "ledger_accounts": Resource(
        path="bulk/Financial/GLAccounts",
        select="ID,Code,Description,Type,IsBlocked,UseCostcenter,Costcenter",
        filter=EVER_MODIFIED,
    ),
    "vat_codes": Resource(
        path="vat/VATCodes", select="ID,Code,Description,Type,Charged,Percentage,VATTransactionType,IsBlocked"
    ),
    "vat_percentages": Resource(
        path="vat/VatPercentages", select="VATCodeID,Type,Percentage,StartDate,EndDate"
    ),
    "cost_centres": Resource(path="hrm/Costcenters", select="Code,Description,Active,EndDate"),
    "cost_units": Resource(path="hrm/Costunits", select="Code,Description"),
    "payment_terms": Resource(path="cashflow/PaymentConditions", select="Code,Description"),
    "parties": Resource(
        path="bulk/CRM/Accounts",
        select="ID,Code,Name,Status,IsSupplier,Blocked",
        filter=EVER_MODIFIED,
    ),
    "periods": Resource(path="financial/FinancialPeriods", select="FinYear,FinPeriod,StartDate,EndDate"),
}
"""Journals are refused by id and ledger accounts by code: the first need only codes, the second ids too."""


def make_chart(division: Row, lists: Mapping[str, Iterable[Row]]) -> Chart:
    """Put the lists of `RESOURCES` and the division's own row together."""
    percentages = [row for row in lists["vat_percentages"] if row["Type"] == NORMAL_PERCENTAGE]
    return Chart(
        administration=read_text(division["Code"]) or "",
        name=read_text(division["Description"]) or "",
        country=read_text(division["Country"]) or "",
        currency=read_text(division["Currency"]) or "",
        journals=_keyed(_journal(row) for row in lists["journals"]),
        ledger_accounts=_keyed(_account(row) for row in lists["ledger_accounts"]),
        vat_codes=_keyed(_vat_code(row, percentages) for row in lists["vat_codes"]),
        cost_centres=_keyed(_cost_centre(row) for row in lists["cost_centres"]),
        cost_units=_keyed(_code(row) for row in lists["cost_units"]),
        payment_terms=_keyed(_code(row) for row in lists["payment_terms"]),
        parties=_keyed(_party(row) for row in lists["parties"]),
        periods=_periods(lists["periods"]),
    )


def vat_kind(chart: Chart, vat_code: str | None) -> VatKind:
    """Tell what Exact does with a VAT code; without a code there is no VAT."""
    return VatKind(chart.vat_codes[vat_code].kind or "N") if vat_code else VatKind.NONE


def write_chart(chart: Chart) -> str:
    """Write a chart as text for the cache."""
    return _CHART.dump_json(chart).decode()


def read_chart(content: str) -> Chart | None:
    """Read a chart that `write_chart` wrote, `None` when another version of it did."""
    try:
        return _CHART.validate_json(content)
    except ValueError:
        return None


def _code(row: Row, kind: str | None = None) -> ChartCode:
    return ChartCode(
        code=read_text(row["Code"]) or "",
        name=read_text(row["Description"]) or "",
        id=read_text(row.get("ID")),
        blocked=bool(row.get("IsBlocked")),
        kind=read_text(row.get(kind)) if kind else None,
    )


def _journal(row: Row) -> ChartCode:
    journal = _code(row, "Type")
    return replace(
        journal,
        serves=frozenset(EntryKind(kind) for kind, types in JOURNAL_TYPES.items() if journal.kind in types),
    )


def _account(row: Row) -> ChartCode:
    use = row.get("UseCostcenter")
    has_own = bool(read_text(row.get("Costcenter")))  # Exact: books it where the line has none
    return replace(
        _code(row, "Type"),
        needs_cost_centre=None if use is None else use == COST_CENTRE_MANDATORY and not has_own,
        takes_cost_centre=None if use is None else use != COST_CENTRE_REFUSED,
    )


def _vat_code(row: Row, percentages: Iterable[Row]) -> ChartCode:
    percentage = read_number(row.get("Percentage") or 0) * 100  # Exact: a fraction, 0.21
    return ChartCode(
        code=read_text(row["Code"]) or "",
        name=read_text(row["Description"]) or "",
        blocked=bool(row.get("IsBlocked")),
        kind=VatKind.REVERSE_CHARGE if row.get("Charged") else read_text(row["Type"]),
        percentage=percentage,
        percentages=tuple(_percentage(each) for each in percentages if each["VATCodeID"] == row["ID"]),
        serves=VAT_SERVES.get(read_text(row.get("VATTransactionType")) or ""),
    )


def _percentage(row: Row) -> DatedPercentage:
    return DatedPercentage(
        percentage=read_number(row["Percentage"]) * 100,
        since=read_date(row["StartDate"]),
        until=read_date(row.get("EndDate")),
    )


def _cost_centre(row: Row) -> ChartCode:
    return ChartCode(
        code=read_text(row["Code"]) or "",
        name=read_text(row["Description"]) or "",
        blocked=row.get("Active") is False,
        valid_until=read_date(row.get("EndDate")),
    )


def _party(row: Row) -> ChartCode:
    is_customer, is_supplier = read_text(row["Status"]) == "C", bool(row["IsSupplier"])
    kinds = {
        (True, True): PartyKind.BOTH,
        (True, False): PartyKind.CUSTOMER,
        (False, True): PartyKind.SUPPLIER,
        (False, False): PartyKind.NEITHER,
    }
    return ChartCode(
        code=read_text(row["Code"]) or "",
        name=read_text(row["Name"]) or "",
        id=read_text(row["ID"]),
        blocked=bool(row["Blocked"]),
        kind=kinds[is_customer, is_supplier],
        serves=frozenset(
            kind for kind, fits in ((EntryKind.SALES, is_customer), (EntryKind.PURCHASE, is_supplier)) if fits
        ),
    )


def _periods(rows: Iterable[Row]) -> tuple[ChartPeriod, ...]:
    return tuple(
        ChartPeriod(
            fiscal_year=int(row["FinYear"]), number=int(row["FinPeriod"]), first_date=first, last_date=last
        )
        for row in rows
        if (first := read_date(row["StartDate"])) and (last := read_date(row["EndDate"]))
    )


def _keyed(codes: Iterable[ChartCode]) -> Mapping[str, ChartCode]:
    return {code.code: code for code in codes}
