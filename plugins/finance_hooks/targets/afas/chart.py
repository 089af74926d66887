"""Read the codes of an administration into a chart.

AFAS Developer documentation, the standard GetConnectors of "Financiële Inrichting" and "Mutaties".
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.targets.afas.codes import by_code, make_code, make_journal, make_parties, make_vat_code
from finance_hooks.targets.afas.wire import Row, read_date, read_text, read_truth

CURRENCY = "EUR"
"""AFAS has no connector that tells; administrations of Dutch and Belgian environments are kept in euros."""

PROJECT_COMPULSORY = frozenset({"V", "I", "J"})
"""AFAS: a project is compulsory (its tables write V, its how-to pages J), or an investment project is."""
YEARS_BACK = 7
"""How many years are supposed to be there where AFAS lists blocked periods only."""

AXES = ("1", "2")
"""The axes of a dimension line that we fill: cost centre and cost unit."""


class AxisUse(StrEnum):
    """Whether an account takes the codes of an axis."""

    NONE = "N"
    COMPULSORY = "B"
    SPLIT = "P"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How a ledger account may be booked on.

    `collects` is D or C for the collective account of debtors or creditors. `axes` says per axis how it is
    used; an axis that AFAS does not show is not used.
    """

    is_vat: bool
    takes_vat: bool
    collects: str
    needs_project: bool
    axes: Mapping[str, str]

    def takes(self, axis: str) -> bool:
        """Whether a line on the account carries a code of this axis; AFAS makes a percentage split itself."""
        return self.axes.get(axis, AxisUse.NONE) not in {AxisUse.NONE, AxisUse.SPLIT}

    def needs(self, axis: str) -> bool:
        """Whether a line on the account must carry a code of this axis."""
        return self.axes.get(axis) == AxisUse.COMPULSORY


@dataclass(frozen=True, slots=True, kw_only=True)
class AfasChart:
    """A chart, and what only AFAS says of it: accounts by code, and which dimension codes they may have.

    `assignments` are (axis, account, dimension code). `chart.vat_codes[…].id` is the code's ledger account.
    """

    chart: Chart
    accounts: Mapping[str, Account]
    assignments: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """One GetConnector that makes up the chart.

    `unit` is its field for the administration where it has one, `columns` is how many fields it has at most.
    """

    name: str
    order: str
    columns: int
    unit: str | None = None


CONNECTORS: Mapping[str, Connector] = {
    "journals": Connector(name="Profit_Journals", unit="UnitId", order="JournalId", columns=10),
    "ledger_accounts": Connector(name="Profit_Accounts", order="Account", columns=30),
    "vat_codes": Connector(name="Profit_VAT_code", order="VatCode", columns=15),
    "periods": Connector(
        name="Profit_periods_per_administration", unit="Unit", order="Year,Period", columns=15
    ),
    "assignments": Connector(
        name="Profit_Allocation_Assigments", unit="Unit", order="Account,DimAx,DimCode", columns=10
    ),
    "debtors": Connector(name="Profit_Debtor", order="DebtorId", columns=30),
    "creditors": Connector(name="Profit_Creditor", order="CreditorId", columns=30),
}
PAYMENT_TERMS_COLUMNS = 20
"""The most columns the connector for payment conditions may have; it is one of the customer's own."""

ADMINISTRATIONS = Connector(name="Profit_Administrations", unit="AdminId", order="AdminId", columns=10)


