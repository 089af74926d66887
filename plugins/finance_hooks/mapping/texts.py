"""Write the texts of an entry so that the reference still fits behind them."""

import re

from finance_hooks.mapping.entry_dates import EntryDates
from finance_hooks.model.document import Document
from finance_hooks.model.keys import REFERENCE_LENGTH
from finance_hooks.model.masters import Masters

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def text_room(description_length: int) -> int:
    """Return how long a text may be so that a space and the reference fit behind it."""
    return description_length - REFERENCE_LENGTH - 1


def fit_text(text: str, room: int, suffix: str = "") -> str:
    """Replace what cannot be printed by spaces and cut the text, keeping the suffix whole."""
    clean = UNPRINTABLE.sub(" ", text).strip()
    return f"{clean[: room - len(suffix)].rstrip()}{suffix}"


def describe_entry(document: Document, masters: Masters) -> str:
    """Take the document's description, else its number and the party's name."""
    if document.description.strip():
        return document.description
    party = masters.parties.get(document.party or "")
    return f"{document.number} {party.name}" if party else document.number


def date_suffix(dates: EntryDates) -> str:
    """Say the document's own date when the entry is booked on a later day."""
    return f" ({dates.shifted_from.isoformat()})" if dates.shifted_from else ""
