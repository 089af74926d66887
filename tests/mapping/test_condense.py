"""Entries stay under the package's line limit, with equal totals."""

from decimal import Decimal

import pytest

from finance_hooks.model.document_warning import WarningCode
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import Limits, a_document, a_line, vat_of
from tests.mapping.map_one import MapOne, a_memorial


@pytest.mark.parametrize("count", [999, 1000])
def test_lines_within_the_limit_stay_as_they_are(map_one: MapOne, count: int) -> None:
    lines = [a_line(number, "8000", "1.00") for number in range(1, count + 1)]

    mapped = map_one(a_document(lines, [vat_of("VH21", str(count * Decimal("0.21")))]))

    assert mapped.entry is not None
    assert len(mapped.entry.lines) == count
    assert mapped.warnings == ()


def test_lines_over_the_limit_are_added_up_where_equal(map_one: MapOne) -> None:
    lines = [
        a_line(1, "8000", "1.00", cost_centre="INZ"),
        a_line(2, "8000", "2.00", cost_centre="VERW"),
        a_line(3, "8000", "-0.25", cost_centre="INZ"),
        a_line(4, "8010", "4.00", "VL9", cost_centre="INZ"),
    ]
    document = a_document(lines, [vat_of("VH21", "0.58"), vat_of("VL9", "0.36")], description="Verzamel")

    mapped = map_one(document, limits=Limits(lines_max=3))

    assert mapped.entry is not None
    legs = mapped.entry.lines
    assert [(leg.number, leg.amount, leg.source_lines, leg.description) for leg in legs] == [
        (1, Decimal("0.75"), (1, 3), "Verzamel"),
        (2, Decimal("2.00"), (2,), "Regel 2"),
        (3, Decimal("4.00"), (4,), "Regel 4"),
    ]
    assert (mapped.entry.gross, mapped.entry.vat) == (document.total_gross, document.total_vat)
    assert [warning.code for warning in mapped.warnings] == [WarningCode.LINES_ADDED_UP]


def test_debit_and_credit_of_a_memorial_are_not_added_up_together(map_one: MapOne) -> None:
    document = a_memorial(("1350", "5.00"), ("1350", "-2.00"), ("1350", "1.00"), ("8090", "-4.00"))

    mapped = map_one(document, limits=Limits(lines_max=3))

    assert mapped.entry is not None
    assert [leg.amount for leg in mapped.entry.lines] == [Decimal("6.00"), Decimal("-2.00"), Decimal("-4.00")]
    assert mapped.entry.gross == Decimal("6.00")


def test_lines_still_over_the_limit_park(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "1.00"), a_line(2, "8010", "2.00"), a_line(3, "8020", "3.00")]

    mapped = map_one(a_document(lines, [vat_of("VH21", "1.26")]), limits=Limits(lines_max=2))

    assert mapped.entry is None
    assert [(reason.code, reason.value) for reason in mapped.reasons] == [(ReasonCode.TOO_MANY_LINES, "3")]
