"""Make a company of what was read of it: codes for everybody, and AccountView's own rules about them.

Fields of DAILY, LEDGER, VAT, COST, CONTACT as recorded by omniboost/go-accountview.net; those of the periods
and of the payment conditions are inferred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import read_number
from finance_hooks.targets.accountview.company import AccountRules, Company, JournalRules, VatRules
from finance_hooks.targets.accountview.dictionary import Dictionary
from finance_hooks.targets.accountview.wire import Row, read_date, read_flag, read_text

HOME_CURRENCY = "EUR"
# AccountView: the numbers of DJ_TYPE are not public, its text is what people see.
JOURNAL_KINDS: Mapping[str, EntryKind] = {
    "verkoop": EntryKind.SALES,
    "sales": EntryKind.SALES,
    "inkoop": EntryKind.PURCHASE,
    "purchase": EntryKind.PURCHASE,
    "memoriaal": EntryKind.MEMORIAL,
    "memorial": EntryKind.MEMORIAL,
}


OTHER_JOURNALS = ("kas", "cash", "bank", "giro")
"""How the kinds of journals begin that take no entries of ours."""


class PartyKind(StrEnum):
    """What a relation may be used for."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    BOTH = "both"


PARTY_SERVES: Mapping[PartyKind, frozenset[EntryKind]] = {
    PartyKind.CUSTOMER: frozenset({EntryKind.SALES}),
    PartyKind.SUPPLIER: frozenset({EntryKind.PURCHASE}),
    PartyKind.BOTH: frozenset({EntryKind.SALES, EntryKind.PURCHASE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLists:
    """The rows of every list that makes up a company; `years` are periods per book year."""

    journals: Iterable[Row]
    ledger_accounts: Iterable[Row]
    vat_codes: Iterable[Row]
    cost_centres: Iterable[Row]
    cost_units: Iterable[Row]
    payment_terms: Iterable[Row]
    debtors: Iterable[Row]
    creditors: Iterable[Row]
    years: Iterable[Iterable[Row]]


def make_company(company: Row, lists: CompanyLists, dictionary: Dictionary) -> Company:
    """Put a company's own row and its lists together."""
    journals, accounts, vat_codes = list(lists.journals), list(lists.ledger_accounts), list(lists.vat_codes)
    chart = Chart(
        administration=read_text(company["CODE"]) or "",
        name=read_text(company.get("DESCRIPTION")) or "",
        country="",  # AccountView: no list that we read tells
        currency=HOME_CURRENCY,
        journals=_keyed(_journal(row) for row in journals),
        ledger_accounts=_keyed(_ledger_account(row) for row in accounts),
        vat_codes=_keyed(_vat_code(row) for row in vat_codes),
        cost_centres=_keyed(_code(row, "COST_CODE", "COST_DESC") for row in lists.cost_centres),
        cost_units=_keyed(_code(row, "PROJ_CODE", "PROJ_DESC") for row in lists.cost_units),
        payment_terms=_keyed(_code(row, "DISC_CODE", "DISC_DESC") for row in lists.payment_terms),
        parties=_parties(lists.debtors, lists.creditors),
        periods=tuple(period for year in lists.years for period in read_periods(year)),
    )
    return Company(
        id=read_text(company["ID"]) or "",
        chart=chart,
        journals={_text(row, "DJ_CODE"): _journal_rules(row) for row in journals},
        vat_codes={_text(row, "VAT_CODE"): _vat_rules(row) for row in vat_codes},
        accounts={_text(row, "ACCT_NR"): _account_rules(row) for row in accounts},
        dictionary=dictionary,
    )


def read_periods(rows: Iterable[Row]) -> list[ChartPeriod]:
    """Read the periods of one book year, which is named by the year in which its first period begins."""
    dated = [
        (int(row["PERIOD"]), first, last, row.get("PER_BLK"))
        for row in rows
        if (first := read_date(row["BEG_DATE"])) and (last := read_date(row["END_DATE"]))
    ]
    if not dated:
        return []
    year = min(first for _, first, _, _ in dated).year
    return [
        ChartPeriod(
            fiscal_year=year,
            number=number,
            first_date=first,
            last_date=last,
            is_open=None if blocked is None else not read_flag(blocked),
        )
        for number, first, last, blocked in dated
    ]


def _journal(row: Row) -> ChartCode:
    shown = (read_text(row.get("DJ_TYPEV")) or read_text(row.get("DJ_TYPE")) or "").casefold()
    kind = next((kind for word, kind in JOURNAL_KINDS.items() if shown.startswith(word)), shown)
    return replace(
        _code(row, "DJ_CODE", "DJ_NAME", blocked=_any(row, "CLT_BLK"), kind=str(kind)),
        serves=_serves_of(kind),
        numbers_itself=read_flag(row["NUM_AUTO"]),
        only_currency=read_text(row.get("CUR_CODE")),
    )


def _serves_of(kind: str) -> frozenset[EntryKind] | None:
    """Say what a journal takes; what stands there in words nobody knows may be anything."""
    if kind in set(EntryKind):
        return frozenset({EntryKind(kind)})
    return frozenset() if kind.startswith(OTHER_JOURNALS) else None


def _ledger_account(row: Row) -> ChartCode:
    account = _code(row, "ACCT_NR", "ACCT_NAME", blocked=_any(row, "REC_BLK", "CLT_BLK"))
    return replace(account, needs_cost_centre=read_flag(row.get("COST_MAND")))


def _journal_rules(row: Row) -> JournalRules:
    return JournalRules(
        account=read_text(row.get("DJ_ACCT")),
        currency=read_text(row.get("CUR_CODE")),
        numbers_itself=read_flag(row["NUM_AUTO"]),
    )


def _vat_code(row: Row) -> ChartCode:
    return ChartCode(
        code=_text(row, "VAT_CODE"),
        name=read_text(row["VAT_NAME"]) or "",
        percentage=read_number(row.get("VAT_PCT") or 0),
    )


def _vat_rules(row: Row) -> VatRules:
    return VatRules(
        account=read_text(row.get("VAT_ACCT")),
        reverse_account=read_text(row.get("ACCT_MEMO")),
        is_reverse=read_flag(row.get("IS_REVERSE")),
    )


def _account_rules(row: Row) -> AccountRules:
    return AccountRules(
        is_collective=bool(int(row.get("ACCT_LINK") or 0)),
        wants_cost_centre=read_flag(row.get("COST_MAND")),
        wants_vat_code=read_flag(row.get("VAT_MAND")),
    )


def _parties(debtors: Iterable[Row], creditors: Iterable[Row]) -> Mapping[str, ChartCode]:
    parties: dict[str, ChartCode] = {}
    for kind, rows in ((PartyKind.CUSTOMER, debtors), (PartyKind.SUPPLIER, creditors)):
        for row in rows:
            code = _text(row, "SUB_NR")
            role = PartyKind.BOTH if code in parties and parties[code].kind != kind else kind
            found = _code(row, "SUB_NR", "ACCT_NAME", blocked=_any(row, "REC_BLK"), kind=role)
            parties[code] = replace(found, serves=PARTY_SERVES[role])
    return parties


def _code(row: Row, code: str, name: str, *, blocked: bool = False, kind: str | None = None) -> ChartCode:
    return ChartCode(code=_text(row, code), name=read_text(row.get(name)) or "", blocked=blocked, kind=kind)


def _text(row: Row, name: str) -> str:
    return read_text(row[name]) or ""


def _any(row: Row, *names: str) -> bool:
    return any(read_flag(row.get(name)) for name in names)


def _keyed(codes: Iterable[ChartCode]) -> Mapping[str, ChartCode]:
    return {code.code: code for code in codes}
