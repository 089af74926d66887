"""Find what AFAS would refuse about the lines of an entry: accounts, VAT codes, dimensions, parties."""

from collections.abc import Callable, Iterable, Iterator

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.afas.chart import AXES, AfasChart
from finance_hooks.targets.afas.codes import PartyKind
from finance_hooks.targets.afas.legs import vat_account
from finance_hooks.targets.faults import fault, known

FIELD_REFUSED = ReasonCode.FIELD_REFUSED


def check_lines(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    """Name every fault of every line against the chart."""
    for line in entry.lines:
        for rule in _RULES:
            yield from rule(entry, line, chart)


def _account(entry: Entry, line: EntryLine, chart: AfasChart) -> Iterator[Reason]:
    yield from known(entry, chart.chart.ledger_accounts, "ledger_account", line.ledger_account, line)
    account = chart.accounts.get(line.ledger_account)
    if account is None:
        return
    if line.vat_code is not None and not account.takes_vat:
        detail = f"AFAS allows no VAT code on account {line.ledger_account}"
        yield fault(entry, FIELD_REFUSED, "vat_code", line.vat_code, line, detail)
    if account.needs_project:
        detail = "AFAS demands a project on this account, the source has none"
        yield fault(entry, FIELD_REFUSED, "ledger_account", line.ledger_account, line, detail)


def _vat(entry: Entry, line: EntryLine, chart: AfasChart) -> Iterator[Reason]:
    if line.vat_code is not None:
        yield from known(entry, chart.chart.vat_codes, "vat_code", line.vat_code, line)
    if line.vat_amount == ZERO and line.reverse_charge_amount == ZERO:
        return
    if line.vat_code is None or entry.kind is EntryKind.MEMORIAL:
        detail = f"VAT of {line.vat_amount or line.reverse_charge_amount} on a line that cannot carry it"
        yield fault(entry, FIELD_REFUSED, "vat_amount", str(line.vat_amount), line, detail)
    elif line.vat_amount != ZERO and line.vat_code in chart.chart.vat_codes:
        account = vat_account(line, chart)
        yield from known(entry, chart.chart.ledger_accounts, "vat_account", account, line)


def _reverse_charge(entry: Entry, line: EntryLine, chart: AfasChart) -> Iterator[Reason]:
    sides = (line.vat_account, line.reverse_charge_account)
    if line.reverse_charge_amount == ZERO or line.reverse_charge_account is None:
        return
    if line.vat_account is None or line.vat_account == line.reverse_charge_account:
        detail = "VAT that is due and deductible at once needs two accounts in vat_codes.csv, or none"
        yield fault(entry, FIELD_REFUSED, "vat_account", line.vat_account, line, detail)
        return
    for side in filter(None, sides):
        yield from known(entry, chart.chart.ledger_accounts, "vat_account", side, line)


def _dimensions(entry: Entry, line: EntryLine, chart: AfasChart) -> Iterator[Reason]:
    account = chart.accounts.get(line.ledger_account)
    if account is None or line.party is not None:
        return
    for axis, field, code in zip(
        AXES, ("cost_centre", "cost_unit"), (line.cost_centre, line.cost_unit), strict=True
    ):
        if code is None and account.needs(axis):
            detail = f"AFAS demands one on account {line.ledger_account}"
            yield fault(entry, FIELD_REFUSED, field, None, line, detail)
        elif code is not None and account.takes(axis) and not _assigned(chart, axis, line, code):
            detail = f"AFAS has not assigned it to account {line.ledger_account}"
            yield fault(entry, ReasonCode.CODE_REFUSED, field, code, line, detail)


def _assigned(chart: AfasChart, axis: str, line: EntryLine, code: str) -> bool:
    return (axis, line.ledger_account, code) in chart.assignments


def _party(entry: Entry, line: EntryLine, chart: AfasChart) -> Iterator[Reason]:
    if line.party is None:
        return
    yield from known(entry, chart.chart.parties, "party", line.party, line)
    party = chart.chart.parties.get(line.party)
    if party is not None and party.kind == PartyKind.BOTH:
        detail = "the number is a debtor's and a creditor's in AFAS; a memorial does not say which is meant"
        yield fault(entry, FIELD_REFUSED, "party", line.party, line, detail)


_RULES: tuple[Callable[[Entry, EntryLine, AfasChart], Iterable[Reason]], ...] = (
    _account,
    _vat,
    _reverse_charge,
    _dimensions,
    _party,
)
