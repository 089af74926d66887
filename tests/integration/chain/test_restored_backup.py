"""A backup of the store that is a week old is put back, and the next night books nothing twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.restoring import Backup

DAYS = 7
A_DAY = 3


@pytest.fixture
def nights(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    # A package without tokens that are used up: what is restored of those is another matter.
    chain = Chain(store_url, "afas_nl", monkeypatch)
    yield Nights(chain)
    chain.close()


def test_night_after_a_restore_knows_a_week_of_bookings_again_and_books_only_what_is_new(
    nights: Nights, store_url: str, tmp_path: Path
) -> None:
    chain, first = nights.chain, nights.chain.today
    for _ in range(A_DAY):
        nights.issue(first)
    assert nights.night(first + timedelta(days=1)).booked == A_DAY
    backup = Backup(store_url, tmp_path)
    issued = A_DAY
    for day in (first + timedelta(days=number) for number in range(1, DAYS + 1)):
        for _ in range(A_DAY):
            nights.issue(day)
        issued += A_DAY
        assert nights.night(day + timedelta(days=1)).booked == A_DAY
    chain.engine.dispose()

    backup.restore()
    assert chain.states() == {"booked": A_DAY}
    nights.issue(chain.today)
    report = nights.night(chain.today + timedelta(days=1))
    backup.forget()

    assert (report.booked, report.already_booked, report.parked) == (1, issued, 0)
    assert (report.waiting, report.unknown, report.red) == (0, 0, ())
    assert report.difference == 0
    assert chain.states() == {"booked": issued + 1}
    assert len(chain.bench.books()) == issued + 1
    assert set(chain.times_booked().values()) == {1}
