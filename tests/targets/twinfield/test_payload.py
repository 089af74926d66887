from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.twinfield.payload import Manner, count_lines, line_ids, make_transaction
from tests.targets.twinfield.brief_entries import line, memorial
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import OTHERS, SAMPLES

PROVISIONAL = Manner(is_final=False, free_text_field=None)
SIGNS = {"debit": 1, "credit": -1}


def write(entry: Entry, manner: Manner = PROVISIONAL) -> etree._Element:
    return make_transaction(entry, make_chart(entry.administration), manner)


def lines(entry: Entry) -> list[etree._Element]:
    return list(write(entry).iterfind("lines/line"))


def signed(written: etree._Element, name: str) -> Decimal:
    return Decimal(written.findtext(name) or 0) * SIGNS[written.findtext("debitcredit") or ""]


@pytest.mark.parametrize("entry", [*SAMPLES.values(), *OTHERS.values()], ids=[*SAMPLES, *OTHERS])
def test_debit_equals_credit_with_the_vat_that_is_stated(entry: Entry) -> None:
    written = lines(entry)

    for name, vat in (("value", "vatvalue"), ("basevalue", "vatbasevalue")):
        assert sum(signed(each, name) + signed(each, vat) for each in written) == 0


@pytest.mark.parametrize("entry", [*SAMPLES.values(), *OTHERS.values()], ids=[*SAMPLES, *OTHERS])
def test_amounts_are_never_negative_and_lines_are_numbered(entry: Entry) -> None:
    written = lines(entry)

    assert [each.get("id") for each in written] == [str(number + 1) for number in range(len(written))]
    assert len(written) == count_lines(entry)
    for each in written:
        for name in ("value", "vatvalue", "basevalue", "vatbasevalue", "vatturnover"):
            assert not (each.findtext(name) or "").startswith("-")


def test_total_stands_first_with_the_gross_of_the_source() -> None:
    total, *others = lines(SAMPLES["S1"])

    assert total.get("type") == "total"
    assert (total.findtext("debitcredit"), total.findtext("value")) == ("debit", "418.60")
    assert {each.get("type") for each in others} == {"detail"}


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("S1", ["debit", "credit"]),
        ("S3", ["credit", "debit"]),
        ("P3", ["credit", "debit"]),
    ],
)
def test_credit_note_is_the_same_entry_with_every_side_inverted(name: str, sides: list[str]) -> None:
    assert [each.findtext("debitcredit") for each in lines(SAMPLES[name])[:2]] == sides


def test_sides_follow_the_sign_of_each_line_in_an_entry_of_mixed_signs() -> None:
    written = lines(OTHERS["mixed signs"])

    assert [each.findtext("debitcredit") for each in written] == ["debit", "credit", "debit", "debit"]


def test_line_of_nothing_but_vat_takes_the_side_of_its_vat() -> None:
    entry = SAMPLES["S3"]
    only_vat = replace(entry.lines[0], amount=Decimal("0.00"), vat_amount=Decimal("-0.01"))

    written = lines(replace(entry, lines=(only_vat,)))[1]

    assert (written.findtext("debitcredit"), written.findtext("value")) == ("debit", "0.00")


def test_vat_of_a_code_adds_up_to_the_source_and_is_balanced_by_nobody_else() -> None:
    assert sum(Decimal(each.findtext("vatvalue") or 0) for each in lines(SAMPLES["S1"])) == Decimal("72.65")
    assert write(SAMPLES["S1"]).get("autobalancevat") == "false"


def test_warnings_refuse_an_entry() -> None:
    transaction = write(SAMPLES["S1"])

    assert transaction.get("raisewarning") == "true"
    assert [each.tag for each in transaction.iter() if each.get("raisewarning") == "false"] == []


def test_vat_of_zero_is_said_too_so_that_twinfield_works_out_none() -> None:
    tiny = replace(SAMPLES["S5"].lines[0], amount=Decimal("0.01"), vat_amount=Decimal("0.00"))

    assert lines(replace(SAMPLES["S5"], lines=(tiny,)))[1].findtext("vatvalue") == "0.00"


def test_line_without_a_vat_code_says_nothing_about_vat() -> None:
    without = replace(SAMPLES["S5"].lines[0], vat_code=None, vat_amount=Decimal("0.00"))

    written = lines(replace(SAMPLES["S5"], lines=(without,)))[1]

    assert [each.tag for each in written] == ["dim1", "dim2", "debitcredit", "value", "description"]


def test_both_sides_of_reverse_charge_are_sent_where_their_accounts_are_mapped() -> None:
    vat = [each for each in lines(SAMPLES["P1"]) if each.get("type") == "vat"]

    assert [(each.findtext("dim1"), signed(each, "value")) for each in vat] == [
        ("1520", Decimal("411.10")),
        ("1535", Decimal("-411.10")),
    ]
    assert {each.findtext("baseline") for each in vat} == {"2"}
    assert all(each.findtext("vatvalue") is None for each in lines(SAMPLES["P1"]))


