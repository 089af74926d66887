"""Find postings and entries by their references, and hold amounts against what was issued."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from adversary.picture import Entered, Issued, Picture, Posted, Sums

HALF_A_CENT = Decimal("0.005")
"""What rounding the shifted VAT of each line may come to; the source rounds that of the document."""


def by_reference(picture: Picture) -> Mapping[str, Posted]:
    """Return the postings by their references."""
    return {posting.reference: posting for posting in picture.posted}


def entries_of(picture: Picture) -> Mapping[str, list[Entered]]:
    """Return the entries in the books by the references that they bear."""
    found: dict[str, list[Entered]] = defaultdict(list)
    for entry in picture.entered:
        for reference in entry.references:
            found[reference].append(entry)
    return found


def differ(document: Issued, entry: Entered) -> bool:
    """Say whether an entry has other amounts than its document, but for the rounding of shifted VAT."""
    if document.sums is None:
        return False
    off = _difference(document.sums, entry.sums)
    # A package that works out shifted VAT by itself may come to other cents, due and deductible alike.
    is_shifted = len(off) == 2 and sum(off) == 0 and max(off) <= HALF_A_CENT * (document.lines + 1)
    return bool(off) and not is_shifted


def _difference(wanted: Sums, booked: Sums) -> list[Decimal]:
    apart = (booked.get(one, Decimal(0)) - wanted.get(one, Decimal(0)) for one in {*booked, *wanted})
    return [amount for amount in apart if amount]
