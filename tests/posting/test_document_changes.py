"""What changed in a document is told field by field, with before and after, money to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import DocumentStatus, ExportStatus
from finance_hooks.posting.document_changes import FieldChange, compare_documents
from tests.mapping.examples import a_document, a_line

BEFORE = a_document([a_line(1, "8000", "100.00"), a_line(2, "8010", "50.00")])


def test_versions_that_reach_the_books_alike_have_no_changes() -> None:
    other = replace(BEFORE, export_status=ExportStatus.EXPORTED, total_gross=BEFORE.total_gross * 1)

    assert compare_documents(BEFORE, BEFORE) == ()
    assert compare_documents(BEFORE, other) == ()


def test_money_is_shown_to_the_cent_and_dates_and_choices_as_people_write_them() -> None:
    after = replace(
        BEFORE,
        document_date=date(2026, 12, 1),
        status=DocumentStatus.CANCELLED,
        total_gross=Decimal(9),
    )

    found = {change.field: (change.before, change.after) for change in compare_documents(BEFORE, after)}

    assert found == {
        "status": ("final", "cancelled"),
        "document_date": (BEFORE.document_date.isoformat(), "2026-12-01"),
        "total_gross": (f"{BEFORE.total_gross:.2f}", "9.00"),
    }


def test_rate_keeps_all_its_decimals() -> None:
    after = replace(BEFORE, exchange_rate=Decimal("0.913700"))

    assert compare_documents(BEFORE, after) == (
        FieldChange(field="exchange_rate", before=None, after="0.9137"),
    )


def test_line_that_came_or_went_is_told_by_its_number() -> None:
    after = replace(BEFORE, lines=BEFORE.lines[:1])

    found = compare_documents(BEFORE, after)

    assert {change.field.split(".")[0] for change in found} == {"line 2"}
    assert ("line 2.amount", "50.00", None) in {(one.field, one.before, one.after) for one in found}
    assert compare_documents(after, BEFORE)[0].before is None


def test_lines_of_the_same_number_are_told_apart_by_their_order() -> None:
    twice = replace(BEFORE, lines=(BEFORE.lines[0], replace(BEFORE.lines[1], number=1)))
    after = replace(twice, lines=(twice.lines[0], replace(twice.lines[1], amount=Decimal("51.00"))))

    assert compare_documents(twice, after) == (
        FieldChange(field="line 1 (2).amount", before="50.00", after="51.00"),
    )


def test_vat_that_changed_is_told_by_its_code() -> None:
    vat = BEFORE.vat_amounts[0]
    after = replace(BEFORE, vat_amounts=(replace(vat, amount=vat.amount + 1), *BEFORE.vat_amounts[1:]))

    (change,) = compare_documents(BEFORE, after)

    assert change.field == f"VAT {vat.vat_code}.amount"
