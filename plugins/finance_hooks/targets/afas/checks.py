"""Find what AFAS would refuse an entry for, before a call is spent on it."""

from collections.abc import Callable, Iterable, Iterator

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.codes import PartyKind
from finance_hooks.targets.afas.legs import make_legs
from finance_hooks.targets.afas.line_checks import check_lines
from finance_hooks.targets.afas.settings import LINES_OF_AN_ENTRY, SETTINGS
from finance_hooks.targets.faults import check_period, fault, known

_ROLES = {
    EntryKind.SALES: frozenset({PartyKind.DEBTOR, PartyKind.BOTH}),
    EntryKind.PURCHASE: frozenset({PartyKind.CREDITOR, PartyKind.BOTH}),
}


def check_entry(entry: Entry, chart: AfasChart) -> tuple[Reason, ...]:
    """Name every fault of an entry against the chart of its administration, none when it can be sent.

    Whether it balances is asked once its codes are known.
    """
    reasons = tuple(reason for rule in _RULES for reason in rule(entry, chart))
    return reasons or tuple(_whole(entry, chart))


def _journal(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    yield from known(entry, chart.chart.journals, "journal", entry.journal)


def _period(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    yield from check_period(entry, chart.chart.periods)


def _party(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL:
        return
    yield from known(entry, chart.chart.parties, "party", entry.party or "")
    party = chart.chart.parties.get(entry.party or "")
    if party is not None and party.kind not in _ROLES[entry.kind]:
        detail = f"the number is a {party.kind}'s in AFAS"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "party", entry.party, detail=detail)


def _payment_term(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    # AFAS: no connector of its own lists them; an empty list says nothing.
    if entry.payment_term is not None and chart.chart.payment_terms:
        yield from known(entry, chart.chart.payment_terms, "payment_term", entry.payment_term)


def _number(entry: Entry, _chart: AfasChart) -> Iterator[Reason]:
    if len(entry.number) > SETTINGS.number_length:
        detail = f"AFAS takes {SETTINGS.number_length} characters in Fref"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "number", entry.number, detail=detail)


def _currency(entry: Entry, _chart: AfasChart) -> Iterator[Reason]:
    if entry.kind is EntryKind.MEMORIAL and entry.rate is not None:
        detail = "AFAS takes a foreign currency on a debtor's or creditor's line only"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "currency", entry.currency, detail=detail)


def _whole(entry: Entry, chart: AfasChart) -> Iterator[Reason]:
    legs = make_legs(entry, chart)
    rest = sum((leg.amount for leg in legs), ZERO)
    if rest != ZERO:
        code = ReasonCode.TOTALS_DISAGREE
        if entry.kind is EntryKind.MEMORIAL:
            code = ReasonCode.MEMORIAL_UNBALANCED
        yield fault(entry, code, "amount", None, detail=f"debit minus credit is {rest}")
    elif not legs or (entry.kind is not EntryKind.MEMORIAL and entry.gross_in_books == ZERO):
        detail = "AFAS takes no debtor's or creditor's line of 0.00"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "gross", str(entry.gross), detail=detail)
    if len(legs) > LINES_OF_AN_ENTRY:
        detail = f"{len(legs)} lines with those of the party and of VAT, {LINES_OF_AN_ENTRY} allowed"
        yield fault(entry, ReasonCode.TOO_MANY_LINES, "lines", str(len(entry.lines)), detail=detail)


_RULES: tuple[Callable[[Entry, AfasChart], Iterable[Reason]], ...] = (
    _journal,
    _period,
    _party,
    _payment_term,
    _number,
    _currency,
    check_lines,
)
