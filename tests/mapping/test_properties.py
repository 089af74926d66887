"""Whatever the document: totals survive to the cent, and a missing row parks, never shortens."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.document import Document, DocumentLine, DocumentType, VatAmount
from finance_hooks.model.money import CENT, ZERO, round_half_up
from tests.mapping.examples import (
    HEADERS,
    ROWS,
    Limits,
    a_document,
    a_line,
    map_all,
    the_administration,
    vat_of,
    write_folder,
)

RATES = {
    DocumentType.SALES_INVOICE: {"VH21": 21, "VL9": 9, "VVERL": 0, "VICL": 0},
    DocumentType.PURCHASE_INVOICE: {"IH21": 21, "IBTN": 0, "IVERL21": 0},
}
SHIFTED_RATES = {"IVERL21": 21}
CREDITS = {
    DocumentType.SALES_INVOICE: DocumentType.SALES_CREDIT_NOTE,
    DocumentType.PURCHASE_INVOICE: DocumentType.PURCHASE_CREDIT_NOTE,
}
PERCENT = Decimal("0.01")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw an invoice or credit of 1 to 1,000 lines with mixed rates and correction lines."""
    kind = draw(st.sampled_from(sorted(RATES)))
    rates = RATES[kind]
    few = st.integers(1, 12)
    count = draw(st.one_of(few, few, few, few, st.integers(13, 1000)))
    cents = draw(st.lists(st.integers(-50_000, 5_000_000), min_size=min(count, 12), max_size=min(count, 12)))
    codes = draw(st.lists(st.sampled_from(sorted(rates)), min_size=1, max_size=4))
    sign = draw(st.sampled_from([1, -1]))
    lines = [
        a_line(
            number + 1,
            "7000" if kind is DocumentType.PURCHASE_INVOICE else ("8000", "8010", "8020")[number % 3],
            str(sign * (cents[number % len(cents)] + number) * CENT),
            codes[number % len(codes)],
            cost_centre=(None, "INZ", "VERW")[number % 3],
        )
        for number in range(count)
    ]
    vat = [vat_amount(code, rates[code], lines) for code in sorted(set(codes)) if any_line(code, lines)]
    return a_document(lines, vat, kind if sign > 0 else CREDITS[kind])


def any_line(code: str, lines: list[DocumentLine]) -> bool:
    return any(line.vat_code == code for line in lines)


def vat_amount(code: str, rate: int, lines: list[DocumentLine]) -> VatAmount:
    base = sum((line.amount for line in lines if line.vat_code == code), ZERO)
    amount = round_half_up(base * rate * PERCENT)
    shifted = round_half_up(base * SHIFTED_RATES.get(code, 0) * PERCENT)
    return vat_of(code, str(amount), str(base), str(shifted))


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("mappings"))


@pytest.fixture(scope="module")
def tables(shared_folder: Path) -> Tables:
    return read_tables(the_administration(shared_folder), shared_folder)


def entry_totals_equal_the_document(mapped: MappedDocument) -> None:
    document, entry = mapped.document, mapped.entry
    assert mapped.reasons == ()
    assert entry is not None
    assert entry.gross == document.total_gross
    assert entry.vat == document.total_vat
    assert sum((line.amount for line in entry.lines), ZERO) == document.total_net
    assert sum((line.amount + line.vat_amount for line in entry.lines), ZERO) == document.total_gross
    for vat in document.vat_amounts:
        legs = [line for line in entry.lines if line.vat_code == vat.vat_code]
        assert sum((leg.vat_amount for leg in legs), ZERO) == vat.amount
        assert sum((leg.reverse_charge_amount for leg in legs), ZERO) == vat.reverse_charge_amount
    sources = sorted(number for line in entry.lines for number in line.source_lines)
    assert sources == [line.number for line in document.lines]


@settings(max_examples=60)
@given(document=documents())
def test_totals_and_vat_per_code_survive_to_the_cent(
    shared_folder: Path, tables: Tables, document: Document
) -> None:
    mapped = map_all(shared_folder, [document], tables=tables)[0]

    entry_totals_equal_the_document(mapped)


@settings(max_examples=40)
@given(document=documents())
def test_totals_survive_adding_up_equal_lines(
    shared_folder: Path, tables: Tables, document: Document
) -> None:
    mapped = map_all(shared_folder, [document], limits=Limits(lines_max=60), tables=tables)[0]

    entry_totals_equal_the_document(mapped)


@settings(max_examples=40)
@given(document=documents())
def test_no_share_of_vat_is_off_by_more_than_a_cent(
    shared_folder: Path, tables: Tables, document: Document
) -> None:
    entry = map_all(shared_folder, [document], tables=tables)[0].entry

    assert entry is not None
    for vat in document.vat_amounts:
        legs = [line for line in entry.lines if line.vat_code == vat.vat_code]
        base = sum((leg.amount for leg in legs), ZERO)
        shares = [vat.amount * leg.amount / base for leg in legs] if base else []
        assert all(abs(leg.vat_amount - share) < CENT for leg, share in zip(legs, shares, strict=False))


def some_documents() -> list[Document]:
    """One document for every mapping row of the examples that any document can use."""
    lines = [
        a_line(1, "8000", "10.00", cost_centre="INZ", cost_unit="REST"),
        a_line(2, None, "5.00", article="LED", cost_centre="VERW"),
        a_line(3, None, "5.00", activity="HUUR"),
        a_line(4, None, "5.00", article="LED", activity="HUUR"),
    ]
    made = [
        a_document(lines, [vat_of("VH21", "5.25")]),
        a_document(lines[:1], [vat_of("VH21", "-2.10")], DocumentType.SALES_CREDIT_NOTE),
        a_document(
            [a_line(1, "1350", "5.00", None), a_line(2, "8090", "-5.00", None)], (), DocumentType.MEMORIAL
        ),
    ]
    made += [
        a_document([a_line(1, account, "1.00", code)], [vat_of(code, "0.00")], kind)
        for kind, codes in RATES.items()
        for code in codes
        for account in ("8030", "8110")
    ]
    made += [
        a_document([a_line(1, "7000", "1.00", "IVERL21")], [vat_of("IVERL21", "0.00", shifted="0.21")], kind)
        for kind in (DocumentType.PURCHASE_CREDIT_NOTE, DocumentType.SELF_BILLED_PURCHASE)
    ]
    return [replace(document, number=str(number)) for number, document in enumerate(made)]


@pytest.fixture(scope="module")
def mapped_by_all_rows(shared_folder: Path) -> list[MappedDocument]:
    """The documents as mapped while every row is there."""
    return map_all(shared_folder, some_documents())


@pytest.mark.parametrize(
    ("name", "row"),
    [(name, row) for name, rows in ROWS.items() if name != "administrations.csv" for row in rows],
)
def test_deleting_a_row_parks_exactly_the_documents_that_used_it(
    tmp_path: Path, mapped_by_all_rows: list[MappedDocument], name: str, row: str
) -> None:
    before = mapped_by_all_rows
    at = f"{name}:{ROWS[name].index(row) + 2}"
    # Another article row of the line takes the place of the most specific one.
    replaced = row == "100,LED,HUUR,8020,"

    write_folder(tmp_path, {name: [other for other in ROWS[name] if other != row]})
    after = map_all(tmp_path, some_documents())

    assert name in HEADERS
    for old, new in zip(before, after, strict=True):
        assert old.entry is not None
        if at in old.mapping_rows and not replaced:
            assert new.entry is None
            assert new.reasons
        else:
            assert new.entry is not None
            assert new.entry.gross == old.entry.gross
            assert len(new.entry.lines) == len(old.entry.lines)