def test_both_sides_of_reverse_charge_are_left_to_twinfield_where_no_accounts_are_mapped() -> None:
    entry = SAMPLES["P1"]
    unmapped = [replace(each, vat_account=None, reverse_charge_account=None) for each in entry.lines]

    assert [each.get("type") for each in lines(replace(entry, lines=tuple(unmapped)))] == [
        "total",
        "detail",
        "detail",
    ]


def test_reverse_charge_of_a_credit_note_stands_on_the_other_sides() -> None:
    vat = [each for each in lines(OTHERS["self-billed credit note"]) if each.get("type") == "vat"]

    assert [signed(each, "value") for each in vat] == [Decimal("-21.00"), Decimal("21.00")]


def test_entry_is_provisional_or_final_as_its_administration_wants() -> None:
    assert write(SAMPLES["S1"]).get("destiny") == "temporary"
    assert write(SAMPLES["S1"], replace(PROVISIONAL, is_final=True)).get("destiny") == "final"


def test_reference_ends_the_description_and_fills_the_free_text_field_that_is_chosen() -> None:
    entry = SAMPLES["S1"]

    transaction = write(entry, replace(PROVISIONAL, free_text_field=2))

    assert transaction.findtext("header/freetext2") == f"[{entry.reference}]"
    assert (transaction.findtext("lines/line/description") or "").endswith(f" [{entry.reference}]")
    assert write(entry).find("header/freetext2") is None


def test_every_line_of_a_memorial_ends_with_the_reference() -> None:
    entry = SAMPLES["J1"]

    for each in lines(entry):
        assert each.get("type") == "detail"
        assert (each.findtext("description") or "").endswith(f"[{entry.reference}]")
    assert write(entry).find("header/invoicenumber") is None


def test_line_of_a_memorial_names_its_party_or_its_cost_centre() -> None:
    codes = [each.findtext("dim2") for each in lines(OTHERS["memorial of a party"])]

    assert codes == ["D20007", "KP10"]


def test_texts_keep_to_forty_characters_with_reference_and_g_account() -> None:
    entry = replace(SAMPLES["S7"], description="Detachering " * 9)

    description = lines(entry)[0].findtext("description") or ""

    assert len(description) <= 40
    assert description.endswith(f"G 968.00 [{entry.reference}]")
    long = replace(entry.lines[0], description="x" * 60)
    assert len(lines(replace(entry, lines=(long,)))[1].findtext("description") or "") == 40


def test_date_outside_its_period_is_meant_and_raises_no_warning() -> None:
    outside = write(replace(SAMPLES["S1"], period=11)).find("header/date")
    inside = write(SAMPLES["S1"]).find("header/date")

    assert outside is not None
    assert inside is not None
    assert outside.get("raisewarning") == "false"
    assert inside.get("raisewarning") is None


def test_due_date_is_left_out_where_there_is_none() -> None:
    assert write(replace(SAMPLES["S1"], due_date=None)).find("header/duedate") is None
    assert write(replace(SAMPLES["S1"], due_date=date(2026, 11, 1))).findtext("header/duedate") == "20261101"


def test_own_currency_has_no_amounts_in_the_books_beside_it() -> None:
    assert list(write(SAMPLES["S1"]).iter("basevalue", "vatbasevalue")) == []


def test_amounts_in_the_books_add_up_to_the_converted_total() -> None:
    entry = OTHERS["foreign currency with VAT"]

    total, *others = lines(entry)

    assert Decimal(total.findtext("basevalue") or 0) == entry.gross_in_books
    assert (
        -sum(signed(each, "basevalue") + signed(each, "vatbasevalue") for each in others)
        == entry.gross_in_books
    )


def test_reverse_charge_in_foreign_currency_balances_in_the_books() -> None:
    entry = replace(SAMPLES["P1"], currency="USD", rate=Decimal("0.92"), gross_in_books=Decimal("1800.99"))

    assert sum(signed(each, "basevalue") for each in lines(entry)) == 0


def test_memorial_in_foreign_currency_balances_in_the_books() -> None:
    entry = memorial(
        "M1",
        [
            line(1, "1390", "10.01", None, "a"),
            line(2, "1390", "10.01", None, "b"),
            line(3, "8290", "-20.02", None, "c"),
        ],
    )

    written = lines(replace(entry, currency="USD", rate=Decimal("0.33")))

    assert sum(signed(each, "basevalue") for each in written) == 0


def test_ids_lead_back_to_the_lines_of_the_entry() -> None:
    assert {line_id: each.number for line_id, each in line_ids(SAMPLES["S1"]).items()} == {
        "2": 1,
        "3": 2,
        "4": 3,
        "5": 4,
    }
    assert {line_id: each.number for line_id, each in line_ids(SAMPLES["J1"]).items()} == {"1": 1, "2": 2}
