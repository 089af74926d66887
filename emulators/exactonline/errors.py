"""Exact's refusals: status, text in the user's language, and the Reason header.

Texts: issue threads and help pages of clients (picqer/exact-php-client, help.zenvoices.com,
help.eenvoudigfactureren.be, StackOverflow 70498576); OData texts: WCF Data Services.
"""

from dataclasses import dataclass
from http import HTTPStatus

KINDS = {
    "mandatory": ("Verplicht", "Mandatory"),
    "invalid": ("Ongeldig", "Invalid"),
    "reference": ("Ongeldige referentie", "Invalid reference"),
    "not_allowed": ("Niet toegestaan", "Not allowed"),
    "in_use": ("In gebruik", "In use"),
    "blocked": ("Geblokkeerd", "Blocked"),
    "unknown": ("Onbekend", "Unknown"),
}
TERMS = {
    "account": ("Relatie", "Account"),
    "amount": ("Bedrag", "Amount"),
    "attachment": ("Bijlage", "Attachment"),
    "bank_account": ("Bankrekening", "Bank account"),
    "code": ("Code", "Code"),
    "cost_centre": ("Kostenplaats", "Cost center"),
    "cost_centre_link": ("Cost center link", "Cost center link"),
    "cost_unit": ("Kostendrager", "Cost unit"),
    "currency": ("Valuta", "Currency"),
    "customer_type": ("Klant (Type)", "Customer (Type)"),
    "description": ("Omschrijving", "Description"),
    "document": ("Document", "Document"),
    "document_number": ("Boekstuknummer", "Document number"),
    "email": ("Email []", "Email []"),
    "entry_lines": ("Boekingsregels", "Entry lines"),
    "exchange_rate": ("Wisselkoers", "Exchange rate"),
    "file_name": ("Bestandsnaam", "File name"),
    "financial_year": ("Boekjaar (Periode-datumtabel)", "Financial year (Period-date table)"),
    "from_to": ("Van - Tot", "From - To"),
    "g_account_amount": ("Bedrag G-rekening", "Blocked account amount"),
    "journal": ("Dagboek", "Journal"),
    "journal_type": ("Dagboek (type)", "Journal (type)"),
    "journals": ("Journals", "Journals"),
    "ledger_account": ("Grootboekrekening", "G/L Account"),
    "ledger_account_type": ("Grootboekrekeningtype", "G/L account type"),
    "name": ("Naam", "Name"),
    "payment_condition": ("Betalingsconditie", "Payment condition"),
    "project": ("Project", "Project"),
    "subject": ("Onderwerp", "Subject"),
    "supplier_type": ("Leverancier (Type)", "Supplier (Type)"),
    "type": ("Type", "Type"),
    "vat_amount": ("Btw-bedrag", "VAT amount"),
    "vat_code": ("Btw-code", "VAT code"),
    "vat_code_blocked": ("Btw code", "VAT code"),
    "vat_percentage": ("Btw-percentage []", "VAT percentage []"),
    "your_reference": ("Uw ref.", "Your ref."),
}
SENTENCES = {
    "already_settled": ("Reeds verwerkt", "Already processed"),
    "data_exists": ("Gegeven bestaat reeds", "Data already exists"),
    "entry_exists": (
        "Bestaat reeds - Boekstuknummer: {number}, Dagboek: {journal}",
        "Already exists - Entry number: {number}, Journal: {journal}",
    ),
    "period_closed": (
        "Periode is afgesloten: [{year}] \u2013 [{period}]",
        "Period is closed: [{year}] \u2013 [{period}]",
    ),
    "vat_amount_with_none": (
        "Een btw bedrag is niet toegestaan als u gebruikmaakt van een btw-code van het type geen btw",
        "A VAT amount is not allowed if you use a VAT code of the type no VAT",
    ),
    "unbalanced": (
        "Deze boeking is niet in balans op: {year} / {period} (Type: Overig) - Verschil: {difference}",
        "This entry is not balanced on: {year} / {period} (Type: Other) - Difference: {difference}",
    ),
    "vat_line_mismatch": (
        "Het bedrag van de BTW regel met BTW code {code} komt niet overeen met het totaal aan BTW-bedragen",
        "The amount of the VAT line with VAT code {code} does not match the total of the VAT amounts",
    ),
    "too_long": ("Te lang: {field}", "Too long: {field}"),
    "linked": (
        "Kan niet verwijderd worden: gegeven is in gebruik",
        "Cannot be deleted: data is in use",
    ),
    "problem": (
        "Er is een probleem opgetreden. De oorzaak hiervan zal zo spoedig mogelijk worden onderzocht.",
        "A problem has occurred. The cause of this issue will be investigated as soon as possible.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why Exact does not take something, in both languages."""

    dutch: str
    english: str

    def text(self, language: str) -> str:
        """Return the text in `nl` or `en`."""
        return self.english if language == "en" else self.dutch


def finding(kind: str, term: str) -> Finding:
    """Make a reason of the form `Verplicht: Dagboek`."""
    (dutch, english), (term_dutch, term_english) = KINDS[kind], TERMS[term]
    return Finding(f"{dutch}: {term_dutch}", f"{english}: {term_english}")


def sentence(name: str, **values: object) -> Finding:
    """Make a reason that is a sentence of its own."""
    dutch, english = SENTENCES[name]
    return Finding(dutch.format(**values), english.format(**values))


class ExactError(Exception):
    """A refusal by protocol: status, text, and the Reason header of authorisation failures."""

    def __init__(self, status: int, text: str = "", *, reason: str = "") -> None:
        """Keep what the answer needs; without text the body is empty."""
        super().__init__(f"{status} {text}")
        self.status = status
        self.text = text
        self.reason = reason

    def message(self, _language: str) -> str:
        """Return the text, which is English whatever the user's language."""
        return self.text


class ValidationError(ExactError):
    """A refusal by the books: Exact answers 500 with every reason, joined by CR LF."""

    def __init__(self, *findings: Finding) -> None:
        """Keep the reasons in the order found."""
        super().__init__(HTTPStatus.INTERNAL_SERVER_ERROR, "; ".join(each.english for each in findings))
        self.findings = findings

    def message(self, language: str) -> str:
        """Return the reasons in the language of the authorising user."""
        return "\r\n".join(each.text(language) for each in self.findings)


def bad_stream(text: str) -> ExactError:
    """Refuse a body that does not fit the resource."""
    return ExactError(HTTPStatus.BAD_REQUEST, f"Error processing request stream. {text}")


def bad_query(text: str = "Bad Request - Error in query syntax.") -> ExactError:
    """Refuse a query option."""
    return ExactError(HTTPStatus.BAD_REQUEST, text)


def not_found(segment: str) -> ExactError:
    """Say that a resource, key or division is not there."""
    return ExactError(HTTPStatus.NOT_FOUND, f"Resource not found for the segment '{segment}'.")
