"""Name the readings of AccountView that nothing settles and that a person may have to turn round."""

from dataclasses import dataclass
from enum import StrEnum

from finance_hooks.model.document import EntryKind


class ReverseCharge(StrEnum):
    """What a purchase line states as VAT_AMT under a reverse-charge code."""

    SHIFTED = "shifted"
    ZERO = "zero"


class RateDirection(StrEnum):
    """Which way round AccountView reads EXCH_RATE."""

    BOOKS_PER_CURRENCY = "books_per_currency"
    CURRENCY_PER_BOOKS = "currency_per_books"


class Side(StrEnum):
    """Which side of the books a positive amount stands on."""

    DEBIT = "debit"
    CREDIT = "credit"

    @property
    def sign(self) -> int:
        """The factor that turns an amount, debit positive, into this side's and back."""
        return 1 if self is Side.DEBIT else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How one installation reads what it is sent; settings of the connection, checked in its books.

    `purchase_positive` and `memorial_positive` are about lines of pages, the third about TRANSACT.
    """

    reverse_charge: ReverseCharge = ReverseCharge.SHIFTED
    rate_direction: RateDirection = RateDirection.BOOKS_PER_CURRENCY
    purchase_positive: Side = Side.DEBIT
    memorial_positive: Side = Side.DEBIT
    transactions_positive: Side = Side.DEBIT

    def page_sign(self, kind: EntryKind) -> int:
        """Return the factor between an entry's amounts and those of its page."""
        if kind is EntryKind.PURCHASE:
            return self.purchase_positive.sign
        return self.memorial_positive.sign if kind is EntryKind.MEMORIAL else 1

    def debit_sign(self, kind: EntryKind) -> int:
        """Return the factor between the amounts of a page's lines and debit minus credit."""
        return -1 if kind is EntryKind.SALES else self.page_sign(kind)
