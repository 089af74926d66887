"""Hold the rows of the mapping files against a chart: one rule a file, all faults at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from finance_hooks.mapping.schemas import (
    ADMINISTRATIONS,
    ARTICLE_ACCOUNTS,
    COST_CENTRES,
    COST_UNITS,
    EVERY,
    JOURNALS,
    LEDGER_ACCOUNTS,
    PARTIES,
    PAYMENT_TERMS,
    VAT_CODES,
    Schema,
)
from finance_hooks.mapping.tables import Tables
from finance_hooks.mapping.valid_rows import ValidRow, valid_rows
from finance_hooks.model.administration import Administration
from finance_hooks.model.chart import Chart, ChartCode
from finance_hooks.model.document import DocumentType, EntryKind
from finance_hooks.model.party import Role
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault
from finance_hooks.posting.preflight_vat import check_vat_row

DAY = timedelta(days=1)
SIDES = {Role.DEBTOR: EntryKind.SALES, Role.CREDITOR: EntryKind.PURCHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """One administration's rows that are valid today or later, and the chart they are held against."""

    administration: Administration
    chart: Chart
    tables: Tables
    today: date

    def rows(self, schema: Schema) -> list[ValidRow]:
        """Return the rows of one kind of file that documents may use."""
        return list(valid_rows(self.tables, schema, self.today))

    def fault(self, row: ValidRow, code: FaultCode, column: str, detail: str | None = None) -> PreflightFault:
        """Name a fault of one row for all documents that use it."""
        return PreflightFault(
            code=code,
            administration=self.administration.sync_id,
            file=row.file,
            line=row.line,
            column=column,
            value=row[column],
            detail=detail,
            content=row.content,
        )

    def known(self, row: ValidRow, part: str, column: str) -> tuple[ChartCode | None, list[PreflightFault]]:
        """Look one code up; what the package does not list is taken as right."""
        codes = self.chart.codes_of(part)
        if codes is None:
            return None, []
        code = codes.get(row[column])
        if code is None:
            nothing = None if codes else f"it shows no {part.replace('_', ' ')} at all: check the rights"
            return None, [self.fault(row, FaultCode.CODE_UNKNOWN, column, nothing)]
        return code, list(self._blocked(row, code, column))

    def _blocked(self, row: ValidRow, code: ChartCode, column: str) -> Iterator[PreflightFault]:
        if code.blocked:
            yield self.fault(row, FaultCode.CODE_BLOCKED, column)
        elif code.valid_until is not None and code.valid_until < row.valid_until:
            found = self.fault(row, FaultCode.CODE_BLOCKED, column, f"it ends on {code.valid_until}")
            yield _dated(found, code.valid_until + DAY)


def check_rows(preflight: Preflight) -> tuple[PreflightFault, ...]:
    """Hold every row of every file against the chart, and the administration against its package."""
    return tuple(fault for rule in _RULES for fault in rule(preflight))


def _journals(preflight: Preflight) -> Iterator[PreflightFault]:
    for row in preflight.rows(JOURNALS):
        journal, faults = preflight.known(row, "journals", "journal")
        yield from faults
        if journal is None:
            continue
        document_type, _, currency = row["document_type"].partition("/")
        kind = DocumentType(document_type).kind
        if journal.serves is not None and kind not in journal.serves:
            detail = f"it takes {_kinds(journal.serves)}, {document_type} is {kind}"
            yield preflight.fault(row, FaultCode.JOURNAL_KIND, "journal", detail)
        if journal.numbers_itself:
            yield preflight.fault(row, FaultCode.JOURNAL_NUMBERS_ITSELF, "journal")
        if currency and journal.only_currency not in {None, currency}:
            detail = f"it takes {journal.only_currency} only, the row is for {currency}"
            yield preflight.fault(row, FaultCode.JOURNAL_CURRENCY, "journal", detail)


def _ledger_accounts(preflight: Preflight) -> Iterator[PreflightFault]:
    centres = _combining(preflight)
    for row in preflight.rows(LEDGER_ACCOUNTS):
        account, faults = preflight.known(row, "ledger_accounts", "target_account")
        yield from faults
        if account is not None:
            yield from _account_rules(preflight, row, account, centres)


def _account_rules(
    preflight: Preflight, row: ValidRow, account: ChartCode, centres: list[frozenset[str] | None]
) -> Iterator[PreflightFault]:
    if account.unusable_why is not None:
        yield preflight.fault(row, FaultCode.CODE_UNUSABLE, "target_account", account.unusable_why)
    if account.takes_vat is False:
        yield preflight.fault(row, FaultCode.VAT_NOT_ALLOWED, "target_account")
    if account.takes_cost_centre is False:
        yield preflight.fault(row, FaultCode.COST_CENTRE_NOT_ALLOWED, "target_account")
    if account.needs_cost_centre:
        yield preflight.fault(row, FaultCode.COST_CENTRE_REQUIRED, "target_account")
        if not any(accounts is None or account.code in accounts for accounts in centres):
            detail = "it requires a cost centre, and none of cost_centres.csv may be used on it"
            yield preflight.fault(row, FaultCode.COMBINATION_MISSING, "target_account", detail)


