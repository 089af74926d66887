"""Find what AccountView would refuse an entry for, before a call is spent on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.chart import PartyKind
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.numbers import takes_reference_as_number
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.accountview.texts import is_ansi
from finance_hooks.targets.faults import fault, known

_ROLES: Mapping[EntryKind, frozenset[str]] = {
    EntryKind.SALES: frozenset({PartyKind.CUSTOMER, PartyKind.BOTH}),
    EntryKind.PURCHASE: frozenset({PartyKind.SUPPLIER, PartyKind.BOTH}),
}


def check_entry(entry: Entry, company: Company) -> tuple[Reason, ...]:
    """Name every fault of an entry against the codes and rules of its company, none when it can be sent."""
    return tuple(reason for rule in _RULES for reason in rule(entry, company))


def _journal(entry: Entry, company: Company) -> Iterator[Reason]:
    yield from known(entry, company.chart.journals, "journal", entry.journal)
    journal, rules = company.chart.journals.get(entry.journal), company.journals.get(entry.journal)
    if journal is None or rules is None:
        return
    if journal.kind in set(EntryKind) and journal.kind != entry.kind:
        detail = f"a {journal.kind} journal takes no {entry.kind} entries"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "journal", entry.journal, detail=detail)
    if rules.numbers_itself:
        detail = "this journal hands out invoice numbers itself (NUM_AUTO); switch that off in AccountView"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "journal", entry.journal, detail=detail)
    if rules.currency is not None and rules.currency != entry.currency:
        detail = f"journal {entry.journal} takes {rules.currency} only"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "currency", entry.currency, detail=detail)


def _period(entry: Entry, company: Company) -> Iterator[Reason]:
    year = [period for period in company.chart.periods if period.fiscal_year == entry.fiscal_year]
    period = next((one for one in year if one.number == entry.period), None)
    name = f"{entry.fiscal_year}-{entry.period:02d}"
    if period is None:
        yield fault(entry, ReasonCode.YEAR_MISSING, "period", name)
    elif period.is_open is False:
        yield fault(entry, ReasonCode.PERIOD_CLOSED, "period", name)
    elif not min(one.first_date for one in year) <= entry.entry_date <= max(one.last_date for one in year):
        detail = f"the day decides the book year, and {entry.entry_date} does not lie in {entry.fiscal_year}"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "period", name, detail=detail)


def _party(entry: Entry, company: Company) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL:
        return
    parties = company.chart.parties
    yield from known(entry, parties, "party", entry.party or "")
    party = parties.get(entry.party or "")
    if party is not None and party.kind not in _ROLES[entry.kind]:
        detail = f"the relation is a {party.kind} in AccountView"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "party", entry.party, detail=detail)


def _payment_term(entry: Entry, company: Company) -> Iterator[Reason]:
    if entry.payment_term is not None:
        yield from known(entry, company.chart.payment_terms, "payment_term", entry.payment_term)


def _number(entry: Entry, _company: Company) -> Iterator[Reason]:
    length = SETTINGS.number_length
    if takes_reference_as_number(entry):
        length = NUMBER_IN_DESCRIPTION
    elif entry.kind is EntryKind.MEMORIAL and not any(line.party for line in entry.lines):
        return
    if len(entry.number) > length:
        detail = f"AccountView takes {length} characters"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=detail)
    elif not is_ansi(entry.number):
        detail = "AccountView takes the characters of Windows-1252 only"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=detail)


NUMBER_IN_DESCRIPTION = SETTINGS.description_length - len(" [Q234567ABCD]")
"""How long a supplier's number may be that stands in the description, before our reference."""


def _balance(entry: Entry, _company: Company) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL and (left := sum((line.amount for line in entry.lines), ZERO)):
        detail = f"debit minus credit is {left}"
        yield fault(entry, ReasonCode.MEMORIAL_UNBALANCED, "lines", None, detail=detail)


def _line_count(entry: Entry, _company: Company) -> Iterator[Reason]:
    if len(entry.lines) > SETTINGS.lines_max:
        detail = f"{SETTINGS.lines_max} allowed"
        yield fault(entry, ReasonCode.TOO_MANY_LINES, "lines", str(len(entry.lines)), detail=detail)


def _line_codes(entry: Entry, company: Company) -> Iterator[Reason]:
    chart = company.chart
    for line in entry.lines:
        yield from known(entry, chart.ledger_accounts, "ledger_account", line.ledger_account, line)
        for codes, field, code in (
            (chart.vat_codes, "vat_code", line.vat_code),
            (chart.cost_centres, "cost_centre", line.cost_centre),
            (chart.cost_units, "cost_unit", line.cost_unit),
            (chart.parties, "party", line.party),
        ):
            if code is not None and codes is not None:
                yield from known(entry, codes, field, code, line)


def _line_rules(entry: Entry, company: Company) -> Iterator[Reason]:
    """Refuse lines that lack what their account wants."""
    for line in entry.lines:
        rules = company.accounts.get(line.ledger_account)
        if rules is None:
            continue
        for is_wanted, field, value in (
            (rules.wants_cost_centre, "cost_centre", line.cost_centre),
            (rules.wants_vat_code, "vat_code", line.vat_code),
            (rules.is_collective, "party", line.party),
        ):
            if is_wanted and value is None:
                detail = f"account {line.ledger_account} wants one"
                yield fault(entry, ReasonCode.FIELD_REFUSED, field, None, line, detail)


def _line_vat(entry: Entry, company: Company) -> Iterator[Reason]:
    for line in entry.lines:
        rules = company.vat_codes.get(line.vat_code or "")
        if line.vat_code is None and line.vat_amount != ZERO:
            detail = f"VAT amount {line.vat_amount} without a code"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_code", None, line, detail)
        if line.reverse_charge_amount != ZERO and rules is not None and not rules.is_reverse:
            detail = f"VAT of {line.reverse_charge_amount} is shifted, the code is not one of reverse charge"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_code", line.vat_code, line, detail)


_RULES: tuple[Callable[[Entry, Company], Iterable[Reason]], ...] = (
    _journal,
    _period,
    _party,
    _payment_term,
    _number,
    _balance,
    _line_count,
    _line_codes,
    _line_rules,
    _line_vat,
)
