"""Mirror an entry that was sent: same accounts, VAT codes and party, the opposite sign, a name of its own."""

from dataclasses import replace
from datetime import timedelta

from finance_hooks.mapping.entry_dates import derive_period
from finance_hooks.mapping.fitting import fit_text, text_room
from finance_hooks.model.administration import Administration, ClosedPeriodPolicy
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.posting.open_periods import Day, move_entry
from finance_hooks.targets.base import TargetSettings

WORD = "storno"
"""What both languages of the books call a reversal."""

MARK_LENGTH = 6
"""Characters of the reference that tell reversals apart whose numbers had to be cut."""


def reverse_entry(entry: Entry, posting_key: str, *, n: int, settings: TargetSettings) -> Entry:
    """Return the entry that takes back every amount of another one, on the same day.

    An entry of the opposite sign is sent as the package's own form of a credit note.
    """
    reference = make_reference(posting_key)
    is_memorial = entry.kind is EntryKind.MEMORIAL
    text = fit_text(f"{WORD} {entry.number} {entry.description}", text_room(settings.description_length))
    return replace(
        entry,
        posting_key=posting_key,
        reference=reference,
        number=mark_number(entry, f"-R{n}", reference, settings),
        description=text,
        # A memorial's total is its sum of debit, whichever side its lines stand on.
        gross=entry.gross if is_memorial else -entry.gross,
        vat=-entry.vat,
        gross_in_books=entry.gross_in_books if is_memorial else -entry.gross_in_books,
        g_account_amount=-entry.g_account_amount,
        lines=tuple(_reverse_line(line) for line in entry.lines),
        moved_from=None,
    )


def mark_again(entry: Entry, *, n: int, settings: TargetSettings) -> Entry:
    """Mark the number of a booking that follows a reversal: the package has the plain one already."""
    return replace(entry, number=mark_number(entry, f"-{n}", entry.reference, settings))


def mark_number(entry: Entry, mark: str, reference: str, settings: TargetSettings) -> str:
    """Make a number that the package does not take for the one it knows, within its length."""
    is_unlimited = entry.kind is EntryKind.PURCHASE and settings.takes_long_purchase_numbers
    if is_unlimited or len(entry.number) + len(mark) <= settings.number_length:
        return f"{entry.number}{mark}"
    # Two numbers that are cut alike are told apart by the reference.
    mark = f"-{reference[1:MARK_LENGTH]}"
    return f"{entry.number[: settings.number_length - len(mark)]}{mark}"


def date_reversal(
    entry: Entry, administration: Administration, start_month: int, room: int
) -> tuple[Entry, tuple[Reason, ...]]:
    """Keep a reversal out of what the bookkeeper has closed: as the policy says, moved or with a reason."""
    closed = administration.books_closed_until
    if closed is None or entry.entry_date > closed:
        return entry, ()
    if administration.closed_period_policy is ClosedPeriodPolicy.PARK:
        reason = Reason(
            code=ReasonCode.BOOKS_CLOSED,
            document=entry.number,
            field="entry_date",
            value=entry.entry_date.isoformat(),
            detail=f"books_closed_until {closed.isoformat()}",
        )
        return entry, (reason,)
    on = closed + timedelta(days=1)
    start_year, period = derive_period(on, start_month)
    fiscal_year = entry.fiscal_year + start_year - derive_period(entry.entry_date, start_month)[0]
    return move_entry(entry, Day(on=on, fiscal_year=fiscal_year, period=period), room), ()


def _reverse_line(line: EntryLine) -> EntryLine:
    return replace(
        line,
        amount=-line.amount,
        vat_amount=-line.vat_amount,
        reverse_charge_amount=-line.reverse_charge_amount,
    )
