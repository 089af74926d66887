"""Read a booking of an audit file as the packages' own readings are read, with the help of what was sent.

An audit file shows neither which leg is the party's nor which is VAT, and packages pad codes with zeros.
What was sent helps to name the legs, never to judge their amounts.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, Period
from finance_hooks.model.money import ZERO
from finance_hooks.posting.audit_file import AuditLine, AuditTransaction
from finance_hooks.posting.comparison import NotOurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A booking of the file read against what was sent; `tells_vat` and `tells_gross` say what it shows."""

    booked: BookedEntry
    tells_vat: bool
    tells_gross: bool


def folded(code: str) -> str:
    """Write a code without the zeros and spaces that packages pad it with."""
    return code.strip().casefold().lstrip("0") or "0"


def as_booked(
    transaction: AuditTransaction,
    entry: Entry,
    *,
    fiscal_year: int,
    vat_accounts: Mapping[str, Collection[str]],
    currency: str,
) -> Seen:
    """Read a booking of ours; its codes are written as they were sent."""
    legs = _Legs(transaction, entry, vat_accounts)
    lines = tuple(legs.booked_line(line) for line in transaction.lines)
    kind = entry.kind
    on_party = [line for line in transaction.lines if legs.is_party(line)]
    foreign = next((line.currency for line in on_party if line.currency), None) or currency
    tells_gross = entry.rate is None or all(line.in_currency is not None for line in on_party)
    in_books = _gross(kind, [line.amount for line in transaction.lines], [line.amount for line in on_party])
    booked = BookedEntry(
        id=f"{transaction.journal}/{transaction.number}",
        entry_number=transaction.number,
        journal=_as_sent(transaction.journal, [entry.journal]),
        kind=kind,
        references=frozenset(transaction.references),
        number=_number(transaction),
        entry_date=transaction.effective_day,
        period=Period(fiscal_year=fiscal_year, number=transaction.period),
        party=None if kind is EntryKind.MEMORIAL else _party(on_party, entry),
        currency=foreign,
        gross=in_books
        if foreign == currency
        else _gross(
            kind,
            [line.in_currency or ZERO for line in transaction.lines],
            [line.in_currency or ZERO for line in on_party],
        ),
        gross_in_books=in_books,
        lines=lines,
    )
    return Seen(booked=booked, tells_vat=legs.tell_vat(), tells_gross=tells_gross)


def as_other(transaction: AuditTransaction, known: AbstractSet[str] = frozenset()) -> NotOurs:
    """Describe a booking of somebody else; `known` are the references known to be booked."""
    return NotOurs(
        number=transaction.number,
        document=_number(transaction),
        entry_date=transaction.effective_day,
        party=next((line.party for line in transaction.lines if line.party), None),
        debit=sum((line.amount for line in transaction.lines if line.amount > 0), ZERO),
        description=transaction.text or next((line.text for line in transaction.lines if line.text), ""),
        reference=next(iter(sorted(transaction.sure_references - known)), None),
    )


class _Legs:
    """Tell the legs of one booking apart: the party's, VAT, and the rest."""

    def __init__(
        self, transaction: AuditTransaction, entry: Entry, vat_accounts: Mapping[str, Collection[str]]
    ) -> None:
        self._entry = entry
        self._lines = transaction.lines
        self._own = {folded(line.ledger_account) for line in entry.lines}
        self._codes = sorted({line.vat_code for line in entry.lines if line.vat_code is not None})
        self._vat_accounts = {folded(account): set(codes) for account, codes in vat_accounts.items()}
        for line in entry.lines:
            for account in (line.vat_account, line.reverse_charge_account):
                if account is not None and line.vat_code is not None:
                    self._vat_accounts.setdefault(folded(account), set()).add(line.vat_code)
        self._party_accounts = self._find_party_accounts(transaction.offset_account)

    def is_party(self, line: AuditLine) -> bool:
        """Say whether a leg is the debtor's or creditor's."""
        return folded(line.account) in self._party_accounts

    def is_vat(self, line: AuditLine) -> bool:
        """Say whether a leg is VAT: on an account of it, or coded where nothing was sent net."""
        account = folded(line.account)
        if self._vat_accounts:
            return account in self._vat_accounts
        return bool(line.vat_codes) and account not in self._own

    def vat_code(self, line: AuditLine) -> str | None:
        """Return the VAT code of a leg; that of an uncoded VAT leg where its account leaves no choice."""
        if len(line.vat_codes) == 1:
            return _as_sent(line.vat_codes[0], self._codes)
        if line.vat_codes or not self.is_vat(line):
            return None
        accounted = {_as_sent(code, self._codes) for code in self._vat_accounts.get(folded(line.account), ())}
        possible = sorted(accounted & set(self._codes))
        return possible[0] if len(possible) == 1 else None

    def tell_vat(self) -> bool:
        """Say whether every leg that bears VAT, or was sent with a code, names its code."""
        coded = {folded(line.ledger_account) for line in self._entry.lines if line.vat_code is not None}
        uncoded = coded - {folded(line.ledger_account) for line in self._entry.lines if line.vat_code is None}
        return all(
            self.vat_code(line) is not None
            for line in self._lines
            if self.is_vat(line) or folded(line.account) in uncoded
        )

    def booked_line(self, line: AuditLine) -> BookedLine:
        """Read one leg."""
        is_party = self.is_party(line)
        return BookedLine(
            ledger_account=_as_sent(line.account, [sent.ledger_account for sent in self._entry.lines]),
            debit=max(line.amount, ZERO),
            credit=max(-line.amount, ZERO),
            vat_code=None if is_party else self.vat_code(line),
            is_vat=not is_party and self.is_vat(line),
            cost_centre=None,
            party=None if line.party is None else _party([line], self._entry),
            description=line.text,
        )

    def _find_party_accounts(self, offset_account: str | None) -> set[str]:
        """Take the journal's own account, else those nothing was sent on; with a party if any has one."""
        if offset_account and any(folded(line.account) == folded(offset_account) for line in self._lines):
            return {folded(offset_account)}
        left = [
            line for line in self._lines if folded(line.account) not in self._own and not self.is_vat(line)
        ]
        named = [line for line in left if line.party]
        return {folded(line.account) for line in named or left}


def _gross(kind: EntryKind, amounts: Sequence[Decimal], on_party: Sequence[Decimal]) -> Decimal:
    if kind is EntryKind.MEMORIAL:
        return sum((amount for amount in amounts if amount > 0), ZERO)
    total = sum(on_party, ZERO)
    return total if kind is EntryKind.SALES else -total


def _party(lines: Sequence[AuditLine], entry: Entry) -> str | None:
    known = [party for party in (entry.party, *(line.party for line in entry.lines)) if party]
    return next((_as_sent(line.party, known) for line in lines if line.party), None)


def _number(transaction: AuditTransaction) -> str | None:
    numbers = (text for line in transaction.lines for text in (line.invoice, line.document) if text)
    return next(numbers, None)


def _as_sent(code: str, sent: Sequence[str]) -> str:
    """Write a code of the file as it was sent, where it is the same but for padding."""
    return next((ours for ours in sent if folded(ours) == folded(code)), code)
