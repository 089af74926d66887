"""AFAS's refusals: mostly HTTP 500 with a short text, a number without meaning and a log reference.

Texts marked (D) stand in the vendor's documentation, (C) were seen by clients and their help desks, the
others are composed in the same manner. Sources: docs.afas.help/profit/nl/troubleshooting, endpoint text of
POST FiEntries, help.afas.nl App_Conect_UpdDsc_070, support pages of Spend Cloud, SRXP and Zenvoices.
"""

from collections.abc import Mapping

VALUE_ERROR = -2147220469
GENERAL_ERROR = -2147180996
UNEXPECTED_ERROR = -2147180999

# name: (Dutch, English)
TEXTS = {
    "unexpected": ("Er is een onverwachte fout opgetreden.", "An unexpected error occurred."),  # D
    "value_missing": ("Vul een waarde in bij '{field}'.", "Enter a value at '{field}'."),  # D
    "value_unknown": (  # D
        "De ingevulde waarde bij '{field}' bestaat niet",
        "The value entered at '{field}' does not exist",
    ),
    "type_mismatch": ("Type mismatch", "Type mismatch"),  # C
    "too_long": (
        "De waarde bij '{field}' is te lang (maximaal {length} posities).",
        "The value at '{field}' is too long (at most {length} characters).",
    ),
    "field_unknown": (
        "Het veld '{field}' komt niet voor in object '{element}'.",
        "The field '{field}' does not exist in object '{element}'.",
    ),
    "element_unknown": (
        "Het object '{element}' komt niet voor in deze UpdateConnector.",
        "The object '{element}' does not exist in this UpdateConnector.",
    ),
    "one_element": (
        "Per aanroep is precies een element '{element}' toegestaan.",
        "Exactly one element '{element}' is allowed per call.",
    ),
    "update_unauthorised": (  # C
        "Deze UpdateConnector wordt niet ondersteund of de gebruiker is niet geautoriseerd.",
        "This UpdateConnector is not supported or the user is not authorised.",
    ),
    "get_unauthorised": (  # D
        "GetConnector niet ondersteund voor deze app of de gebruiker is niet geautoriseerd",
        "GetConnector not supported for this app or the user is not authorised",
    ),
    "get_blocked": (  # D
        "Deze GetConnector (definitie) is geblokkeerd",
        "This GetConnector (definition) is blocked",
    ),
    "connector_field": (  # D
        "Connector-veld '{field}' niet gevonden",
        "Connector field '{field}' not found",
    ),
    "out_of_memory": ("Out of memory", "Out of memory"),  # D
    "too_slow": (  # D
        "De maximale tijdsduur voor het uitvoeren van de opdracht is verstreken.",
        "The maximum duration for performing the assignment has been exceeded.",
    ),
    "plain_token": (
        "Het token is niet Base64-gecodeerd.",
        "The token is not Base64 encoded.",
    ),
    "no_unit": ("No unit available", "No unit available"),  # C
    "journal_blocked": ("Dagboek '{journal}' is geblokkeerd.", "Journal '{journal}' is blocked."),
    "locked": (
        "De boekingslay-out van dagboek '{journal}' is geblokkeerd door een andere gebruiker.",
        "The booking layout of journal '{journal}' is locked by another user.",
    ),
    "prepare_type": ("Unknown preparetype", "Unknown preparetype"),  # C
    "entry_number_given": (  # D
        "Bij toevoegen journaalpost mag het journaalpostnummer niet worden opgegeven.",
        "The journal entry number may not be given when adding a journal entry.",
    ),
    "both_invoice_numbers": (  # D
        "Dit is niet mogelijk. Je kunt niet een intern en extern factuurnummer samen meegeven.",
        "This is not possible. You cannot give an internal and an external invoice number together.",
    ),
    "period_unknown": (
        "Voor deze administratie bestaat periode {period} van jaar {year} niet.",
        "Period {period} of year {year} does not exist for this administration.",
    ),
    "period_blocked": (  # D
        "Voor deze administratie is periode {period} van jaar {year} geblokkeerd.",
        "Period {period} of year {year} is blocked for this administration.",
    ),
    "date_blocked": (  # D
        "Datum '{day}' valt in een geblokkeerde periode",
        "Date '{day}' falls in a blocked period",
    ),
    "date_outside_period": (
        "Datum '{day}' valt niet in periode {period} van jaar {year}.",
        "Date '{day}' does not fall in period {period} of year {year}.",
    ),
    "account_blocked": (
        "Grootboekrekening {account} is geblokkeerd.",
        "Ledger account {account} is blocked.",
    ),
    "collect_account": (
        "Op verzamelrekening {account} kan niet rechtstreeks worden geboekt.",
        "Collective account {account} cannot be booked directly.",
    ),
    "relation_blocked": ("{party} {account} is geblokkeerd.", "{party} {account} is blocked."),
    "no_amount": ("eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)",) * 2,  # D/C
    "two_amounts": (
        "Vul het bedrag debet of het bedrag credit in, niet beide.",
        "Enter either the debit or the credit amount, not both.",
    ),
    "negative": ("Het bedrag mag niet negatief zijn.", "The amount may not be negative."),
    "fraction": (
        "Het bedrag heeft te veel decimalen.",
        "The amount has too many decimals.",
    ),
    "unbalanced": (
        "De journaalpost is niet in balans: debet {debit}, credit {credit}.",
        "The journal entry is not balanced: debit {debit}, credit {credit}.",
    ),
    "invoice_used": (  # C
        "Factuurnummer {invoice} wordt al gebruikt in financieel bij {party} {account}",
        "Invoice number {invoice} is already used in finance for {party} {account}",
    ),
    "invoice_exists": (
        "Factuur {invoice} bestaat al.",
        "Invoice {invoice} already exists.",
    ),
    "vat_not_allowed": (  # C (English)
        "Btw is niet toegestaan voor rekening {account}",
        "VAT is not allowed for account {account}",
    ),
    "vat_required": (  # C (English)
        "Btw-code is verplicht voor rekening {account}",
        "VAT code is required for account {account}",
    ),
    "vat_unknown": (  # C, older wording
        "(AntaObject) The foreignkey does not exist in the database. FieldId=VaId, ForeignkeyId=KnVat",
    )
    * 2,
    "vat_blocked": ("Btw-code {code} is geblokkeerd.", "VAT code {code} is blocked."),
    "vat_wrong_side": (
        "Btw-code {code} is niet toegestaan in dagboek {journal}.",
        "VAT code {code} is not allowed in journal {journal}.",
    ),
    "vat_wrong_account": (
        "Rekening {account} is niet de rekening van btw-code {code}.",
        "Account {account} is not the account of VAT code {code}.",
    ),
    "vat_shifted_line": (
        "Bij verlegde btw-code {code} is geen btw-regel toegestaan.",
        "No VAT line is allowed with shifted VAT code {code}.",
    ),
    "vat_shifted_lines_missing": (
        "Bij verlegde btw-code {code} zijn twee btw-regels verplicht.",
        "Two VAT lines are required with shifted VAT code {code}.",
    ),
    "dimension_missing": (  # D
        "Code verbijzondering voor as '{axis}' moet gevuld worden voor rekening {account}",
        "Dimension code for axis '{axis}' must be filled for account {account}",
    ),
    "dimension_unassigned": (  # C (English)
        "Er is geen toewijzing voor {axis} '{code}' met rekening {account} of de toewijzing is geblokkeerd",
        "There is no assignment for {axis} '{code}' with account {account} or the assignment is blocked",
    ),
    "dimension_amount": (
        "Het verbijzonderde bedrag is niet gelijk aan het bedrag van de boekingsregel.",
        "The allocated amount does not equal the amount of the entry line.",
    ),
    "project_missing": (  # C
        "Projectboeking is verplicht voor grootboekrekening {account}.",
        "A project entry is required for ledger account {account}.",
    ),
    "project_not_allowed": (
        "Projectboeking is niet toegestaan voor grootboekrekening {account}.",
        "A project entry is not allowed for ledger account {account}.",
    ),
    "bank_account": (  # D
        "Bankrekening {bank} niet gevonden bij rekening {account}.",
        "Bank account {bank} not found for account {account}.",
    ),
    "g_account": (
        "Het bedrag G-rekening is groter dan het factuurbedrag.",
        "The blocked account amount exceeds the invoice amount.",
    ),
    "currency_on_ledger": (
        "Valuta is niet toegestaan voor rekening {account}.",
        "A currency is not allowed for account {account}.",
    ),
    "currency_amount": (
        "Het valutabedrag komt niet overeen met bedrag en koers.",
        "The foreign amount does not agree with amount and rate.",
    ),
    "entry_absent": ("Journaalpost niet aanwezig.", "Journal entry not present."),  # D
    "invoice_absent": ("eErrFiEntryJournalNotFoundForGivenInvoiceId (AFASFiEntry)",) * 2,  # D
    "delete_needs_key": (  # D
        "Voor het verwijderen van een journaalpost is journaalpostnummer of factuurnummer verplicht.",
        "Deleting a journal entry requires a journal entry number or an invoice number.",
    ),
    "no_auto_number": (
        "Vul een waarde in bij 'Nummer'; automatisch nummeren staat uit.",
        "Enter a value at 'Number'; automatic numbering is off.",
    ),
    "relation_exists": ("{party} {account} bestaat al.", "{party} {account} already exists."),
    "destination": (  # D
        "Deze bestemming is niet geldig voor dit type dossieritem",
        "This destination is not valid for this type of dossier item",
    ),
}
GENERAL = frozenset({"update_unauthorised", "get_unauthorised", "get_blocked", "destination", "locked"})
UNEXPECTED = frozenset({"unexpected", "out_of_memory", "too_slow", "plain_token"})
# Texts that AFAS passes on from within with a prefix.
PREFIXED = frozenset({"update_unauthorised"})
PARTIES = {"2": ("Debiteur", "Debtor"), "3": ("Crediteur", "Creditor")}


