"""Find what Exact would refuse an entry for, before a call is spent on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.exactonline.chart import PartyKind, VatKind, vat_kind
from finance_hooks.targets.exactonline.settings import JOURNAL_TYPES, SETTINGS
from finance_hooks.targets.faults import check_period, fault, known

_ROLES: Mapping[EntryKind, frozenset[str]] = {
    EntryKind.SALES: frozenset({PartyKind.CUSTOMER, PartyKind.BOTH}),
    EntryKind.PURCHASE: frozenset({PartyKind.SUPPLIER, PartyKind.BOTH}),
}


def check_entry(entry: Entry, chart: Chart) -> tuple[Reason, ...]:
    """Name every fault of an entry against the chart of its division, none when it can be sent."""
    return tuple(reason for rule in _RULES for reason in rule(entry, chart))


def _journal(entry: Entry, chart: Chart) -> Iterator[Reason]:
    yield from known(entry, chart.journals, "journal", entry.journal)
    journal = chart.journals.get(entry.journal)
    if journal is not None and journal.kind not in JOURNAL_TYPES[entry.kind]:
        detail = f"Exact journal type {journal.kind} takes no {entry.kind} entries"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "journal", entry.journal, detail=detail)


def _period(entry: Entry, chart: Chart) -> Iterator[Reason]:
    yield from check_period(entry, chart.periods)


def _party(entry: Entry, chart: Chart) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL:
        return
    yield from known(entry, chart.parties, "party", entry.party or "")
    party = chart.parties.get(entry.party or "")
    if party is not None and party.kind not in _ROLES[entry.kind]:
        detail = f"the account is a {party.kind} in Exact"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "party", entry.party, detail=detail)


def _payment_term(entry: Entry, chart: Chart) -> Iterator[Reason]:
    if entry.payment_term is not None:
        yield from known(entry, chart.payment_terms, "payment_term", entry.payment_term)


def check_number(entry: Entry) -> Iterator[Reason]:
    """Name a number that is too long; the one rule that needs no chart."""
    if len(entry.number) > SETTINGS.number_length:
        detail = f"Exact takes {SETTINGS.number_length} characters in YourRef"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=detail)


def _number(entry: Entry, _chart: Chart) -> Iterator[Reason]:
    yield from check_number(entry)


def _line_codes(entry: Entry, chart: Chart) -> Iterator[Reason]:
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


def _line_cost_centre(entry: Entry, chart: Chart) -> Iterator[Reason]:
    for line in entry.lines:
        account = chart.ledger_accounts.get(line.ledger_account)
        if account is not None and account.needs_cost_centre and line.cost_centre is None:
            detail = f"account {line.ledger_account} wants one"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "cost_centre", None, line, detail)
        elif account is not None and account.takes_cost_centre is False and line.cost_centre is not None:
            detail = f"account {line.ledger_account} takes none"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "cost_centre", line.cost_centre, line, detail)


def _line_vat(entry: Entry, chart: Chart) -> Iterator[Reason]:
    """Refuse VAT that the code cannot carry: Exact would leave it out or work out its own."""
    for line in entry.lines:
        if line.vat_code is not None and line.vat_code not in chart.vat_codes:
            continue
        kind = vat_kind(chart, line.vat_code)
        if line.vat_amount != ZERO and not kind.takes_amount:
            detail = f"VAT amount {line.vat_amount} on a code that takes none"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_code", line.vat_code, line, detail)
        if line.reverse_charge_amount != ZERO and kind is not VatKind.REVERSE_CHARGE:
            detail = f"VAT of {line.reverse_charge_amount} is shifted, the code is not one of reverse charge"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_code", line.vat_code, line, detail)


_RULES: tuple[Callable[[Entry, Chart], Iterable[Reason]], ...] = (
    _journal,
    _period,
    _party,
    _payment_term,
    _number,
    _line_codes,
    _line_cost_centre,
    _line_vat,
)
