"""Write the texts of an entry."""

from finance_hooks.mapping.entry_dates import EntryDates
from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters


def describe_entry(document: Document, masters: Masters) -> str:
    """Take the document's description, else its number and the party's name."""
    if document.description.strip():
        return document.description
    party = masters.parties.get(document.party or "")
    return f"{document.number} {party.name}" if party else document.number


def date_suffix(dates: EntryDates) -> str:
    """Say the document's own date when the entry is booked on a later day."""
    return f" ({dates.shifted_from.isoformat()})" if dates.shifted_from else ""
