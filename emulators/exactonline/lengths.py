"""How long texts may be, and what happens to longer ones.

Sources: eExact-XML.xsd (Kah0ona/exactonline4j), documentation.invantive.com; YourRef and Description are
switches.
"""

from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, sentence

LENGTHS = {
    "crm/Accounts": {"Code": 18, "Name": 50, "VATNumber": 35, "ChamberOfCommerce": 60, "RSIN": 9},
    "hrm/Costcenters": {"Code": 8, "Description": 60},
    "hrm/Costunits": {"Code": 8, "Description": 60},
    "financial/Journals": {"Code": 3, "Description": 60},
    "financial/GLAccounts": {"Code": 18, "Description": 60},
    "vat/VATCodes": {"Code": 3, "Description": 60},
    "documents/Documents": {"Subject": 255},
}


def fit(books: Books, path: str, values: Row) -> list[Finding]:
    """Cut texts that are too long, or say that they are (switch `text_too_long`)."""
    findings = []
    for name, length in _limits(books, path).items():
        text = values.get(name)
        if not isinstance(text, str) or len(text.strip()) <= length:
            continue
        if books.switches.text("text_too_long") == "cut":
            values[name] = text[:length]
        else:
            findings.append(sentence("too_long", field=name))
    return findings


def _limits(books: Books, path: str) -> dict[str, int]:
    if path in LENGTHS:
        return LENGTHS[path]
    if path.startswith(("salesentry/", "purchaseentry/", "generaljournalentry/")):
        number = books.switches.number
        return {"Description": number("description_length"), "YourRef": number("your_ref_length")}
    return {}
