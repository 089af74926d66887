"""Compare what stands in the books after a page was sent with what was sent.

Amounts that differ go into the totals of the outcome, which loading compares. A page that stands elsewhere,
or whose amounts were taken the other way round, says that the next ones would as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.money import CENT, ZERO, round_half_up
from finance_hooks.model.outcome import Totals
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.wire import read_amount

SETTINGS_OF_SIDES = {
    EntryKind.SALES: "transactions_positive",
    EntryKind.PURCHASE: "purchase_positive or transactions_positive",
    EntryKind.MEMORIAL: "memorial_positive or transactions_positive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What entries have in common that AccountView may read another way than we mean it."""

    kind: EntryKind
    is_foreign: bool
    is_shifted: bool


def sort_of(entry: Entry) -> Sort:
    """Tell which sort an entry is of."""
    return Sort(
        kind=entry.kind,
        is_foreign=entry.rate is not None,
        is_shifted=any(line.reverse_charge_amount != ZERO for line in entry.lines),
    )


def find_misplacements(entry: Entry, booked: BookedEntry) -> tuple[str, ...]:
    """Name what decides where a booking stands and is not as sent: day, period, party, number, currency."""
    is_memorial = entry.kind is EntryKind.MEMORIAL
    pairs = (
        ("date", entry.entry_date, booked.entry_date),
        ("period", entry.period, booked.period.number),
        ("party", None if is_memorial else _as_kept(entry.party, booked.party), booked.party),
        ("number", None if is_memorial else _as_kept(entry.number, booked.number), booked.number),
        ("currency", entry.currency, booked.currency),
    )
    return tuple(f"{what} {found} instead of {sent}" for what, sent, found in pairs if found != sent)


def find_misreadings(entry: Entry, booked: BookedEntry) -> tuple[str, ...]:
    """Name what the ledger took another way: sides, the rate, or the VAT that is shifted."""
    if _is_turned_round(entry, booked):
        setting = SETTINGS_OF_SIDES[entry.kind]
        return (f"debit and credit stand the other way round; turn {setting} round in the connection",)
    return tuple(_misreadings(entry, booked))


def totals_of_answer(entry: Entry, header: Mapping[str, object], conventions: Conventions) -> Totals:
    """Return the totals that a page's header states; what it does not state stays open."""
    if entry.kind is EntryKind.MEMORIAL:
        return Totals()
    sign = conventions.page_sign(entry.kind)
    in_books = _stated(header.get("PAGE_AMT"), sign)
    is_home = entry.rate is None
    # AccountView: whether a page's VAT counts what is shifted is not documented.
    tells_vat = is_home and not sort_of(entry).is_shifted
    return Totals(
        gross=in_books if is_home else _stated(header.get("CUR_AMT"), sign),
        vat=_stated(header.get("PAGE_VAT"), sign) if tells_vat else None,
        gross_in_books=in_books,
    )


def read_totals(
    entry: Entry, booked: BookedEntry, header: Mapping[str, object], conventions: Conventions
) -> Totals:
    """Return the totals as they stand: what AccountView computed where the page says, else its lines'."""
    stated = totals_of_answer(entry, header, conventions)
    return Totals(
        gross=booked.gross if stated.gross is None else stated.gross,
        vat=stated.vat,
        gross_in_books=booked.gross_in_books if stated.gross_in_books is None else stated.gross_in_books,
    )


def totals_of_books(entry: Entry, booked: BookedEntry) -> Totals:
    """Return the totals of a misread page by the ledger; VAT is what stands on both sides too much."""
    return Totals(
        gross=_signed(entry, booked, booked.gross),
        vat=_claimed(entry, booked) - _shifted(entry) or None,
        gross_in_books=_signed(entry, booked, booked.gross_in_books),
    )


def _misreadings(entry: Entry, booked: BookedEntry) -> Iterator[str]:
    sent, found = _sides_sent(entry), _sides_found(entry, booked)
    if entry.rate is None:
        yield from (
            f"account {account} has {found[account]} instead of {amount}"
            for account, amount in sent.items()
            if found[account] != amount
        )
    elif abs(booked.gross_in_books - entry.gross_in_books) > CENT * (2 * len(entry.lines) + 1):
        yield (
            f"{booked.gross_in_books} in the books instead of {entry.gross_in_books}; turn rate_direction "
            "round in the connection"
        )
    if entry.kind is EntryKind.MEMORIAL:
        sent_codes = {line.vat_code for line in entry.lines}
        yield from (
            f"VAT of {leg.debit - leg.credit} under code {leg.vat_code} stands though none was sent"
            for leg in booked.lines
            if leg.is_vat and leg.vat_code not in sent_codes
        )
    if _claimed(entry, booked) != _shifted(entry):
        yield (
            f"VAT of {_claimed(entry, booked)} stands on both sides instead of {_shifted(entry)}; turn "
            "reverse_charge round in the connection"
        )


def _is_turned_round(entry: Entry, booked: BookedEntry) -> bool:
    sent, found = _sides_sent(entry), _sides_found(entry, booked)
    sides = [(amount, found[account]) for account, amount in sent.items() if amount != ZERO]
    return bool(sides) and all(amount * there < ZERO for amount, there in sides)


def _signed(entry: Entry, booked: BookedEntry, amount: Decimal) -> Decimal:
    """Tell by its sign that a memorial was turned round: its sum of debit is the same either way."""
    is_turned = entry.kind is EntryKind.MEMORIAL and _is_turned_round(entry, booked)
    return -amount if is_turned else amount


def _sides_sent(entry: Entry) -> dict[str, Decimal]:
    sign = -1 if entry.kind is EntryKind.SALES else 1
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in entry.lines:
        sums[line.ledger_account] += sign * line.amount
    return dict(sums)


def _sides_found(entry: Entry, booked: BookedEntry) -> dict[str, Decimal]:
    sums = dict.fromkeys((line.ledger_account for line in entry.lines), ZERO)
    for line in booked.lines:
        if line.ledger_account in sums and not line.is_vat:
            sums[line.ledger_account] += line.debit - line.credit
    return sums


def _shifted(entry: Entry) -> Decimal:
    rate = entry.rate or Decimal(1)
    return sum((round_half_up(line.reverse_charge_amount * rate) for line in entry.lines), ZERO)


def _claimed(entry: Entry, booked: BookedEntry) -> Decimal:
    """Return the VAT that stands on both sides under the codes of reverse charge, claimed positive."""
    codes = {line.vat_code for line in entry.lines if line.reverse_charge_amount != ZERO}
    legs = [line for line in booked.lines if line.is_vat and line.vat_code in codes]
    debit, credit = sum((leg.debit for leg in legs), ZERO), sum((leg.credit for leg in legs), ZERO)
    both = min(debit, credit)
    return -both if _shifted(entry) < ZERO else both


def _stated(value: object, sign: int) -> Decimal | None:
    return None if value is None else sign * read_amount(value)


def _as_kept(sent: str | None, found: str | None) -> str | None:
    # AccountView: numbers and codes may come to stand in capitals; any other spelling is another one.
    return found if sent is not None and found == sent.upper() else sent