def make_chart(
    administration: Row, lists: Mapping[str, Iterable[Row]], terms: Iterable[Row] | None, *, today: date
) -> AfasChart:
    """Put the rows of `CONNECTORS`, of the administration itself and of the payment terms together.

    `terms` is `None` where no connector lists them. `today` says which years matter where AFAS lists blocked
    periods only.
    """
    ledger_accounts = list(lists["ledger_accounts"])
    accounts = {str(row["Account"]): _account(row) for row in ledger_accounts}
    assignments = [_assignment(row) for row in lists["assignments"]]
    return AfasChart(
        chart=Chart(
            administration=str(administration["AdminId"]),
            name=read_text(administration["AdminNm"]) or "",
            country="",  # AFAS: no connector tells
            currency=CURRENCY,
            journals=by_code(make_journal(row) for row in lists["journals"]),
            ledger_accounts=by_code(_ledger_account(row, accounts) for row in ledger_accounts),
            vat_codes=by_code(make_vat_code(row) for row in lists["vat_codes"]),
            cost_centres=_assigned(assignments, AXES[0]),
            # AFAS: only codes that are assigned to an account are seen.
            cost_units=_assigned(assignments, AXES[1])
            if any(account.takes(AXES[1]) for account in accounts.values())
            else None,
            payment_terms=by_code(make_code(row, "PaymentCondition") for row in terms or ()),
            parties=make_parties(lists["debtors"], lists["creditors"]),
            periods=_periods([_period(row) for row in lists["periods"]], today),
            unlisted=frozenset({"payment_terms"} if terms is None else ()),
        ),
        accounts=accounts,
        assignments=frozenset(axis for axis, _ in assignments),
    )


def write_chart(chart: AfasChart) -> str:
    """Write a chart as text for the cache."""
    return _CHART.dump_json(chart).decode()


def read_chart(content: str) -> AfasChart | None:
    """Read a chart that `write_chart` wrote, `None` when another version of it did."""
    try:
        return _CHART.validate_json(content)
    except ValueError:
        return None


_CHART = TypeAdapter(AfasChart)


def _ledger_account(row: Row, accounts: Mapping[str, Account]) -> ChartCode:
    account = accounts[str(row["Account"])]
    return replace(
        make_code(row, "Account", kind="Sort"),
        takes_vat=account.takes_vat,
        needs_cost_centre=account.needs(AXES[0]),
        unusable_why="a project is compulsory on it, and the source has none"
        if account.needs_project
        else None,
    )


def _assigned(
    assignments: Iterable[tuple[tuple[str, str, str], ChartCode]], axis: str
) -> dict[str, ChartCode]:
    """Return the codes of one axis with the accounts they are assigned to."""
    accounts: dict[str, set[str]] = {}
    codes: dict[str, ChartCode] = {}
    for (on_axis, account, _), code in assignments:
        if on_axis == axis:
            codes[code.code] = code
            accounts.setdefault(code.code, set()).add(account)
    return {name: replace(code, combines_with=frozenset(accounts[name])) for name, code in codes.items()}


def _account(row: Row) -> Account:
    uses = {axis: read_text(row.get(f"DimAx{axis}")) for axis in AXES}
    return Account(
        is_vat=read_text(row["Sort"]) == "B",
        takes_vat=read_truth(row["VatAllowed"]),
        collects=read_text(row.get("CollectAccountType")) or "N",
        needs_project=read_text(row.get("ToProject")) in PROJECT_COMPULSORY,
        axes={axis: use for axis, use in uses.items() if use},
    )


def _assignment(row: Row) -> tuple[tuple[str, str, str], ChartCode]:
    code = ChartCode(code=str(row["DimCode"]), name=read_text(row.get("CodeDescription")) or "")
    return (str(row["DimAx"]), str(row["Account"]), code.code), code


def _periods(listed: Sequence[ChartPeriod], today: date) -> tuple[ChartPeriod, ...]:
    """Add the months that are not listed where AFAS lists nothing but what is blocked."""
    if any(period.is_open for period in listed):
        return tuple(listed)
    known = {(period.fiscal_year, period.number) for period in listed}
    months = [
        ChartPeriod(
            fiscal_year=year,
            number=month,
            first_date=date(year, month, 1),
            last_date=date(year, month, monthrange(year, month)[1]),
            is_supposed=True,
        )
        for year in range(today.year - YEARS_BACK, today.year + 2)
        for month in range(1, 13)
        if (year, month) not in known
    ]
    return (*listed, *months)


def _period(row: Row) -> ChartPeriod:
    first, last = read_date(row["DateFrom"]), read_date(row["DateTo"])
    if first is None or last is None:
        raise ValueError(f"period {row['Year']}-{row['Period']} has no dates")
    return ChartPeriod(
        fiscal_year=int(row["Year"]),
        number=int(row["Period"]),
        first_date=first,
        last_date=last,
        is_open=not read_truth(row.get("Blocked")),
    )
