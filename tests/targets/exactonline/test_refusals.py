from dataclasses import replace

import pytest

from finance_hooks.model.outcome import Refused
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline.refusals import is_fault, read_refusal
from tests.targets.exactonline.samples import SAMPLES

S1 = SAMPLES["S1"]
COST_CENTRES = "INZ, VERH, VERW"
ACCOUNTS = "80501, 80502, 80503, 80504"

CATALOGUE = [
    ("Verplicht: Dagboek", ReasonCode.FIELD_REFUSED, "journal", "70"),
    ("Mandatory: Journal", ReasonCode.FIELD_REFUSED, "journal", "70"),
    ("Required: Account", ReasonCode.FIELD_REFUSED, "party", "10045"),
    ("Verplicht: Relatie", ReasonCode.FIELD_REFUSED, "party", "10045"),
    ("Verplicht: Vervaldatum", ReasonCode.FIELD_REFUSED, "due_date", "2026-11-14"),
    ("Mandatory: Payment condition", ReasonCode.FIELD_REFUSED, "payment_term", "30"),
    ("Grootboekrekening is verplicht", ReasonCode.FIELD_REFUSED, "ledger_account", ACCOUNTS),
    ("Ongeldige referentie: Btw-code", ReasonCode.CODE_REFUSED, "vat_code", "4"),
    ("Invalid reference: VAT code", ReasonCode.CODE_REFUSED, "vat_code", "4"),
    ("Ongeldige referentie: Kostenplaats", ReasonCode.CODE_REFUSED, "cost_centre", COST_CENTRES),
    ("Invalid reference: Cost center", ReasonCode.CODE_REFUSED, "cost_centre", COST_CENTRES),
    ("Ongeldige referentie: Kostendrager", ReasonCode.CODE_REFUSED, "cost_unit", None),
    ("Ongeldige referentie: Betalingsconditie", ReasonCode.CODE_REFUSED, "payment_term", "30"),
    ("Ongeldige referentie: Journals", ReasonCode.CODE_REFUSED, "journal", "70"),
    ("Ongeldig: Klant (Type)", ReasonCode.FIELD_REFUSED, "party", "10045"),
    ("Invalid: Customer (Type)", ReasonCode.FIELD_REFUSED, "party", "10045"),
    ("Ongeldig: Leverancier (Type)", ReasonCode.FIELD_REFUSED, "party", "10045"),
    ("Ongeldig: Dagboek (type)", ReasonCode.FIELD_REFUSED, "journal", "70"),
    ("Ongeldig: Grootboekrekeningtype", ReasonCode.FIELD_REFUSED, "ledger_account", ACCOUNTS),
    ("Ongeldig: Email []", ReasonCode.FIELD_REFUSED, "Email []", None),
    ("Niet toegestaan: Btw-code", ReasonCode.FIELD_REFUSED, "vat_code", "4"),
    ("Not allowed: Exchange rate", ReasonCode.FIELD_REFUSED, "exchange_rate", None),
    ("In gebruik: Boekstuknummer", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("In use: Document number", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("Bestaat reeds - Boekstuknummer: 26700001, Dagboek: 700", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("Already exists - Entry number: 1, Journal: 700", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("Gegeven bestaat reeds", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("Data already exists", ReasonCode.NUMBER_TAKEN, "entry_number", None),
    ("Onbekend: Boekjaar (Periode-datumtabel)", ReasonCode.YEAR_MISSING, "period", "2026-10"),
    ("Unknown: Financial year (Period-date table)", ReasonCode.YEAR_MISSING, "period", "2026-10"),
    ("Periode is afgesloten: [2026] \u2013 [10]", ReasonCode.PERIOD_CLOSED, "period", "2026-10"),
    ("Period is closed: [2026] \u2013 [10]", ReasonCode.PERIOD_CLOSED, "period", "2026-10"),
    ("Geblokkeerd: Btw code", ReasonCode.CODE_BLOCKED, "vat_code", "4"),
    ("Blocked: Journal", ReasonCode.CODE_BLOCKED, "journal", "70"),
    ("Geblokkeerd: Relatie", ReasonCode.CODE_BLOCKED, "party", "10045"),
    ("Invalid: Cost center link", ReasonCode.FIELD_REFUSED, "cost_centre", COST_CENTRES),
    ("Reeds verwerkt", ReasonCode.REFUSED, None, None),
    ("Already processed", ReasonCode.REFUSED, None, None),
    (
        "This entry is not balanced on: 2021 / 12 (Type: Other) - Difference: EUR 1.000,00",
        ReasonCode.MEMORIAL_UNBALANCED,
        None,
        None,
    ),
    (
        "Een btw bedrag is niet toegestaan als u gebruikmaakt van een btw-code van het type geen btw",
        ReasonCode.FIELD_REFUSED,
        "vat_amount",
        None,
    ),
    ("Iets wat nog niemand zag", ReasonCode.REFUSED, None, None),
]


@pytest.mark.parametrize(("text", "code", "field", "value"), CATALOGUE, ids=[row[0] for row in CATALOGUE])
def test_refusal_is_understood_and_kept_in_exacts_words(
    text: str, code: ReasonCode, field: str | None, value: str | None
) -> None:
    (reason,) = read_refusal(text, S1)

    assert (reason.code, reason.field, reason.value) == (code, field, value)
    assert reason.detail == f"Exact: {text}"
    assert not is_fault(text)


def test_every_line_of_a_refusal_becomes_a_reason() -> None:
    reasons = read_refusal("Verplicht: Dagboek\r\n\r\nOngeldige referentie: Btw-code", S1)

    assert [reason.code for reason in reasons] == [ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED]


def test_refusal_names_the_document_as_people_know_it() -> None:
    (reason,) = read_refusal("Verplicht: Dagboek", replace(S1, number="F-1"))

    assert reason.document == "F-1"
    assert Refused(reference=S1.reference, reasons=(reason,)).reasons


@pytest.mark.parametrize(
    "text",
    [
        "A problem has occurred. The cause of this issue will be investigated as soon as possible.",
        "Er is een probleem opgetreden. De oorzaak wordt onderzocht.",
        "Timeout expired.",
        "Transaction was deadlocked on lock resources",
        "Object reference not set to an instance of an object.",
    ],
)
def test_fault_of_exacts_own_is_no_refusal(text: str) -> None:
    assert is_fault(text)
