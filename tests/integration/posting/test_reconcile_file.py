"""Books are proved by audit files alone: what is missing, double, too young, or of a broken year."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.reconcile_now import reconcile_now
from tests.integration.posting.audited import asked, booked, file_of, proved, shown
from tests.integration.posting.books import SETTLE_S
from tests.integration.posting.night import Night
from tests.posting.entries import by_hand


def test_books_are_proved_without_asking_the_package(night: Night, tmp_path: Path) -> None:
    for number in ("1", "2"):
        night.offer(number)
    night.load()
    reads = len(night.books.reads)
    entries = [shown(entry) for entry in (*booked(night), by_hand(entry_number="9"))]

    found = proved(night, file_of(tmp_path, entries))

    (october,) = found.comparisons
    assert found.agrees
    assert (october.documents, october.entries, october.not_ours) == (2, 2, 1)
    assert october.difference == 0
    assert len(night.books.reads) == reads


def test_booking_that_is_not_in_the_file_is_named(night: Night, tmp_path: Path) -> None:
    for number in ("1", "2"):
        night.offer(number)
    night.load()

    found = proved(night, file_of(tmp_path, [shown(booked(night)[0])]))

    (fault,) = found.faults
    assert (fault.kind.value, fault.document) == ("missing_in_books", "2")
    assert found.comparisons[0].difference == Decimal("418.60")


def test_second_booking_of_a_document_is_named(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    (entry,) = booked(night)

    found = proved(night, file_of(tmp_path, [shown(entry), shown(entry, number="26709999")]))

    (fault,) = found.faults
    assert (fault.kind.value, fault.subject) == ("booked_twice", "70/26709999")
    assert found.comparisons[0].entries == 2


def test_what_a_person_changed_is_named_with_both_sides(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    changed = shown(booked(night)[0], date="2026-11-01", period="2026/11")

    (fault,) = proved(night, file_of(tmp_path, [changed])).faults

    assert fault.detail["differences"] == [
        {"what": "day", "sent": "2026-10-31", "booked": "2026-11-01"},
        {"what": "period", "sent": "2026/10", "booked": "2026/11"},
    ]


def test_adopted_booking_is_found_by_its_number(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.books.booked.append((night.clock.now(), by_hand(number="1")))
    night.load()

    found = proved(night, file_of(tmp_path, [shown(booked(night)[0], number="0026700001")]))

    assert found.agrees
    assert found.comparisons[0].documents == 1


def test_what_was_booked_after_the_file_was_made_is_left_out(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    file = file_of(tmp_path, [shown(booked(night)[0])])
    night.clock.advance(timedelta(days=1).total_seconds())
    night.offer("2")
    night.load()

    found = proved(night, file)

    assert (found.agrees, found.after_reading) == (True, 1)
    assert found.comparisons[0].documents == 1


def test_file_of_half_a_year_does_not_miss_what_came_later(night: Night, tmp_path: Path) -> None:
    night.offer("1", entry_date=date(2026, 6, 30), period=6)
    night.offer("2")
    night.load()
    june = [shown(entry) for entry in booked(night) if entry.period.number == 6]

    found = proved(night, file_of(tmp_path, june, last_day="2026-06-30"))

    assert (found.agrees, found.after_reading) == (True, 1)


def test_books_in_several_files_are_one(night: Night, tmp_path: Path) -> None:
    for number in ("1", "2"):
        night.offer(number)
    night.load()
    first, second = (shown(entry) for entry in booked(night))

    found = proved(night, file_of(tmp_path, [first], "one"), file_of(tmp_path, [second], "two"))

    assert found.agrees
    assert found.comparisons[0].documents == 2


def test_broken_year_is_the_one_the_books_count(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    year = {"fiscal_year": "2026-2027", "first_day": "2026-07-01", "last_day": "2027-06-30"}

    found = proved(night, file_of(tmp_path, [shown(booked(night)[0])], **year))

    assert found.agrees
    assert [(one.fiscal_year, one.period) for one in found.comparisons] == [(2026, 10)]


def test_file_that_names_no_year_is_refused_and_one_without_bookings_too(
    night: Night, tmp_path: Path
) -> None:
    night.offer("1")
    night.load()
    yearless = file_of(tmp_path, [shown(booked(night)[0])], fiscal_year="", first_day="", last_day="")

    with pytest.raises(ConfigurationError, match="names neither a fiscal year"):
        proved(night, yearless)
    with pytest.raises(ConfigurationError, match="holds no bookings"):
        proved(night, file_of(tmp_path, []))


def test_year_of_which_nothing_is_ours_has_nothing_to_compare(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    year = {"fiscal_year": "", "first_day": "2024-01-01", "last_day": "2024-12-31"}

    found = proved(night, file_of(tmp_path, [shown(booked(night)[0])], **year))

    assert (found.comparisons, found.faults) == ((), ())


def test_period_is_proved_on_demand_by_the_books_and_nothing_is_written(night: Night) -> None:
    night.offer("1")
    night.load()
    night.clock.advance(SETTLE_S + 1)
    night.books.booked.clear()

    found = reconcile_now(night.work("by hand"), night.books, asked(night))

    (fault,) = found.faults
    assert fault.kind.value == "missing_in_books"
    with night.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM finding").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM run").scalar_one() == 0


def test_nothing_booked_makes_no_call(night: Night) -> None:
    found = reconcile_now(night.work("by hand"), night.books, asked(night))

    assert (found.agrees, night.books.reads) == (True, [])
