"""Say what became of one entry that was given to a target: a value, never an exception."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from finance_hooks.model.park_reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The totals the target's answer states, in the entry's currency; `None` where it states none.

    `gross_in_books` is in the administration's currency: it shows a rate that was read the wrong way round.
    """

    gross: Decimal | None = None
    vat: Decimal | None = None
    gross_in_books: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The target booked the entry and says under which number."""

    reference: str
    id: str
    number: str
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The target refused the entry; nothing is booked, a person must act."""

    reference: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The entry was certainly not booked and time will cure it; try again at `until`."""

    reference: str
    until: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The entry may or may not be booked; the books must be asked before it is sent again."""

    reference: str
    why: str


Outcome = Booked | Refused | Later | Unknown
