"""How a line gets its VAT code, and a document's VAT is divided over its lines."""

from decimal import Decimal

import pytest

from finance_hooks.model.document import DocumentType, Treatment, VatDirection
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import a_document, a_line, a_vat_code, some_masters, vat_of
from tests.mapping.map_one import MapOne, entry_of, reasons_of


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("reduced,,,", "treatment: books/vat_codes.csv:2 says reduced, the source says standard"),
        (",purchase,,", "direction: books/vat_codes.csv:2 says purchase, the source says sales"),
        (",,9,", "rate: books/vat_codes.csv:2 says 9, the source says 21"),
        (",,,BE", "country: books/vat_codes.csv:2 says BE, the source says NL"),
    ],
)
def test_vat_row_at_odds_with_the_source_parks_and_says_why(
    map_one: MapOne, condition: str, named: str
) -> None:
    mapped = map_one(a_document(), {"books/vat_codes.csv": [f"nl,VH21,,,{condition},VH21,,,,"]})

    assert [reason.code for reason in mapped.reasons] == [ReasonCode.VAT_CODE_UNMAPPED]
    assert named in (mapped.reasons[0].detail or "")


def test_row_with_a_rate_needs_a_rate_in_the_source(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8060", "27.60", "VBTN")], [vat_of("VBTN", "0.00")])

    mapped = map_one(document, {"books/vat_codes.csv": ["nl,VBTN,,,,,0,,VBTN,,,,"]})

    assert "the source says nothing" in (mapped.reasons[0].detail or "")


def test_line_charged_at_another_rate_than_its_row_parks(map_one: MapOne) -> None:
    mapped = map_one(a_document([a_line(3, "8000", "100.00", rate=Decimal("9.0"))]))

    assert [(reason.code, reason.line) for reason in mapped.reasons] == [(ReasonCode.VAT_CODE_UNMAPPED, 3)]
    assert "rate: books/vat_codes.csv:2 says 21, the line says 9" in (mapped.reasons[0].detail or "")


def test_empty_conditions_agree_with_anything(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(), {"books/vat_codes.csv": ["nl,VH21,,,,,,,4,,,,"]})

    assert entry.lines[0].vat_code == "4"


def test_one_source_code_can_be_told_apart_by_direction(map_one: MapOne) -> None:
    rows = {"books/vat_codes.csv": ["nl,VERL,,,,sales,,,5,,,,", "nl,VERL,,,,purchase,,,20,,,,"]}
    code = a_vat_code("VERL", Treatment.REVERSE_CHARGE_DOMESTIC, None, "21")
    masters = some_masters(vat_codes={"VERL": code})
    lines, vat = [a_line(1, "8100", "100.00", "VERL")], [vat_of("VERL", "0.00")]

    sale = map_one(a_document(lines, vat), rows, masters=masters)
    bought = map_one(a_document(lines, vat, DocumentType.PURCHASE_INVOICE), rows, masters=masters)

    assert sale.entry is not None
    assert bought.entry is not None
    assert (sale.entry.lines[0].vat_code, bought.entry.lines[0].vat_code) == ("5", "20")


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("VH21", [ReasonCode.VAT_CODE_UNKNOWN]),
        ("XX", [ReasonCode.VAT_CODE_UNMAPPED, ReasonCode.VAT_CODE_UNKNOWN]),
    ],
)
def test_vat_code_unknown_to_the_source_parks(map_one: MapOne, code: str, reasons: list[ReasonCode]) -> None:
    document = a_document([a_line(1, "8000", "100.00", code)], [vat_of(code, "21.00")])

    mapped = map_one(document, masters=some_masters(vat_codes={}))

    assert [reason.code for reason in mapped.reasons] == reasons


def test_invoice_line_without_vat_code_parks(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8000", "100.00", None)], [vat_of("VH21", "0.00")])

    assert reasons_of(map_one, document) == [ReasonCode.FIELD_MISSING]


def test_vat_is_spread_by_largest_remainder(map_one: MapOne) -> None:
    lines = [a_line(number, "8000", "0.05") for number in range(1, 4)]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "0.04")]))

    assert [leg.vat_amount for leg in entry.lines] == [Decimal("0.02"), Decimal("0.01"), Decimal("0.01")]
    assert entry.vat == Decimal("0.04")


def test_code_stated_once_per_rate_is_spread_within_each_rate(map_one: MapOne) -> None:
    rows = {"books/vat_codes.csv": ["nl,VH21,,,,,,,VH21,,,,"]}
    lines = [
        a_line(1, "8000", "100.00", rate=Decimal(9)),
        a_line(2, "8000", "100.00", rate=Decimal(21)),
        a_line(3, "8000", "100.00"),
    ]
    vat = [vat_of("VH21", "9.00", rate="9"), vat_of("VH21", "42.00", rate="21")]

    entry = entry_of(map_one, a_document(lines, vat), rows)

    assert [leg.vat_amount for leg in entry.lines] == [Decimal("9.00"), Decimal("21.00"), Decimal("21.00")]


@pytest.mark.parametrize(
    "vat",
    [
        [vat_of("VH21", "21.00"), vat_of("VL9", "9.00")],
        [vat_of("VH21", "21.00", rate="21"), vat_of("VH21", "21.00", rate="21")],
        [vat_of("VL9", "0.00")],
    ],
)
def test_vat_that_fits_no_line_or_line_without_vat_parks(map_one: MapOne, vat: list[object]) -> None:
    assert reasons_of(map_one, a_document(vat=vat)) == [ReasonCode.VAT_DISAGREES]  # type: ignore[arg-type]


def test_stated_zero_for_no_line_is_nothing(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(vat=[vat_of("VH21", "21.00"), vat_of("VL9", "0.00")]))

    assert entry.vat == Decimal("21.00")


@pytest.mark.parametrize("direction", [VatDirection.SALES, None])
def test_memorial_line_takes_the_direction_of_its_vat_code(
    map_one: MapOne, direction: VatDirection | None
) -> None:
    masters = some_masters(vat_codes={"VH21": a_vat_code("VH21", Treatment.STANDARD, direction, "21")})
    lines = [a_line(1, "8000", "5.00", "VH21"), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL), masters=masters)

    assert (mapped.entry is not None) == (direction is VatDirection.SALES)
