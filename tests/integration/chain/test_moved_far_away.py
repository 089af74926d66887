"""What somebody moved many months away, and a restored store has forgotten, is found and not booked again."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from adversary.hands import HANDS
from finance_hooks.model.selection import Selection
from tests.integration.chain.chain import Chain
from tests.integration.chain.restoring import Backup
from tests.integration.chain.source_changes import SourceChanges

SALES = "salesinvoices"
FAR = -5
"""Months: nobody looks there for a document of today."""


def move_away(chain: Chain, *references: str) -> None:
    """Give a booking, else the only one, a date and period of many months ago, as somebody may."""
    emulator = chain.bench.server.emulator
    (reference,) = references or chain.times_booked()
    assert HANDS[emulator.key].move(emulator, chain.administration.target_administration, reference, FAR)


def test_document_of_a_restored_store_is_found_where_somebody_moved_its_booking(
    source: SourceChanges,
) -> None:
    chain = source.chain
    source.issue(SALES)
    chain.night("first")
    move_away(chain)
    chain.forget_documents()

    chain.prepare("restored")
    chain.load_until_done("restored")
    # What is found far away is known to be booked as of now, and too young to be missed.
    chain.clock.sleep(chain.settings.settle_s)
    report = chain.conclude("restored")

    assert (report.booked, report.already_booked) == (0, 1)
    assert chain.states() == {"booked": 1}
    assert set(chain.times_booked().values()) == {1}


def test_document_that_a_restored_store_had_to_park_at_first_is_found_there_too(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    move_away(chain)
    chain.forget_documents()
    source.change(SALES, number, Status="Concept")
    chain.night("restored")
    assert chain.states() == {"parked": 1}
    source.change(SALES, number, Status="Final")

    chain.prepare("mended")
    chain.load_until_done("mended")

    assert chain.states() == {"booked": 1}
    assert set(chain.times_booked().values()) == {1}


def test_document_that_a_backfill_brings_to_a_restored_store_is_found_there_too(
    source: SourceChanges,
) -> None:
    chain = source.chain
    day = chain.today - timedelta(days=50)
    source.issue(SALES, day)
    backfill(chain, day, "first")
    move_away(chain)
    chain.forget_documents()
    chain.night("restored")
    assert chain.states() == {}

    backfill(chain, day, "again")

    assert chain.states() == {"booked": 1}
    assert set(chain.times_booked().values()) == {1}


@pytest.mark.parametrize("source", ["twinfield_nl"], indirect=True)
def test_document_that_was_to_be_sent_when_the_store_was_backed_up_is_found_there_too(
    source: SourceChanges, store_url: str, tmp_path: Path
) -> None:
    chain = source.chain
    source.issue(SALES)
    chain.night("first")
    before = set(chain.times_booked())
    a_day_passes(chain)
    source.issue(SALES)
    chain.prepare("second")
    backup = Backup(store_url, tmp_path)
    chain.load_until_done("second")
    move_away(chain, *(chain.times_booked().keys() - before))
    chain.engine.dispose()
    backup.restore()
    backup.forget()
    a_day_passes(chain)
    a_day_passes(chain)
    chain.prepare("restored")

    chain.load_until_done("restored")

    assert chain.states() == {"booked": 2}
    assert set(chain.times_booked().values()) == {1}


def test_document_that_waited_while_somebody_moved_its_booking_is_found_there_too(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number, reference = booked_forgotten_and_parked(source)
    move_away(chain, reference)
    source.change(SALES, number, Status="Final")
    chain.prepare("mended")

    chain.load_until_done("mended")

    assert chain.states() == {"booked": 2}
    assert set(chain.times_booked().values()) == {1}


def test_document_whose_booking_somebody_deleted_meanwhile_is_booked(source: SourceChanges) -> None:
    chain = source.chain
    number, reference = booked_forgotten_and_parked(source)
    emulator = chain.bench.server.emulator
    assert HANDS[emulator.key].delete(emulator, chain.administration.target_administration, reference)
    source.change(SALES, number, Status="Final")
    chain.prepare("mended")

    chain.load_until_done("mended")

    assert chain.states() == {"booked": 2}
    assert len(chain.times_booked()) == 2


def test_books_are_looked_through_once_and_again_only_after_a_day_without_a_run(
    source: SourceChanges,
) -> None:
    chain = source.chain
    source.issue(SALES)
    chain.night("first")
    first = looked_at(chain)
    a_day_passes(chain)
    source.issue(SALES)
    chain.night("second")
    assert looked_at(chain) == first
    assert len(first) > 24

    for _ in range(2):
        a_day_passes(chain)
    source.issue(SALES)
    chain.night("after a day without any")

    again = looked_at(chain)
    assert again.keys() == first.keys()
    assert min(again.values()) > max(first.values())


def test_nights_on_which_nothing_came_let_nothing_be_looked_through_again(source: SourceChanges) -> None:
    chain = source.chain
    source.issue(SALES)
    chain.night("first")
    first = looked_at(chain)
    for number in range(3):
        a_day_passes(chain)
        chain.night(f"quiet {number}")

    source.issue(SALES)
    a_day_passes(chain)
    chain.night("last")

    assert looked_at(chain) == first


def test_backfill_of_many_days_looks_through_each_month_once(source: SourceChanges) -> None:
    chain = source.chain
    days = [chain.today - timedelta(days=number) for number in (50, 49, 48)]
    for day in days:
        source.issue(SALES, day)
    backfill(chain, days[0], "first")
    looked = looked_at(chain)

    for day in days[1:]:
        backfill(chain, day, str(day))

    assert looked_at(chain) == looked
    assert chain.states() == {"booked": 3}


def booked_forgotten_and_parked(source: SourceChanges) -> tuple[str, str]:
    """Let a store be put back that knows nothing of a booking, whose document has to wait beside another."""
    chain, number = source.chain, source.issue(SALES)
    chain.night("first")
    (reference,) = chain.times_booked()
    chain.forget_documents()
    source.change(SALES, number, Status="Concept")
    source.issue(SALES)
    chain.night("restored")
    return number, reference


def backfill(chain: Chain, day: date, run_id: str) -> None:
    """Run extract, transform and load for one day of long ago."""
    selection = Selection(changed_since=None, dated_from=day, dated_until=day, moves_watermark=False)
    chain.prepare(run_id, selection)
    chain.load_until_done(run_id)


def a_day_passes(chain: Chain) -> None:
    chain.clock.sleep(timedelta(days=1).total_seconds())


def looked_at(chain: Chain) -> dict[tuple[int, int], datetime]:
    """Return when each period was looked through, by fiscal year and number."""
    with chain.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT fiscal_year, period, looked_at FROM looked_place"))
        return {(row.fiscal_year, row.period): row.looked_at for row in rows}
