"""AFAS's words as its pages, and those who wrote down what they met, report them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.afas.refusals import Sort, read_refusal, sort_message
from finance_hooks.targets.afas.wire import Message
from tests.targets.afas.samples import OTHERS, SAMPLES

S1 = SAMPLES["S1"]
CODES = ReasonCode
REFUSALS = [
    ("Datum '1-11-2023' valt in een geblokkeerde periode", CODES.PERIOD_CLOSED, "period"),
    ("Date '1-11-2023' falls in a blocked period", CODES.PERIOD_CLOSED, "period"),
    ("Voor deze administratie is periode 8 van jaar 2023 geblokkeerd.", CODES.PERIOD_CLOSED, "period"),
    ("Period 8 of year 2023 is blocked for this administration.", CODES.PERIOD_CLOSED, "period"),
    ("Voor deze administratie bestaat periode 8 van jaar 2043 niet.", CODES.YEAR_MISSING, "period"),
    ("Period 8 of year 2043 does not exist for this administration.", CODES.YEAR_MISSING, "period"),
    ("Datum '1-11-2023' valt niet in periode 8 van jaar 2023.", CODES.FIELD_REFUSED, "period"),
    ("De ingevulde waarde bij 'Dagboek' bestaat niet", CODES.CODE_REFUSED, "journal"),
    ("The value entered at 'Journal' does not exist", CODES.CODE_REFUSED, "journal"),
    ("Dagboek '20' is geblokkeerd.", CODES.CODE_BLOCKED, "journal"),
    ("De ingevulde waarde bij 'Valuta' bestaat niet", CODES.CODE_REFUSED, "currency"),
    ("De ingevulde waarde bij 'Betaalvoorwaarde' bestaat niet", CODES.CODE_REFUSED, "payment_term"),
    ("De ingevulde waarde bij 'Rekeningnummer' bestaat niet", CODES.CODE_REFUSED, "ledger_account"),
    ("The value entered at 'Account number' does not exist", CODES.CODE_REFUSED, "ledger_account"),
    ("Vul een waarde in bij 'Rekeningnummer'.", CODES.FIELD_REFUSED, None),
    ("No unit available", CODES.TARGET_CONFIGURATION, "administration"),
    ("Grootboekrekening 8110 is geblokkeerd.", CODES.CODE_BLOCKED, "ledger_account"),
    ("Debiteur 10045 is geblokkeerd.", CODES.CODE_BLOCKED, "party"),
    ("Creditor 70020 is blocked.", CODES.CODE_BLOCKED, "party"),
    ("Op verzamelrekening 1300 kan niet rechtstreeks worden geboekt.", CODES.FIELD_REFUSED, "ledger_account"),
    (
        "Code verbijzondering voor as 'Kostenplaats' moet gevuld worden voor rekening 8110",
        CODES.FIELD_REFUSED,
        "cost_centre",
    ),
    (
        "There is no assignment for cost center 'x' with account '8110' or the assignment is blocked",
        CODES.CODE_REFUSED,
        "cost_centre",
    ),
    (
        "Er is geen toewijzing voor Kostenplaats 'x' met rekening 8110 of de toewijzing is geblokkeerd",
        CODES.CODE_REFUSED,
        "cost_centre",
    ),
    ("The allocated amount does not equal the amount of the entry line.", CODES.FIELD_REFUSED, "cost_centre"),
    ("Projectboeking is verplicht voor grootboekrekening 8080.", CODES.FIELD_REFUSED, "ledger_account"),
    ("VAT is not allowed for account 8110", CODES.FIELD_REFUSED, "vat_code"),
    ("Btw-code is verplicht voor rekening 8110", CODES.FIELD_REFUSED, "vat_code"),
    ("Btw-code 19 is geblokkeerd.", CODES.CODE_BLOCKED, "vat_code"),
    (
        "(AntaObject) The foreignkey does not exist in the database. FieldId=VaId, ForeignkeyId=KnVat",
        CODES.CODE_REFUSED,
        "vat_code",
    ),
    ("Bankrekening NL00 niet gevonden bij rekening 10045.", CODES.FIELD_REFUSED, "party"),
    ("Afwijkende betaalrekening is niet toegestaan.", CODES.FIELD_REFUSED, "party"),
    ("Het bedrag G-rekening is groter dan het factuurbedrag.", CODES.FIELD_REFUSED, "g_account_amount"),
    ("Het valutabedrag komt niet overeen met bedrag en koers.", CODES.FIELD_REFUSED, "exchange_rate"),
    ("eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)", CODES.FIELD_REFUSED, "amount"),
    ("De journaalpost is niet in balans: debet 1,00, credit 2,00.", CODES.MEMORIAL_UNBALANCED, "amount"),
    ("Type mismatch", CODES.FIELD_REFUSED, None),
    ("De waarde bij 'InId' is te lang (maximaal 12 posities).", CODES.FIELD_REFUSED, None),
    (
        "Dit is niet mogelijk. Je kunt niet een intern en extern factuurnummer samen meegeven.",
        CODES.REFUSED,
        None,
    ),
    (
        "Bij toevoegen journaalpost mag het journaalpostnummer niet worden opgegeven.",
        CODES.REFUSED,
        None,
    ),
]


def message(text: str) -> Message:
    return Message(text=text, log_reference=None)


@pytest.mark.parametrize(("text", "code", "field"), REFUSALS, ids=[text for text, _, _ in REFUSALS])
def test_refusal_is_understood(text: str, code: ReasonCode, field: str | None) -> None:
    reason = read_refusal(message(text), S1)

    assert sort_message(message(text)) is Sort.REFUSED
    assert (reason.code, reason.field, reason.document) == (code, field, "F2026-0042")
    assert reason.detail == f"AFAS: {text}"


@pytest.mark.parametrize(
    "text",
    [
        "Factuurnummer F2026-0042 wordt al gebruikt in financieel bij Crediteur 70020",
        "Invoice number F2026-0042 is already used in finance for Creditor 70020",
        "Factuur F2026-0042 bestaat al.",
        "Invoice F2026-0042 already exists.",
    ],
)
def test_number_that_is_taken_is_a_sort_of_its_own(text: str) -> None:
    reason = read_refusal(message(text), S1)

    assert sort_message(message(text)) is Sort.TAKEN
    assert (reason.code, reason.value) == (ReasonCode.NUMBER_TAKEN, "F2026-0042")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Er is een onverwachte fout opgetreden", Sort.FAULT),
        ("Out of String space", Sort.FAULT),
        ("De boekingslay-out van dagboek '20' is geblokkeerd door een andere gebruiker.", Sort.LOCKED),
        ("The booking layout of journal '20' is locked by another user.", Sort.LOCKED),
        (
            "GetConnector niet ondersteund voor deze app of de gebruiker is niet geautoriseerd",
            Sort.CLOSED_TO_US,
        ),
        ("This UpdateConnector is not supported or the user is not authorised.", Sort.CLOSED_TO_US),
    ],
)
def test_what_is_no_refusal_is_told_apart(text: str, sort: Sort) -> None:
    assert sort_message(message(text)) is sort


def test_no_message_is_a_fault() -> None:
    assert sort_message(None) is Sort.FAULT


def test_words_that_are_not_known_are_shown_as_they_are() -> None:
    reason = read_refusal(message("De wind staat verkeerd."), S1)

    assert (reason.code, reason.field, reason.detail) == (
        ReasonCode.REFUSED,
        None,
        "AFAS: De wind staat verkeerd.",
    )


@pytest.mark.parametrize(
    ("text", "entry", "value"),
    [
        ("No unit available", S1, "1"),
        ("Dagboek '20' is geblokkeerd.", S1, "20"),
        ("Debiteur 10045 is geblokkeerd.", S1, "10045"),
        ("Debiteur 10045 is geblokkeerd.", OTHERS["memorial on a debtor"], "10045"),
        ("Datum '1-11-2023' valt in een geblokkeerde periode", S1, "2026-10"),
        ("De ingevulde waarde bij 'Betaalvoorwaarde' bestaat niet", S1, "30"),
        ("De ingevulde waarde bij 'Valuta' bestaat niet", OTHERS["foreign currency"], "USD"),
        ("Het valutabedrag klopt niet", OTHERS["foreign currency"], "0.9237"),
        ("Het valutabedrag klopt niet", S1, None),
        ("Btw-code is verplicht", SAMPLES["S2"], "1, 4"),
        ("De ingevulde waarde bij 'Rekeningnummer' bestaat niet", SAMPLES["S5"], "10045, 8160"),
        ("verbijzondering ontbreekt", SAMPLES["S5"], "MILIEU"),
        ("Het bedrag G-rekening is te groot", SAMPLES["S7"], "968.00"),
        ("Type mismatch", S1, None),
    ],
)
def test_value_is_what_the_entry_has_there(text: str, entry: Entry, value: str | None) -> None:
    assert read_refusal(message(text), entry).value == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Btw is niet toegestaan voor rekening 8130", 3),
        ("Btw is niet toegestaan voor rekening '8120'.", 2),
        ("Btw is niet toegestaan", None),
    ],
)
def test_line_is_found_by_the_account_that_the_text_names(text: str, line: int | None) -> None:
    assert read_refusal(message(text), S1).line == line


def test_entry_without_codes_has_no_values() -> None:
    entry = replace(S1, lines=(), rate=Decimal("0.9"))

    assert read_refusal(message("Btw-code is verplicht"), entry).value is None
