"""What AFAS says when it refuses, in Dutch and English.

DOCUMENTED stand in the vendor's pages (docs.afas.help troubleshooting, endpoint texts fientries-post and
fientries-delete, help.afas.nl App_Conect_UpdDsc_070), SEEN were seen by clients and their help desks (Spend
Cloud, SRXP, Zenvoices, tim-online), COMPOSED are in the same manner but nobody's.
"""

DOCUMENTED = {
    "unexpected": ("Er is een onverwachte fout opgetreden.", "An unexpected error occurred."),
    "value_missing": ("Vul een waarde in bij '{field}'.", "Enter a value at '{field}'."),
    "value_unknown": (
        "De ingevulde waarde bij '{field}' bestaat niet",
        "The value entered at '{field}' does not exist",
    ),
    "get_unauthorised": (
        "GetConnector niet ondersteund voor deze app of de gebruiker is niet geautoriseerd",
        "GetConnector not supported for this app or the user is not authorised",
    ),
    "get_blocked": (
        "Deze GetConnector (definitie) is geblokkeerd",
        "This GetConnector (definition) is blocked",
    ),
    "connector_field": ("Connector-veld '{field}' niet gevonden", "Connector field '{field}' not found"),
    "out_of_memory": ("Out of memory", "Out of memory"),
    "too_slow": (
        "De maximale tijdsduur voor het uitvoeren van de opdracht is verstreken.",
        "The maximum duration for performing the assignment has been exceeded.",
    ),
    "entry_number_given": (
        "Bij toevoegen journaalpost mag het journaalpostnummer niet worden opgegeven.",
        "The journal entry number may not be given when adding a journal entry.",
    ),
    "both_invoice_numbers": (
        "Dit is niet mogelijk. Je kunt niet een intern en extern factuurnummer samen meegeven.",
        "This is not possible. You cannot give an internal and an external invoice number together.",
    ),
    "period_blocked": (
        "Voor deze administratie is periode {period} van jaar {year} geblokkeerd.",
        "Period {period} of year {year} is blocked for this administration.",
    ),
    "date_blocked": (
        "Datum '{day}' valt in een geblokkeerde periode",
        "Date '{day}' falls in a blocked period",
    ),
    "no_amount": (
        "eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)",
        "eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)",
    ),
    "dimension_missing": (
        "Code verbijzondering voor as '{axis}' moet gevuld worden voor rekening {account}",
        "Dimension code for axis '{axis}' must be filled for account {account}",
    ),
    "payment_account": (
        "Afwijkende betaalrekening is niet toegestaan.",
        "A deviating payment account is not allowed.",
    ),
    "transitory_blocked": (
        (
            "Binnen de gekozen selectie is periode {period} van jaar {year} geblokkeerd.||"
            "De transitorische post kan hierdoor niet gegenereerd worden."
        ),
        (
            "Within the chosen selection period {period} of year {year} is blocked.||"
            "The transitory item can therefore not be generated."
        ),
    ),
    "bank_account": (
        "Bankrekening {bank} niet gevonden bij rekening {account}.",
        "Bank account {bank} not found for account {account}.",
    ),
    "entry_absent": ("Journaalpost niet aanwezig.", "Journal entry not present."),
    "invoice_absent": (
        "eErrFiEntryJournalNotFoundForGivenInvoiceId (AFASFiEntry)",
        "eErrFiEntryJournalNotFoundForGivenInvoiceId (AFASFiEntry)",
    ),
    "delete_needs_key": (
        "Voor het verwijderen van een journaalpost is journaalpostnummer of factuurnummer verplicht.",
        "Deleting a journal entry requires a journal entry number or an invoice number.",
    ),
    "destination": (
        "Deze bestemming is niet geldig voor dit type dossieritem",
        "This destination is not valid for this type of dossier item",
    ),
}
SEEN = {
    "type_mismatch": ("Type mismatch", "Type mismatch"),
    "update_unauthorised": (
        "Deze UpdateConnector wordt niet ondersteund of de gebruiker is niet geautoriseerd.",
        "This UpdateConnector is not supported or the user is not authorised.",
    ),
    "no_unit": ("No unit available", "No unit available"),
    "prepare_type": ("Unknown preparetype", "Unknown preparetype"),
    "invoice_used": (
        "Factuurnummer {invoice} wordt al gebruikt in financieel bij {party} {account}",
        "Invoice number {invoice} is already used in finance for {party} {account}",
    ),
    "vat_not_allowed": (
        "Btw is niet toegestaan voor rekening {account}",
        "VAT is not allowed for account {account}",
    ),
    "vat_required": (
        "Btw-code is verplicht voor rekening {account}",
        "VAT code is required for account {account}",
    ),
    "vat_unknown": (
        "(AntaObject) The foreignkey does not exist in the database. FieldId=VaId, ForeignkeyId=KnVat",
        "(AntaObject) The foreignkey does not exist in the database. FieldId=VaId, ForeignkeyId=KnVat",
    ),
    "dimension_unassigned": (
        "Er is geen toewijzing voor {axis} '{code}' met rekening {account} of de toewijzing is geblokkeerd",
        "There is no assignment for {axis} '{code}' with account {account} or the assignment is blocked",
    ),
    "project_missing": (
        "Projectboeking is verplicht voor grootboekrekening {account}.",
        "A project entry is required for ledger account {account}.",
    ),
}
COMPOSED = {
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
    "plain_token": ("Het token is niet Base64-gecodeerd.", "The token is not Base64 encoded."),
    "journal_blocked": ("Dagboek '{journal}' is geblokkeerd.", "Journal '{journal}' is blocked."),
    "locked": (
        "De boekingslay-out van dagboek '{journal}' is geblokkeerd door een andere gebruiker.",
        "The booking layout of journal '{journal}' is locked by another user.",
    ),
    "period_unknown": (
        "Voor deze administratie bestaat periode {period} van jaar {year} niet.",
        "Period {period} of year {year} does not exist for this administration.",
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
    "two_amounts": (
        "Vul het bedrag debet of het bedrag credit in, niet beide.",
        "Enter either the debit or the credit amount, not both.",
    ),
    "negative": ("Het bedrag mag niet negatief zijn.", "The amount may not be negative."),
    "fraction": ("Het bedrag heeft te veel decimalen.", "The amount has too many decimals."),
    "unbalanced": (
        "De journaalpost is niet in balans: debet {debit}, credit {credit}.",
        "The journal entry is not balanced: debit {debit}, credit {credit}.",
    ),
    "invoice_exists": ("Factuur {invoice} bestaat al.", "Invoice {invoice} already exists."),
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
    "dimension_amount": (
        "Het verbijzonderde bedrag is niet gelijk aan het bedrag van de boekingsregel.",
        "The allocated amount does not equal the amount of the entry line.",
    ),
    "project_not_allowed": (
        "Projectboeking is niet toegestaan voor grootboekrekening {account}.",
        "A project entry is not allowed for ledger account {account}.",
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
    "no_auto_number": (
        "Vul een waarde in bij 'Nummer'; automatisch nummeren staat uit.",
        "Enter a value at 'Number'; automatic numbering is off.",
    ),
    "relation_exists": ("{party} {account} bestaat al.", "{party} {account} already exists."),
}
TEXTS = DOCUMENTED | SEEN | COMPOSED
# Labels of fields in English; those not listed stay as they are.
LABELS = {
    "Betaalvoorwaarde": "Payment condition",
    "Betalingsvoorwaarde": "Payment condition",
    "Boekjaar": "Financial year",
    "Boekstukdatum": "Voucher date",
    "Dagboek": "Journal",
    "Datum boeking": "Entry date",
    "Factuurnummer": "Invoice number",
    "Kenmerk rekening": "Account type",
    "Naam": "Name",
    "Nummer": "Number",
    "Periode": "Period",
    "Rekeningnummer": "Account number",
    "Valuta": "Currency",
}
