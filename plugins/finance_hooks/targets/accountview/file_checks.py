"""Find what keeps an entry from a file that AccountView imports, also where AccountView cannot be asked."""

from collections.abc import Iterator

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.chart import PartyKind
from finance_hooks.targets.accountview.checks import check_entry
from finance_hooks.targets.accountview.company import AccountRules, Company, JournalRules
from finance_hooks.targets.accountview.numbers import takes_reference_as_number
from finance_hooks.targets.cells import why_no_code
from finance_hooks.targets.faults import fault
from finance_hooks.targets.supposed_chart import suppose_chart


def check_codes(entry: Entry, chart: Chart | None) -> list[Reason]:
    """Name what AccountView's checks find by a chart, or without one by the entry itself."""
    kind = PartyKind.CUSTOMER if entry.kind is EntryKind.SALES else PartyKind.SUPPLIER
    known = chart or suppose_chart(entry, journal_kind=entry.kind, party_kind=kind)
    return list(check_entry(entry, make_company(known)))


def check_number(entry: Entry, encoding: str) -> Iterator[Reason]:
    """Name what keeps a supplier's long number from standing in the description as it is."""
    if takes_reference_as_number(entry):
        for why in why_no_code(entry.number, encoding):
            yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=why)


def check_frozen(entry: Entry) -> Iterator[Reason]:
    """Name what the frozen layout has no column for."""
    if entry.rate is not None:
        detail = "layout csv has no columns for rate and foreign amounts; use fields or xml"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "currency", entry.currency, detail=detail)
    if entry.g_account_amount != ZERO and takes_reference_as_number(entry):
        detail = f"beside number {entry.number} the description has no room for it; use layout fields or xml"
        value = str(entry.g_account_amount)
        yield fault(entry, ReasonCode.FIELD_REFUSED, "g_account_amount", value, detail=detail)


def make_company(chart: Chart) -> Company:
    """Make a company of what a chart tells; rules that it has no place for are left to the import."""
    return Company(
        id="",
        chart=chart,
        journals={
            code: JournalRules(
                account=None,
                currency=journal.only_currency,
                numbers_itself=journal.numbers_itself is True,
            )
            for code, journal in chart.journals.items()
        },
        vat_codes={},
        accounts={
            code: AccountRules(
                is_collective=False,
                wants_cost_centre=account.needs_cost_centre is True,
                wants_vat_code=False,
            )
            for code, account in chart.ledger_accounts.items()
        },
        dictionary={},
    )
