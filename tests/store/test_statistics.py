"""PostgreSQL knows of what came, before the next question is asked."""

import sqlalchemy as sa

from finance_hooks.store.statistics import LEAST, documents_grew, postings_grew


def known(engine: sa.Engine, table: str) -> float:
    with engine.begin() as connection:
        found = connection.execute(
            sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST(:name AS regclass)"), {"name": table}
        )
        return float(found.scalar_one())


def fill(engine: sa.Engine, count: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO event (at, name, run_id, detail) "
                "SELECT now(), 'stored', 'night', '{}' FROM generate_series(1, :count)"
            ),
            {"count": count},
        )


def test_tables_that_grew_are_counted_anew(engine: sa.Engine) -> None:
    fill(engine, 200)

    grown = postings_grew(engine, 200)

    assert set(grown) == {"posting", "event"}
    assert known(engine, "event") == 200


def test_few_rows_more_are_no_reason_to_count(engine: sa.Engine) -> None:
    assert documents_grew(engine, LEAST - 1) == ()


def test_tables_that_grew_by_less_than_a_tenth_are_left_alone(engine: sa.Engine) -> None:
    fill(engine, 1000)
    postings_grew(engine, 1000)

    assert "event" not in postings_grew(engine, 100)
    assert "event" in postings_grew(engine, 101)
