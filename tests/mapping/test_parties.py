"""How the target's party is found for a party of the source."""

import pytest

from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import a_document, a_line, a_party, some_masters, vat_of
from tests.mapping.map_one import MapOne, entry_of


def test_purchase_uses_the_suppliers_number(map_one: MapOne) -> None:
    document = a_document(
        [a_line(1, "7100", "100.00", "IH21")],
        [vat_of("IH21", "21.00")],
        DocumentType.PURCHASE_INVOICE,
        party="70020",
        supplier_number="VB-77120",
    )

    entry = entry_of(map_one, document)

    assert (entry.number, entry.party, entry.journal) == ("VB-77120", "70020", "INK")


def test_row_of_one_party_wins_over_the_rule(map_one: MapOne) -> None:
    rows = {"books/parties.csv": ["*,*,debtor,{number},", "nl,*,debtor,D{number:0>8},", "*,10045,debtor,X1,"]}

    assert entry_of(map_one, a_document(), rows).party == "X1"
    assert entry_of(map_one, a_document(party="20007"), rows).party == "D00020007"


@pytest.mark.parametrize(
    ("party", "code", "detail"),
    [
        ("55555", ReasonCode.PARTY_UNKNOWN, None),
        ("70020", ReasonCode.PARTY_UNMAPPED, "no debtor number, administration nl"),
        (None, ReasonCode.FIELD_MISSING, None),
    ],
)
def test_party_that_cannot_be_found_parks(
    map_one: MapOne, party: str | None, code: ReasonCode, detail: str | None
) -> None:
    mapped = map_one(a_document(party=party))

    assert [(reason.code, reason.value, reason.detail) for reason in mapped.reasons] == [
        (code, party, detail)
    ]


def test_row_of_its_own_serves_a_party_the_source_does_not_show(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(party="55555"), {"books/parties.csv": ["nl,55555,debtor,D5,"]})

    assert (entry.party, entry.description) == ("D5", "2026100123")


@pytest.mark.parametrize(("party", "target"), [("10045", "10045"), ("70020", "70020"), (None, None)])
def test_memorial_line_may_name_a_party(map_one: MapOne, party: str | None, target: str | None) -> None:
    lines = [a_line(1, "1300", "5.00", None, party=party), a_line(2, "8090", "-5.00", None)]

    entry = entry_of(map_one, a_document(lines, document_type=DocumentType.MEMORIAL))

    assert [leg.party for leg in entry.lines] == [target, None]


@pytest.mark.parametrize(
    ("party", "code", "detail"),
    [
        ("20007", ReasonCode.PARTY_UNMAPPED, "debtor or creditor is not said: 20007 or 70007"),
        ("99999", ReasonCode.PARTY_UNMAPPED, "neither debtor nor creditor"),
        ("55555", ReasonCode.PARTY_UNKNOWN, None),
    ],
)
def test_memorial_line_with_an_unclear_party_parks(
    map_one: MapOne, party: str, code: ReasonCode, detail: str | None
) -> None:
    lines = [a_line(1, "1300", "5.00", None, party=party), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL))

    assert [(reason.code, reason.line, reason.detail) for reason in mapped.reasons] == [(code, 1, detail)]


def test_memorial_party_with_one_code_on_both_sides_is_clear(map_one: MapOne) -> None:
    masters = some_masters(parties={"1": a_party("1", "500", "500")})
    lines = [a_line(1, "1300", "5.00", None, party="1"), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL), masters=masters)

    assert mapped.entry is not None
    assert mapped.entry.lines[0].party == "500"
