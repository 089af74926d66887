"""What Twinfield says when it refuses: messages on nodes, in the user's language, and SOAP faults.

Sources: replies recorded in the tests of php-twinfield/twinfield and pronamic/wp-twinfield, integrators'
support pages (Nmbrs, KNLTB.Club, Coachview), the vendor's web services guidelines (fault codes). Where only
one language is public the other is a translation; OWN_WORDS names those for which no source has words.
"""

TEXTS = {
    "amount_invalid": ("Het bedrag {value} is ongeldig.", "The amount {value} is invalid."),
    "amount_negative": (
        "Het bedrag {value} moet groter dan of gelijk aan 0 zijn.",
        "The amount {value} must be greater than or equal to 0.",
    ),
    "balance": (
        "De boeking is niet in balans. Er ontbreekt {missing} {side}.",
        "The transaction is not in balance. {missing} {side} is missing.",
    ),
    "balance_base": (
        "De boeking balanceert niet in de basisvaluta. Er ontbreekt {missing} {side}.",
        "The transaction is not in balance in the base currency. {missing} {side} is missing.",
    ),
    "balance_report": (
        "De boeking balanceert niet in de rapportagevaluta. Er ontbreekt {missing} {side}.",
        "The transaction is not in balance in the reporting currency. {missing} {side} is missing.",
    ),
    "base_line": (
        "De btw-regel verwijst niet naar een regel met btw-code {code}.",
        "The VAT line does not refer to a line with VAT code {code}.",
    ),
    "booking_not_found": ("De boeking bestaat niet.", "The transaction does not exist."),
    "browse_not_found": ("Browsecode {code} bestaat niet.", "Browse code {code} does not exist."),
    "code_taken": ("De code {code} is reeds in gebruik.", "The code {code} is already in use."),
    "currency_not_found": ("Valuta {code} bestaat niet.", "Currency {code} does not exist."),
    "date_invalid": ("De datum {value} is ongeldig.", "The date {value} is invalid."),
    "date_outside_period": (
        "Datum {day} valt buiten de opgegeven periode ({period}).",
        "Date {day} is outside the specified period ({period}).",
    ),
    "daybook_not_found": ("Dagboek {code} bestaat niet.", "Transaction type {code} does not exist."),
    "destiny": ("Incorrecte XML - de bestemming is ongeldig.", "Incorrect XML - the destiny is invalid."),
    "dimension_hidden": ("Dimensie {code} is niet actief.", "Dimension {code} is not active."),
    "dimension_not_allowed": (
        "Dimensie {code} op niveau {level} is niet toegestaan bij grootboekrekening {account}.",
        "Dimension {code} on level {level} is not allowed with general ledger account {account}.",
    ),
    "dimension_not_found": ("Dimensie {code} bestaat niet.", "Dimension {code} does not exist."),
    "dimension_not_in_office": (
        "Dimensie {code} komt niet voor in administratie {office}.",
        "Dimension {code} does not exist in company {office}.",
    ),
    "dimension_type_differs": (
        (
            "Het formaat van het dimensietype {found} van dimensie {name} ({code}) op niveau {level} "
            "moet voldoen aan het formaat {wanted}."
        ),
        (
            "The format of dimension type {found} of dimension {name} ({code}) on level {level} must match "
            "the format {wanted}."
        ),
    ),
    "dimension_type_not_found": (
        "Dimensietype {code} bestaat niet.",
        "Dimension type {code} does not exist.",
    ),
    "duplicate_invoice": (
        "Factuurnummer {number} komt reeds voor.",
        "Invoice number {number} already exists.",
    ),
    "element_not_allowed": (
        "Ongeldige XML - Het element '{name}' mag niet worden aangeleverd.",
        "Invalid XML - Element '{name}' is not allowed.",
    ),
    "element_required": ("{name} moet worden ingevuld.", "{name} is mandatory."),
    "ebillmail": (
        "Als Elektronisch factureren is ingeschakeld, mag het e-mailadres niet leeg zijn.",
        "If Electronic billing is enabled, the e-mail address cannot be empty.",
    ),
    "first_free_code": (
        "Het is niet gelukt de eerste vrije code aan te maken die voldoet aan het formaat {mask}.",
        "It is not possible to create the first free code that matches the format {mask}.",
    ),
    "freetext_not_allowed": (
        "Vrij tekstveld {name} is niet toegestaan bij dagboek {code}.",
        "Free text field {name} is not allowed for transaction type {code}.",
    ),
    "line_ids": (
        "Het regelnummer {id} is ongeldig of komt vaker voor.",
        "Line id {id} is invalid or not unique.",
    ),
    "line_type": (
        "Het regeltype {kind} is niet toegestaan bij dagboek {code}.",
        "Line type {kind} is not allowed for transaction type {code}.",
    ),
    "lines_too_few": (
        "De boeking moet minimaal twee regels bevatten.",
        "The transaction must have at least two lines.",
    ),
    "mask": (
        "De code voldoet niet aan het formaat {mask}.",
        "The code does not match the format {mask}.",
    ),
    "office_denied": (
        "U hebt geen toegang tot deze administratie.",
        "You do not have access to this company.",
    ),
    "office_not_found": ("De administratie bestaat niet.", "The company does not exist."),
    "period_closed": ("Periode {period} is afgesloten.", "Period {period} is closed."),
    "period_not_found": (
        "De boeking kan niet gemaakt worden omdat periode {period} niet bestaat",
        "The transaction cannot be created because period {period} does not exist",
    ),
    "status_not_draft": (
        "De status van de boeking moet Concept zijn.",
        "The status of the transaction must be Provisional.",
    ),
    "statement_number": (
        "Het afschriftnummer {number} komt reeds voor.",
        "Duplicate found: The statement conflicts with statement {code} {number}.",
    ),
    "subanalyse": (
        "Grootboekrekening {name} met nummer {code} vereist de specificatie van een relatie of kostenplaats.",
        "General ledger account {name} with number {code} requires a relation or cost centre.",
    ),
    "substitute_not_found": (
        "De dimensie {code} met financieel niveau 1 niet gevonden.",
        "Dimension {code} with financial level 1 not found.",
    ),
    "text_too_long": (
        "De tekst '{text}' is te lang; maximaal {length} tekens.",
        "The text '{text}' is too long; at most {length} characters.",
    ),
    "total_first": (
        "De eerste regel moet de enige totaalregel zijn.",
        "The first line must be the only total line.",
    ),
    "type_not_implemented": ("Type niet geïmplementeerd.", "Type not implemented."),
    "value_invalid": ("De waarde {value} is ongeldig.", "The value {value} is invalid."),
    "vat_kind": (
        "{name} ({code}) is van het type {kind} terwijl het dagboek van het btw-type {wanted} is.",
        "{name} ({code}) is of type {kind} while the transaction type has VAT type {wanted}.",
    ),
    "vat_missing": ("Er ontbreekt een btw-code.", "A VAT code is missing."),
    "vat_not_found": (
        "Btw {code} bestaat niet of is (nog) niet actief.",
        "VAT {code} does not exist or is not active (yet).",
    ),
    "vat_number_missing": (
        "Het btw-nummer voor de ICP-opgaaf ontbreekt.",
        "The VAT number for the EC sales list is missing.",
    ),
}
OWN_WORDS = frozenset(
    {
        "amount_invalid", "amount_negative", "base_line", "booking_not_found", "browse_not_found",
        "code_taken", "currency_not_found", "date_invalid", "daybook_not_found",
        "dimension_hidden", "dimension_not_allowed", "freetext_not_allowed", "line_ids",
        "line_type", "lines_too_few", "period_closed", "statement_number", "text_too_long", "total_first",
        "value_invalid", "vat_number_missing",
    }
)  # fmt: skip
FAULT_STATUS = {
    100: 500, 101: 500, 102: 403, 103: 401, 104: 403, 105: 403, 106: 403, 107: 500, 108: 500, 109: 500,
    110: 500, 122: 500, 168: 500, 186: 500, 187: 500, 351: 401, 352: 403, 353: 403, 354: 401, 358: 500,
    359: 500,
}  # fmt: skip
FAULTS = {
    100: ("An unexpected error has occurred.", "An unexpected error has occurred."),
    101: (
        "Toegang geweigerd. Company ontbreekt in request header.",
        "Access denied. Company missing in request header.",
    ),
    102: ("Toegang geweigerd. Geen toegang tot company.", "Access denied. No access to company."),
    186: ("Compressie wordt niet ondersteund.", "Compression is not supported."),
    187: ("Ongeldige XML.", "Invalid XML."),
    351: ("Toegang geweigerd. Aanmelding is ongeldig.", "Access denied. Logon is not valid."),
    354: ("Access denied. Token invalid.", "Access denied. Token invalid."),
}
LANGUAGES = ("nl", "en")
SIDES = {"debit": ("debet", "debit"), "credit": ("credit", "credit")}
KINDS = {"sales": ("Verkoop", "Sales"), "purchase": ("Inkoop", "Purchase")}


class FaultError(Exception):
    """A SOAP fault: Twinfield's code, and its text where it differs from the code's own."""

    def __init__(self, code: int, message: str = "") -> None:
        """Keep what the answer needs."""
        super().__init__(f"{code} {message}".strip())
        self.code = code
        self.message = message

    def text(self, language: str) -> str:
        """Say it in the user's language."""
        return self.message or FAULTS[self.code][LANGUAGES.index(language)]


def text(language: str, name: str, /, **values: object) -> str:
    """Return a message in the user's language."""
    return TEXTS[name][LANGUAGES.index(language)].format(**values)


def word(language: str, words: dict[str, tuple[str, str]], key: str) -> str:
    """Return one word, such as a side or a kind of VAT, in the user's language."""
    return words[key][LANGUAGES.index(language)]
