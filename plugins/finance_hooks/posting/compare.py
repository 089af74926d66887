"""Compare one booking in the books with the entry that was sent, to the cent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.money import CENT, ZERO
from finance_hooks.model.outcome import Totals
from finance_hooks.posting.vat_sums import NOTHING, booked_sums, bounds_of, sent_sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One amount, day, period or party that stands in the books otherwise than it was sent."""

    what: str
    sent: Decimal | str
    booked: Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reading of the books tells; what it does not tell is no difference.

    `vat` is the VAT code of every leg, `gross` the total in the document's own currency.
    """

    vat: bool = True
    gross: bool = True


EVERYTHING = Told()


def compare(entry: Entry, booked: BookedEntry, told: Told = EVERYTHING) -> tuple[Difference, ...]:
    """Name what differs: totals, VAT per code (shifted too), net per account, journal, day, period, party.

    Legs in a foreign currency are compared by their total only: the package converts each leg itself.
    """
    totals = Totals(gross=booked.gross if told.gross else None, gross_in_books=booked.gross_in_books)
    differences = list(compare_totals(entry, totals))
    if entry.rate is None and told.vat:
        differences += _by_key("VAT", sent_vat(entry), booked_vat(booked, entry.kind))
        differences += _shifted(entry, booked)
    if entry.rate is None:
        differences += _by_key("ledger account", _sent_net(entry), _booked_net(booked, entry))
    return (*_differing(differences), *compare_place(entry, booked))


def compare_place(entry: Entry, booked: BookedEntry) -> tuple[Difference, ...]:
    """Name journal, day, period and party that are others; a party that is not told is no difference."""
    period = booked.period
    pairs = [
        ("journal", entry.journal, booked.journal),
        ("day", entry.entry_date.isoformat(), booked.entry_date.isoformat()),
        ("period", f"{entry.fiscal_year}/{entry.period}", f"{period.fiscal_year}/{period.number}"),
    ]
    if entry.party is not None and booked.party is not None:
        pairs.append(("party", entry.party, booked.party))
    return _differing(Difference(what=what, sent=sent, booked=theirs) for what, sent, theirs in pairs)


def compare_totals(entry: Entry, totals: Totals) -> tuple[Difference, ...]:
    """Name every stated total that differs from what was sent; conversion residue is no difference."""
    differences = [
        _difference(what, sent, booked)
        for what, sent, booked in (
            ("gross", entry.gross, totals.gross),
            ("VAT", entry.vat, totals.vat),
            ("gross in the books' currency", entry.gross_in_books, _without_residue(entry, totals)),
        )
        if booked is not None
    ]
    return _differing(differences)


def conversion_residue(entry: Entry, gross_in_books: Decimal) -> Decimal:
    """Return the cents by which the package's conversion of the legs differs from ours of the total.

    At most a cent for each leg, the party's and the VAT's included; more than that is a wrong rate or a
    wrong amount, and none of it is residue.
    """
    if entry.rate is None:
        return ZERO
    codes = {line.vat_code for line in entry.lines}
    bound = CENT * (len(entry.lines) + len(codes) + 1)
    residue = gross_in_books - entry.gross_in_books
    return residue if abs(residue) <= bound else ZERO


def _without_residue(entry: Entry, totals: Totals) -> Decimal | None:
    if totals.gross_in_books is None:
        return None
    return totals.gross_in_books - conversion_residue(entry, totals.gross_in_books)


def describe(differences: Iterable[Difference]) -> dict[str, object]:
    """Write differences as the detail of a finding."""
    return {
        "differences": [
            {"what": one.what, "sent": str(one.sent), "booked": str(one.booked)} for one in differences
        ]
    }


def sent_vat(entry: Entry) -> dict[str, Decimal]:
    """Return the VAT per code as sent, with the document's sign; reverse charge nets to nothing."""
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in entry.lines:
        if line.vat_code is not None:
            totals[line.vat_code] += line.vat_amount
    return dict(totals)


def booked_vat(booked: BookedEntry, kind: EntryKind) -> dict[str, Decimal]:
    """Return the VAT per code as booked, with the sign of the document."""
    sign = -1 if kind is EntryKind.SALES else 1
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in booked.lines:
        if line.is_vat and line.vat_code is not None:
            totals[line.vat_code] += (line.debit - line.credit) * sign
    return dict(totals)


def _shifted(entry: Entry, booked: BookedEntry) -> Iterator[Difference]:
    """Compare reverse charge per code, both sides of it, where the package shows them.

    Packages work it out themselves: a cent for each line is rounding and no difference.
    """
    sent, theirs, bounds = sent_sums(entry), booked_sums(booked), bounds_of(entry)
    for code in sorted({*sent, *theirs}):
        shifted = theirs.get(code, NOTHING).shifted
        ours = sent.get(code, NOTHING).shifted or ZERO
        if shifted is not None and abs(ours - shifted) > bounds.get(code, ZERO):
            yield _difference(f"shifted VAT {code}", ours, shifted)


def _sent_net(entry: Entry) -> dict[str, Decimal]:
    sign = -1 if entry.kind is EntryKind.SALES else 1
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in entry.lines:
        totals[line.ledger_account] += line.amount * sign
    return dict(totals)


def _booked_net(booked: BookedEntry, entry: Entry) -> dict[str, Decimal]:
    accounts = {line.ledger_account for line in entry.lines}
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in booked.lines:
        if not line.is_vat and line.ledger_account in accounts:
            totals[line.ledger_account] += line.debit - line.credit
    return dict(totals)


def _by_key(what: str, sent: Mapping[str, Decimal], booked: Mapping[str, Decimal]) -> list[Difference]:
    return [
        _difference(f"{what} {key}", sent.get(key, ZERO), booked.get(key, ZERO))
        for key in sorted({*sent, *booked})
    ]


def _differing(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(difference for difference in differences if difference.sent != difference.booked)


def _difference(what: str, sent: Decimal, booked: Decimal) -> Difference:
    return Difference(what=what, sent=sent, booked=booked)
