from dataclasses import replace

import pytest

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.refusals import is_broken, is_busy, is_forbidden, read_refusal
from tests.targets.accountview.sample_company import sample_dictionary
from tests.targets.accountview.samples import OTHERS, SAMPLES

S1, LINKED, FOREIGN = SAMPLES["S1"], OTHERS["memorial with a party"], OTHERS["foreign currency"]
DICTIONARY = sample_dictionary()
FIELD, CODE = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED


@pytest.mark.parametrize(
    ("message", "code", "field", "value", "line"),
    [
        ("Periode 8 van boekjaar 2026 is geblokkeerd", ReasonCode.PERIOD_CLOSED, "period", "2026-10", None),
        ("De periode is afgesloten", ReasonCode.PERIOD_CLOSED, "period", "2026-10", None),
        ("Er is geen administratie voor boekjaar 2031", ReasonCode.YEAR_MISSING, "period", "2026-10", None),
        ("Periode '13' bestaat niet", ReasonCode.YEAR_MISSING, "period", "2026-10", None),
        ("De bladzijde is niet in balans, verschil 0.01", ReasonCode.MEMORIAL_UNBALANCED, None, None, None),
        ("Document-/factuurnummer 'F1' bestaat al", ReasonCode.NUMBER_TAKEN, "number", "F1", None),
        ("Debiteur/Crediteur moet worden ingevoerd", FIELD, "party", "10045", None),
        ("Regel 2: Rekeningnr '8120' bestaat niet", CODE, "ledger_account", "8120", 2),
        ("Regel 1: Rekeningnr '8110' is geblokkeerd", ReasonCode.CODE_BLOCKED, "ledger_account", "8110", 1),
        ("Regel 1: Kostenplaatscode moet worden ingevoerd", FIELD, "cost_centre", "INZ", 1),
        ("Regel 9: Kostenplaatscode moet worden ingevoerd", FIELD, "cost_centre", "INZ, VERH, VERW", None),
        ("BTW-code moet worden ingevoerd", FIELD, "vat_code", "1", None),
        ("BTW-bedrag moet 31.50 zijn", FIELD, "vat_amount", None, None),
        ("Dagboekcode is ongeldig", FIELD, "journal", "VRK", None),
        ("Mutatiedatum valt niet in het jaar", FIELD, "entry_date", "2026-10-15", None),
        ("Betalingsconditie is niet toegestaan", FIELD, "payment_term", "30", None),
        ("Valutakoers is ongeldig", FIELD, "exchange_rate", None, None),
        ("Valutacode is ongeldig", FIELD, "currency", "EUR", None),
        ("Bedrag G-rekening is groter dan het totaal", FIELD, "g_account_amount", "0.00", None),
        ("Projectcode is ongeldig", FIELD, "cost_unit", None, None),
        ("Document-/factuurnummer is ongeldig ''", FIELD, "number", None, None),
        ("PAGE_NR is ongeldig", FIELD, "PAGE_NR", None, None),
        ("Iets heel anders", ReasonCode.REFUSED, None, None, None),
        ("Gebruiker heeft onvoldoende rechten", ReasonCode.TARGET_CONFIGURATION, None, None, None),
    ],
)
def test_refusal_is_understood_as_far_as_its_words_go(
    message: str, code: ReasonCode, field: str | None, value: str | None, line: int | None
) -> None:
    (reason,) = read_refusal(message, S1, DICTIONARY)

    assert (reason.document, reason.code, reason.field, reason.value, reason.line) == (
        S1.number,
        code,
        field,
        value,
        line,
    )
    assert reason.detail == f"AccountView: {message}"


def test_every_line_of_a_message_is_a_reason() -> None:
    reasons = read_refusal(
        "Regel 1: Rekeningnr '1' bestaat niet\r\n\r\nRegel 2: in balans\r\n", S1, DICTIONARY
    )

    assert [reason.code for reason in reasons] == [CODE, ReasonCode.MEMORIAL_UNBALANCED]


def test_value_is_taken_from_the_entry_where_the_message_has_none() -> None:
    (party,) = read_refusal("Debiteur/Crediteur is ongeldig", LINKED, DICTIONARY)
    (rate,) = read_refusal("Valutakoers is ongeldig", FOREIGN, DICTIONARY)

    assert (party.value, rate.value) == ("10045", "0.92")


def test_line_of_ours_that_joins_several_names_the_first_of_the_source() -> None:
    first = S1.lines[0]
    joined = replace(S1, lines=(replace(first, source_lines=(7, 9)),))
    bare = replace(S1, lines=(replace(first, source_lines=()),))

    assert [
        read_refusal("Regel 1: Rekeningnr is ongeldig", entry, DICTIONARY)[0].line for entry in (joined, bare)
    ] == [7, 1]


@pytest.mark.parametrize(
    "message",
    [
        "De administratie is geblokkeerd door gebruiker BEHEER",
        "De administratie wordt gereorganiseerd",
        "De administratie is in gebruik",
    ],
)
def test_locked_administration_is_busy_and_refuses_nothing(message: str) -> None:
    assert is_busy(message)
    assert not is_busy("Rekeningnr '8110' is geblokkeerd")
    assert not is_busy("Periode 8 van boekjaar 2026 is geblokkeerd")


def test_breakdown_and_lack_of_rights_are_told_from_refusals() -> None:
    assert is_broken("Time-out bij het openen van de administratie")
    assert is_forbidden("Onderneming 'x' is niet toegankelijk")
    for message in ("Rekeningnr bestaat niet", "moet worden ingevoerd"):
        assert not is_broken(message)
        assert not is_forbidden(message)
