"""Copy the documents of a store, with postings, events and nights, back in time until there are enough."""

import sqlalchemy as sa

YEARS_DAYS = 1080
UNBOOKED_COPIES = 200
"""Copies of what is not booked, and of bodies: some ten thousand documents."""
ONCE_EACH = {"run": 365, "comparison": 36}
"""Nights and months that are copied, whatever the number of documents."""
CHUNK = 250
"""Copies that one statement makes."""

COPIES = {
    "document": {
        "document_id": "t.document_id + k * :documents",
        "document_key": "t.document_key || '~' || k",
        "source_document_id": "t.source_document_id || '-' || k",
        "number": "t.number || '-' || k",
        "document_date": "t.document_date - (k % :days)::int",
        "received_at": "t.received_at - (k % :days) * interval '1 day'",
        "number_reused_of": "NULL",
    },
    "document_version": {"document_id": "t.document_id + k * :documents"},
    "posting": {
        "posting_id": "t.posting_id + k * :postings",
        "posting_key": "t.posting_key || '~' || k",
        "reference": "t.reference || k",
        "document_id": "t.document_id + k * :documents",
        "target_entry_id": "t.target_entry_id || '-' || k",
        "follows": "NULL",
        "fiscal_year": "extract(year FROM t.created_at - (k % :days) * interval '1 day')::int",
        "period": "extract(month FROM t.created_at - (k % :days) * interval '1 day')::int",
        "created_at": "t.created_at - (k % :days) * interval '1 day'",
        "booked_at": "t.booked_at - (k % :days) * interval '1 day'",
    },
    "event": {
        "posting_id": "t.posting_id + k * :postings",
        "document_id": "t.document_id + k * :documents",
        "at": "t.at - (k % :days) * interval '1 day'",
    },
    "comparison": {
        "fiscal_year": "extract(year FROM t.compared_at - k * interval '1 month')::int",
        "period": "extract(month FROM t.compared_at - k * interval '1 month')::int",
        "compared_at": "t.compared_at - k * interval '1 month'",
    },
    "run": {
        "run_id": "t.run_id || '~' || k",
        "started_at": "t.started_at - k * interval '1 day'",
        "concluded_at": "t.concluded_at - k * interval '1 day'",
    },
}
GIVEN_BY_THE_DATABASE = {"event": {"event_id"}}
BOOKED = (
    "EXISTS (SELECT FROM posting p WHERE p.document_id = t.document_id AND p.state = 'booked' AND p.n = 1)"
)
OF_BOOKED = "EXISTS (SELECT FROM posting p WHERE p.posting_id = t.posting_id AND p.state = 'booked')"
CHOSEN = {
    "document": BOOKED,
    "document_version": "false",
    "posting": "t.state = 'booked'",
    "event": OF_BOOKED,
}
"""Which rows are copied beyond the first copies."""


def copy_store(engine: sa.Engine, count: int) -> int:
    """Copy until about `count` postings are booked; returns how many postings there are then."""
    with engine.begin() as connection:
        # What guards moves of states would be asked a million times.
        connection.exec_driver_sql("SET session_replication_role = replica")
        strides = {
            "documents": _one(connection, "SELECT max(document_id) + 1 FROM document"),
            "postings": _one(connection, "SELECT max(posting_id) + 1 FROM posting"),
            "days": YEARS_DAYS,
        }
        booked = _one(connection, "SELECT count(*) FROM posting WHERE state = 'booked'")
        copies = count // booked
        for table in ("document", "document_version", "posting", "event"):
            # What is copied are the rows that were there, never copies of copies.
            connection.exec_driver_sql(f"CREATE TEMP TABLE original AS SELECT * FROM {table}")  # noqa: S608
            for first in range(1, copies + 1, CHUNK):
                last = min(first + CHUNK - 1, copies)
                _copy(connection, table, strides | {"first": first, "last": last})
            connection.exec_driver_sql("DROP TABLE original")
        for table, times in ONCE_EACH.items():
            connection.exec_driver_sql(f"CREATE TEMP TABLE original AS SELECT * FROM {table}")  # noqa: S608
            _copy(connection, table, strides | {"first": 1, "last": times})
            connection.exec_driver_sql("DROP TABLE original")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        return _one(connection, "SELECT count(*) FROM posting")


def _copy(connection: sa.Connection, table: str, values: dict[str, int]) -> None:
    columns = [
        column["name"]
        for column in sa.inspect(connection).get_columns(table)
        if column["name"] not in GIVEN_BY_THE_DATABASE.get(table, ())
    ]
    made = [COPIES[table].get(name, f't."{name}"') for name in columns]
    chosen = CHOSEN.get(table, "true")
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(made)} FROM original t "  # noqa: S608
        f"CROSS JOIN generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) k "
        f"WHERE k <= {UNBOOKED_COPIES} OR {chosen} ON CONFLICT DO NOTHING"
    )
    connection.execute(sa.text(statement), values)


def _one(connection: sa.Connection, statement: str) -> int:
    return int(connection.exec_driver_sql(statement).scalar_one())
