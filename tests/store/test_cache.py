"""What was read once is not asked for again, until it is too old."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.store import cache
from finance_hooks.store.cache import StoredCache
from tests.store.conftest import StoreTime

HALF_A_DAY = timedelta(hours=12)


@pytest.fixture
def stored(engine: sa.Engine, time: StoreTime) -> StoredCache:
    return StoredCache(engine=engine, now=time)


def test_last_content_written_under_a_key_comes_back(stored: StoredCache) -> None:
    stored.write("chart", "124132", "old")
    stored.write("chart", "124132", "new")
    stored.write("chart", "999", "another")

    assert stored.read("chart", "124132", max_age=HALF_A_DAY) == "new"


@pytest.mark.parametrize(("age_s", "expected"), [(12 * 3600 - 1, "chart"), (12 * 3600, None)])
def test_content_is_used_until_it_is_too_old(
    stored: StoredCache, time: StoreTime, age_s: int, expected: str | None
) -> None:
    stored.write("chart", "124132", "chart")
    time.advance(age_s)

    assert stored.read("chart", "124132", max_age=HALF_A_DAY) == expected


@pytest.mark.parametrize(("key", "left"), [("124132", "b"), (None, None)])
def test_forgotten_content_is_gone(
    stored: StoredCache, engine: sa.Engine, key: str | None, left: str | None
) -> None:
    stored.write("chart", "124132", "a")
    stored.write("chart", "999", "b")

    with engine.begin() as connection:
        cache.forget(connection, "chart", key)

    assert stored.read("chart", "124132", max_age=HALF_A_DAY) is None
    assert stored.read("chart", "999", max_age=HALF_A_DAY) == left
