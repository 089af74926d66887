"""Make AFAS's own chart of what everybody's tells, or of an entry alone where AFAS cannot be asked."""

from collections.abc import Mapping

from finance_hooks.model.chart import Chart, ChartCode
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.chart import AXES, Account, AfasChart, AxisUse
from finance_hooks.targets.afas.codes import PartyKind
from finance_hooks.targets.supposed_chart import suppose_chart

ALLOWED = "T"
"""An axis that may be filled; AFAS's other letters are those of AxisUse."""
PARTY_KINDS: Mapping[EntryKind, PartyKind] = {
    EntryKind.SALES: PartyKind.DEBTOR,
    EntryKind.PURCHASE: PartyKind.CREDITOR,
    EntryKind.MEMORIAL: PartyKind.BOTH,
}


def find_chart(entry: Entry, chart: Chart | None) -> AfasChart:
    """Return the chart an entry is checked and written by."""
    return _widen(chart) if chart is not None else _suppose(entry)


def _widen(chart: Chart) -> AfasChart:
    """Read the use of axes back from the codes that are assigned to accounts."""
    assignments = frozenset(
        (axis, account, code.code)
        for axis, codes in zip(AXES, (chart.cost_centres, chart.cost_units or {}), strict=True)
        for code in codes.values()
        for account in code.combines_with or ()
    )
    used = {(axis, account) for axis, account, _ in assignments}
    return AfasChart(
        chart=chart,
        accounts={
            code: _account(account, {axis: _use(account, axis, used) for axis in AXES})
            for code, account in chart.ledger_accounts.items()
        },
        assignments=assignments,
    )


def _use(account: ChartCode, axis: str, used: set[tuple[str, str]]) -> str:
    if axis == AXES[0] and account.needs_cost_centre:
        return AxisUse.COMPULSORY
    return ALLOWED if (axis, account.code) in used else AxisUse.NONE


def _suppose(entry: Entry) -> AfasChart:
    """Take every code an entry names as allowed where it stands."""
    chart = suppose_chart(entry, journal_kind=entry.kind, party_kind=PARTY_KINDS[entry.kind])
    return AfasChart(
        chart=chart,
        accounts={
            code: _account(account, dict.fromkeys(AXES, ALLOWED))
            for code, account in chart.ledger_accounts.items()
        },
        assignments=frozenset(
            (axis, line.ledger_account, code)
            for line in entry.lines
            for axis, code in zip(AXES, (line.cost_centre, line.cost_unit), strict=True)
            if code is not None
        ),
    )


def _account(account: ChartCode, axes: Mapping[str, str]) -> Account:
    return Account(
        is_vat=False,
        takes_vat=account.takes_vat is not False,
        collects="N",
        needs_project=account.unusable_why is not None,
        axes=axes,
    )