def _combining(preflight: Preflight) -> list[frozenset[str] | None]:
    """Return for every cost centre of the table on which accounts it may be used, `None` for any."""
    known = preflight.chart.cost_centres
    found = (known.get(row["target_code"]) for row in preflight.rows(COST_CENTRES))
    return [code.combines_with for code in found if code is not None]


def _cost_centres(preflight: Preflight) -> Iterator[PreflightFault]:
    accounts = {row["target_account"] for row in preflight.rows(LEDGER_ACCOUNTS)}
    for row in preflight.rows(COST_CENTRES):
        code, faults = preflight.known(row, "cost_centres", "target_code")
        yield from faults
        if code is not None and code.combines_with is not None and not code.combines_with & accounts:
            yield preflight.fault(row, FaultCode.COMBINATION_MISSING, "target_code")


def _vat_codes(preflight: Preflight) -> Iterator[PreflightFault]:
    for row in preflight.rows(VAT_CODES):
        code, faults = preflight.known(row, "vat_codes", "target_vat_code")
        yield from faults
        for column in ("vat_account", "reverse_charge_account"):
            if row[column]:
                yield from preflight.known(row, "ledger_accounts", column)[1]
        if code is not None:
            for found in check_vat_row(row, code, preflight.administration):
                yield _dated(
                    preflight.fault(row, found.code, "target_vat_code", found.detail),
                    found.since,
                    found.until,
                )


def _parties(preflight: Preflight) -> Iterator[PreflightFault]:
    """Look explicit parties up; those of a pattern are known when documents name them."""
    for row in preflight.rows(PARTIES):
        if row["party"] == EVERY:
            continue
        party, faults = preflight.known(row, "parties", "target_party")
        yield from faults
        side = SIDES[Role(row["role"])]
        if party is not None and party.serves is not None and side not in party.serves:
            detail = f"it is for {_kinds(party.serves)}, a {row['role']} is for {side}"
            yield preflight.fault(row, FaultCode.PARTY_SIDE, "target_party", detail)


def _plain_codes(preflight: Preflight) -> Iterator[PreflightFault]:
    for schema, part in ((COST_UNITS, "cost_units"), (PAYMENT_TERMS, "payment_terms")):
        for row in preflight.rows(schema):
            yield from preflight.known(row, part, "target_code")[1]


def _article_accounts(preflight: Preflight) -> Iterator[PreflightFault]:
    mapped = {row["source_account"] for row in preflight.rows(LEDGER_ACCOUNTS)}
    for row in preflight.rows(ARTICLE_ACCOUNTS):
        if row["source_account"] not in mapped:
            yield preflight.fault(row, FaultCode.SOURCE_ACCOUNT_UNMAPPED, "source_account")


def _administration(preflight: Preflight) -> Iterator[PreflightFault]:
    """Hold the administration's own row against the package: country, difference account, today's period."""
    administration, chart = preflight.administration, preflight.chart

    def fault(code: FaultCode, column: str, value: str, detail: str | None = None) -> PreflightFault:
        return PreflightFault(
            code=code,
            administration=administration.sync_id,
            file=ADMINISTRATIONS.name,
            line=preflight.tables.line,
            column=column,
            value=value,
            detail=detail,
        )

    if chart.country and chart.country != administration.country:
        detail = f"the package says {chart.country}"
        yield fault(FaultCode.COUNTRY_DIFFERS, "country", administration.country, detail)
    account = administration.exchange_difference_account
    if account is not None and account not in chart.ledger_accounts:
        yield fault(FaultCode.CODE_UNKNOWN, "exchange_difference_account", account)
    period = next(
        (each for each in chart.periods if each.first_date <= preflight.today <= each.last_date), None
    )
    if period is None and "periods" not in chart.unlisted:
        yield fault(FaultCode.PERIOD_MISSING, "period", str(preflight.today))
    elif period is not None and period.is_open is False:
        yield fault(FaultCode.PERIOD_CLOSED, "period", f"{period.fiscal_year}-{period.number:02d}")


def _dated(fault: PreflightFault, since: date | None = None, until: date | None = None) -> PreflightFault:
    return replace(fault, dated_from=since, dated_until=until)


def _kinds(kinds: Iterable[EntryKind]) -> str:
    return " and ".join(sorted(kinds)) or "no entries of ours"


_RULES: tuple[Callable[[Preflight], Iterable[PreflightFault]], ...] = (
    _administration,
    _journals,
    _ledger_accounts,
    _vat_codes,
    _cost_centres,
    _plain_codes,
    _parties,
    _article_accounts,
)
