"""When an entry is booked: on the document's date, or where the bookkeeper allows it."""

from datetime import date

import pytest

from finance_hooks.model.document_warning import WarningCode
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import ADMINISTRATION_ROW, a_document, an_organisation, some_masters
from tests.mapping.map_one import MapOne, a_memorial, entry_of

CLOSED = ADMINISTRATION_ROW.replace(",,,park", ",,2026-10-31,park")
NEXT_OPEN = ADMINISTRATION_ROW.replace(",,,park", ",,2026-10-31,next_open")


@pytest.mark.parametrize(("on", "parks"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)])
def test_document_in_closed_books_parks(map_one: MapOne, on: date, *, parks: bool) -> None:
    mapped = map_one(a_document(document_date=on), {"administrations.csv": [CLOSED]})

    assert [reason.code for reason in mapped.reasons] == ([ReasonCode.BOOKS_CLOSED] if parks else [])


def test_next_open_books_on_the_first_open_day_and_says_so(map_one: MapOne) -> None:
    mapped = map_one(
        a_document(document_date=date(2026, 9, 3), period=9), {"administrations.csv": [NEXT_OPEN]}
    )

    assert mapped.entry is not None
    assert (mapped.entry.entry_date, mapped.entry.fiscal_year, mapped.entry.period) == (
        date(2026, 11, 1),
        2026,
        11,
    )
    assert mapped.entry.description == "2026100123 Relatie 10045 (2026-09-03)"
    assert mapped.entry.lines[0].description == "Regel 1"
    assert [(warning.code, warning.value) for warning in mapped.warnings] == [
        (WarningCode.BOOKED_ON_OPEN_DAY, "2026-09-03")
    ]


def test_next_open_chooses_rows_by_the_document_date(map_one: MapOne) -> None:
    rows = {
        "administrations.csv": [NEXT_OPEN],
        "books/ledger_accounts.csv": ["nl,8000,,2026-10-31,111,", "nl,8000,2026-11-01,,222,"],
    }

    assert entry_of(map_one, a_document(), rows).lines[0].ledger_account == "111"


def test_next_open_memorial_says_the_date_on_every_line(map_one: MapOne) -> None:
    document = a_memorial(("1350", "5.00"), ("8090", "-5.00"), description="Correctie")

    entry = entry_of(map_one, document, {"administrations.csv": [NEXT_OPEN]})

    assert [leg.description for leg in entry.lines] == ["Regel 1 (2026-10-31)", "Regel 2 (2026-10-31)"]


@pytest.mark.parametrize(
    ("document_year", "start_month", "expected"),
    [(2026, 1, (2027, 1)), (2026, 7, (2026, 7)), (2027, 7, (2027, 7)), (None, 7, (2026, 7))],
)
def test_shifted_year_is_counted_as_the_document_counts(
    map_one: MapOne, document_year: int | None, start_month: int, expected: tuple[int, int]
) -> None:
    closed = ADMINISTRATION_ROW.replace(",,,park", ",,2026-12-31,next_open")
    masters = some_masters(organisation=an_organisation(fiscal_year_start_month=start_month))

    mapped = map_one(
        a_document(fiscal_year=document_year, period=None), {"administrations.csv": [closed]}, masters=masters
    )

    assert mapped.entry is not None
    assert (mapped.entry.fiscal_year, mapped.entry.period) == expected


@pytest.mark.parametrize(("period", "expected"), [(13, 13), (None, 4)])
def test_period_of_the_source_wins(map_one: MapOne, period: int | None, expected: int) -> None:
    masters = some_masters(organisation=an_organisation(fiscal_year_start_month=7))

    mapped = map_one(a_document(period=period), masters=masters)

    assert mapped.entry is not None
    assert (mapped.entry.fiscal_year, mapped.entry.period) == (2026, expected)
