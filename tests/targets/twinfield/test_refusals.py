from dataclasses import replace

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.twinfield.refusals import (
    as_closed,
    is_fault,
    may_mean_closed,
    read_refusal,
)
from finance_hooks.targets.twinfield.wire import add
from tests.targets.twinfield.answers import refused
from tests.targets.twinfield.samples import OTHERS, SAMPLES

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
LINE = "lines/line[@id='2']/"
TOTAL = "lines/line[@id='1']/"
CODE, FIELD, BLOCKED = ReasonCode.CODE_REFUSED, ReasonCode.FIELD_REFUSED, ReasonCode.CODE_BLOCKED
CLOSED, MISSING, TAKEN = ReasonCode.PERIOD_CLOSED, ReasonCode.YEAR_MISSING, ReasonCode.PERHAPS_BOOKED
SETTING, REFUSED = ReasonCode.TARGET_CONFIGURATION, ReasonCode.REFUSED

CATALOGUE = [
    (LINE + "dim1", "Dimensie 8210 bestaat niet.", CODE, "ledger_account", "8210"),
    (LINE + "dim1", "Dimension 8210 does not exist.", CODE, "ledger_account", "8210"),
    (LINE + "dim1", "Dimensie 8210 komt niet voor in administratie NL42.", CODE, "ledger_account", "8210"),
    (LINE + "dim1", "Dimension 8210 does not exist in company NL42.", CODE, "ledger_account", "8210"),
    (LINE + "dim2", "Dimensie KP10 bestaat niet.", CODE, "cost_centre", "KP10"),
    (TOTAL + "dim2", "Dimensie D10045 bestaat niet.", CODE, "party", "D10045"),
    (TOTAL + "dim2", "Dimensie D10045 is niet actief.", BLOCKED, "party", "D10045"),
    (TOTAL + "dim2", "Dimension D10045 is not active.", BLOCKED, "party", "D10045"),
    (
        LINE + "dim2",
        "Grootboekrekening 8210 vereist de specificatie van een relatie of kostenplaats.",
        FIELD,
        "cost_centre",
        "KP10",
    ),
    (
        LINE + "dim2",
        "General ledger account 8210 requires the specification of a relation or cost centre.",
        FIELD,
        "cost_centre",
        "KP10",
    ),
    (
        LINE + "dim2",
        "Het formaat van het dimensietype DEB van dimensie D1 op niveau 2 moet voldoen aan het formaat KPL.",
        FIELD,
        "cost_centre",
        "KP10",
    ),
    (LINE + "vatcode", "Btw VH bestaat niet of is (nog) niet actief.", CODE, "vat_code", "VH"),
    (LINE + "vatcode", "VAT VH does not exist or is not active (yet).", CODE, "vat_code", "VH"),
    (LINE + "vatcode", "Er ontbreekt een btw-code.", FIELD, "vat_code", "VH"),
    (LINE + "vatcode", "A VAT code is missing.", FIELD, "vat_code", "VH"),
    (
        LINE + "vatcode",
        "BTW Hoog (VH) is van het type Verkoop terwijl het dagboek van het btw-type Inkoop is.",
        FIELD,
        "vat_code",
        "VH",
    ),
    (
        LINE + "vatcode",
        "BTW Hoog (VH) is of type Sales while the transaction type has VAT type Purchase.",
        FIELD,
        "vat_code",
        "VH",
    ),
    ("header/period", "Periode 2026/10 is afgesloten.", CLOSED, "period", "2026-10"),
    ("header/period", "Period 2026/10 is closed.", CLOSED, "period", "2026-10"),
    (None, "Kan niet boeken in een gesloten periode.", CLOSED, "period", "2026-10"),
    (None, "The booking falls in a closed period.", CLOSED, "period", "2026-10"),
    (
        "header/period",
        "De boeking kan niet gemaakt worden omdat periode 2026/10 niet bestaat",
        MISSING,
        "period",
        "2026-10",
    ),
    (
        "header/period",
        "The transaction cannot be created because period 2026/10 does not exist",
        MISSING,
        "period",
        "2026-10",
    ),
    (
        "header/date",
        "Datum 15-10-2026 valt buiten de opgegeven periode (2026/09).",
        FIELD,
        "period",
        "2026-10",
    ),
    ("header/date", "Date 15-10-2026 is outside the specified period (2026/09).", FIELD, "period", "2026-10"),
    ("header/date", "De datum 20261315 is ongeldig.", FIELD, "entry_date", "2026-10-15"),
    ("header/duedate", "De datum 20261315 is ongeldig.", FIELD, "due_date", "2026-11-14"),
    ("header/invoicenumber", "Factuurnummer F2026-0042 komt reeds voor.", TAKEN, "number", "F2026-0042"),
    ("header/invoicenumber", "Invoice number F2026-0042 already exists.", TAKEN, "number", "F2026-0042"),
    ("header/code", "Dagboek VRK bestaat niet.", CODE, "journal", "VRK"),
    ("header/code", "Transaction type VRK does not exist.", CODE, "journal", "VRK"),
    ("header/currency", "Valuta EUR bestaat niet.", CODE, "currency", "EUR"),
    ("header/office", "De administratie bestaat niet.", SETTING, "administration", "NL42"),
    ("header/office", "The company does not exist.", SETTING, "administration", "NL42"),
    ("header/office", "U hebt geen toegang tot deze administratie.", SETTING, "administration", "NL42"),
    ("header/office", "You do not have access to this company.", SETTING, "administration", "NL42"),
    (None, "Configuratiefout in rekening-courant.", SETTING, None, None),
    (None, "De boeking is niet in balans. Er ontbreekt 0.01 debet.", REFUSED, None, None),
    (None, "De boeking balanceert niet in de basisvaluta. Er ontbreekt 0.01 debet.", REFUSED, None, None),
    (None, "The transaction is not in balance. 0.01 debit is missing.", REFUSED, None, None),
    (
        LINE + "value",
        "Ongeldige XML - Het element 'value' mag niet worden aangeleverd.",
        FIELD,
        "amount",
        "150.00",
    ),
    (LINE + "value", "Het bedrag x is ongeldig.", FIELD, "amount", "150.00"),
    (TOTAL + "description", "De tekst is te lang; maximaal 40 tekens.", FIELD, "description", None),
    (None, "Iets wat nog niemand zag", REFUSED, None, None),
]


