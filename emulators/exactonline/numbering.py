"""Entry numbers: two digits of the year, the journal's code, four digits (24600006).

Source: recordings of June 2026 (NangoHQ/integration-templates, create-purchase-invoice).
"""

from emulators.exactonline.books import Books
from emulators.exactonline.errors import ValidationError, finding, sentence

SPAN = 10_000


def entry_number(books: Books, journal: str, year: int, wanted: int | None) -> int:
    """Take the wanted number if it is free and fits, else the journal's next one of that year."""
    taken = books.division.numbers.setdefault(journal, set())
    first = _first(journal, year)
    if wanted in taken:
        raise ValidationError(sentence("entry_exists", number=wanted, journal=journal))
    if wanted and books.switches.on("entry_number_range") and not first < wanted < first + SPAN:
        raise ValidationError(finding("invalid", "document_number"))
    number = wanted or max((each for each in taken if first < each < first + SPAN), default=first) + 1
    taken.add(number)
    return number


def _first(journal: str, year: int) -> int:
    digits = journal if journal.isdigit() else "99"
    return int(f"{year % 100:02d}{digits}0000")


def document_number(books: Books) -> int:
    """Return the number of the next document: one more than the latest, which has the highest."""
    latest = next(reversed(books.table("documents/Documents").values()), None)
    return 1 + ((latest["HID"] or 0) if latest else 0)