class Bare(Exception):  # noqa: N818 - an answer rather than an error
    """An answer without a text: status only, an empty body of type XML."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        """Keep the status and what the headers add."""
        super().__init__(status)
        self.status = status
        self.headers = headers or {}


class Unavailable(Exception):  # noqa: N818 - an answer rather than an error
    """An answer that the service rests for a while."""

    def __init__(self, status: int, retry_after_s: int) -> None:
        """Keep the status and the advised wait."""
        super().__init__(status)
        self.status = status
        self.retry_after_s = retry_after_s


class Refused(Exception):  # noqa: N818 - what the books say, not what went wrong here
    """A refusal with a text in the caller's language; `side` fills {party} with debtor or creditor."""

    def __init__(self, name: str, *, side: str = "", **values: object) -> None:
        """Keep the name of the text and what stands in it."""
        super().__init__(name)
        self.name = name
        self.side = side
        self.values = values

    @property
    def number(self) -> int:
        """The errorNumber, which tells next to nothing."""
        if self.name in GENERAL:
            return GENERAL_ERROR
        return UNEXPECTED_ERROR if self.name in UNEXPECTED else VALUE_ERROR

    def text(self, language: str) -> str:
        """Return the text in `nl` or `en`."""
        place = 1 if language == "en" else 0
        values = self.values | ({"party": PARTIES[self.side][place]} if self.side else {})
        text = TEXTS[self.name][place].format(**values)
        return f"General message: {text}" if self.name in PREFIXED else text
