"""Write both sides of reverse charge on purchases: what may be claimed, and what is owed.

Twinfield developer portal, "Purchase transactions"; a VAT line of one's own needs `baseline`
(php-twinfield/twinfield issue 66).
"""

from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """The reverse charge of one VAT code, with the ledger accounts of its two sides.

    `base_number` is the number of the first line it is charged on, `turnover` what all of them come to.
    """

    vat_code: str
    claimed_on: str
    owed_on: str
    amount: Decimal
    amount_in_books: Decimal
    turnover: Decimal
    base_number: int


def find_shifted(entry: Entry) -> list[Shifted]:
    """Add up, per code, the lines whose two accounts are mapped; of others Twinfield knows the accounts."""
    found: dict[tuple[str, str, str], Shifted] = {}
    for line in entry.lines:
        if not (line.reverse_charge_amount and line.vat_account and line.reverse_charge_account):
            continue
        key = (line.vat_code or "", line.vat_account, line.reverse_charge_account)
        before = found.get(key)
        amount = line.reverse_charge_amount + (before.amount if before else ZERO)
        found[key] = Shifted(
            vat_code=key[0],
            claimed_on=line.vat_account,
            owed_on=line.reverse_charge_account,
            amount=amount,
            amount_in_books=round_half_up(amount * (entry.rate or 1)),
            turnover=line.amount + (before.turnover if before else ZERO),
            base_number=before.base_number if before else line.number,
        )
    return list(found.values())