@pytest.mark.parametrize(
    ("path", "text", "code", "field", "value"), CATALOGUE, ids=[f"{row[0]} {row[1]}" for row in CATALOGUE]
)
def test_refusal_is_understood_by_node_and_words_and_kept_as_said(
    path: str | None, text: str, code: ReasonCode, field: str | None, value: str | None
) -> None:
    document = refused(S1, path, text)

    (reason,) = read_refusal(document, S1)

    assert (reason.code, reason.field) == (code, field)
    assert value is None or reason.value == value
    assert reason.line == (1 if (path or "").startswith(LINE) else None)
    assert (reason.document, reason.detail) == (S1.number, f"Twinfield: {text}")
    assert not is_fault(document)


@pytest.mark.parametrize(
    ("path", "text", "unclear"),
    [
        ("header/period", "Hier wordt niet meer geboekt.", True),
        ("header/date", "De datum 20261015 is ongeldig.", True),
        (None, "Dat kan niet meer.", True),
        (LINE + "dim1", "Iets met deze rekening", False),
        ("header/period", "Periode 2026/10 is afgesloten.", False),
        (LINE + "vatcode", "Er ontbreekt een btw-code.", False),
    ],
)
def test_refusal_in_unknown_words_may_mean_that_the_period_is_closed(
    path: str | None, text: str, unclear: bool
) -> None:
    reasons = read_refusal(refused(S1, path, text), S1)

    assert may_mean_closed(reasons) is unclear
    closed = as_closed(reasons, S1)
    if unclear:
        assert [(each.code, each.field, each.value) for each in closed] == [(CLOSED, "period", "2026-10")]
        assert closed[0].detail == f"Twinfield: {text}"
    else:
        assert closed == reasons


def test_every_message_of_a_document_becomes_a_reason() -> None:
    document = refused(S1, LINE + "dim1", "Dimensie 8210 bestaat niet.//Er ontbreekt een btw-code.")
    document.set("msg", "De boeking is niet in balans. Er ontbreekt 181.50 credit.")

    codes = [reason.code for reason in read_refusal(document, S1)]

    assert codes == [ReasonCode.REFUSED, CODE, FIELD]


def test_same_message_on_the_same_place_counts_once() -> None:
    text = "Er ontbreekt een btw-code."

    assert len(read_refusal(refused(S1, LINE + "vatcode", f"{text}//{text}"), S1)) == 1


def test_refusal_without_words_is_a_refusal_still() -> None:
    document = refused(S1, None, "")

    (reason,) = read_refusal(document, S1)

    assert (reason.code, reason.detail) == (ReasonCode.REFUSED, "Twinfield refused it without saying why")


def test_memorial_that_does_not_balance_is_the_sources_to_correct() -> None:
    (reason,) = read_refusal(refused(J1, None, "De boeking is niet in balans. Er ontbreekt 1 debet."), J1)

    assert reason.code is ReasonCode.MEMORIAL_UNBALANCED


@pytest.mark.parametrize(
    ("entry", "line_id", "field", "line"),
    [
        (OTHERS["memorial of a party"], "1", "party", 1),
        (OTHERS["memorial of a party"], "2", "cost_centre", 2),
        (SAMPLES["S7"], "1", "party", None),
        (SAMPLES["S7"], "2", "cost_centre", 1),
    ],
)
def test_second_dimension_is_a_party_or_a_cost_centre_by_its_line(
    entry: Entry, line_id: str, field: str, line: int | None
) -> None:
    document = refused(entry, f"lines/line[@id='{line_id}']/dim2", "Dimensie X bestaat niet.")

    (reason,) = read_refusal(document, entry)

    assert (reason.field, reason.line) == (field, line)


def test_message_on_a_line_as_a_whole_names_no_field() -> None:
    (reason,) = read_refusal(refused(S1, "lines/line[@id='3']", "Iets mis met de regel"), S1)

    assert (reason.field, reason.line) == (None, 2)


def test_message_on_a_line_that_twinfield_added_names_no_line_of_ours() -> None:
    document = refused(S1, None, "")
    lines = document.find("lines")
    assert lines is not None
    added = add(lines, "line", type="vat", id="9")
    add(added, "dim1", "1530").set("msg", "Dimensie 1530 bestaat niet.")

    (reason,) = read_refusal(document, S1)

    assert (reason.line, reason.value) == (None, "1530")


def test_line_that_joins_several_names_the_first_of_the_source() -> None:
    joined = replace(S1, lines=(replace(S1.lines[0], source_lines=(7, 9)), *S1.lines[1:]))
    bare = replace(S1, lines=(replace(S1.lines[0], source_lines=()), *S1.lines[1:]))
    document = refused(S1, LINE + "dim1", "Dimensie 8210 bestaat niet.")

    assert [read_refusal(document, entry)[0].line for entry in (joined, bare)] == [7, 1]


@pytest.mark.parametrize("text", ["An unexpected error has occurred", "Onverwachte fout", "Timeout expired"])
def test_fault_of_twinfields_own_is_no_refusal(text: str) -> None:
    assert is_fault(refused(S1, None, text))
    assert not is_fault(etree.Element("transaction"))
