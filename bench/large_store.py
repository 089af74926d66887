"""Fill a store with millions of booked postings inside the server: copies of a night's, over three years.

The copies are dealt out over some administrations, the first of which is the one that was copied, so that a
night and a page of one administration are measured in a store that others fill. The oldest come first, as
they would have been written. Bodies are empty and entries have no lines; each posting has one event.
"""

import sqlalchemy as sa

BEFORE_DAYS = 120
"""The copies end so long before the night: what the package is asked for is what it really has."""
SPAN_DAYS = 960
CHUNK = 250
"""Copies that one statement makes."""
TABLES = ("document", "document_version", "posting", "event")
SETTINGS = (
    "shared_buffers=1GB",
    "maintenance_work_mem=1GB",
    "max_wal_size=4GB",
    "wal_level=minimal",
    "max_wal_senders=0",
)
"""For a server that is filled and then asked; what is not named stays at PostgreSQL's default."""

ORIGINAL = {
    "posting": "SELECT * FROM posting WHERE state = 'booked' AND n = 1 AND sent_run_id = :run_id",
    "document": "SELECT * FROM document WHERE document_id IN (SELECT document_id FROM o_posting)",
    "document_version": "SELECT * FROM document_version"
    " WHERE document_id IN (SELECT document_id FROM o_posting)",
    "event": "SELECT * FROM event WHERE name = 'booked' AND posting_id IN (SELECT posting_id FROM o_posting)",
}
SHIFT = "make_interval(days => ago)"
ADMINISTRATION = "CASE WHEN k % :administrations = 0 THEN {0} ELSE {0} || '_' || k % :administrations END"
SHIFTED = {
    "document": {
        "document_id": "document_id + k * :stride",
        "document_key": "document_key || '~' || k",
        "organisation": ADMINISTRATION.format("organisation"),
        "source_document_id": "source_document_id || '-' || k",
        "number": "number || '-' || k",
        "document_date": "document_date - ago",
        "received_at": f"received_at - {SHIFT}",
        "number_reused_of": "NULL",
    },
    "document_version": {
        "document_id": "document_id + k * :stride",
        "body": r"'\x'::bytea",
        "received_at": f"received_at - {SHIFT}",
        "run_id": "run_id || '~' || ago",
    },
    "posting": {
        "posting_id": "posting_id + k * :stride",
        "posting_key": "posting_key || '~' || k",
        "reference": "reference || k",
        "document_id": "document_id + k * :stride",
        "sync_id": ADMINISTRATION.format("sync_id"),
        "books": ADMINISTRATION.format("books"),
        "target_entry_id": "target_entry_id || '-' || k",
        "target_entry_number": "target_entry_number || '-' || k",
        "sent_run_id": "sent_run_id || '~' || ago",
        "entry": """entry || '{"lines": []}'""",
        "mapping_rows": "'{}'::jsonb",
        "fiscal_year": f"extract(year FROM created_at - {SHIFT})::int",
        "period": f"extract(month FROM created_at - {SHIFT})::int",
        "created_at": f"created_at - {SHIFT}",
        "booked_at": f"booked_at - {SHIFT}",
        "sent_until": f"sent_until - {SHIFT}",
    },
    "event": {
        "posting_id": "posting_id + k * :stride",
        "document_id": "document_id + k * :stride",
        "run_id": "run_id || '~' || ago",
        "at": f"at - {SHIFT}",
    },
}
GIVEN_BY_THE_DATABASE = {"event": {"event_id"}}
INDEXES = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index
WHERE indrelid = ANY(CAST(:tables AS regclass[]))
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def fill_store(engine: sa.Engine, count: int, *, run_id: str, administrations: int) -> int:
    """Copy what a run booked until there are about `count` postings; returns how many there are then.

    Indexes are dropped meanwhile and made again as they were.
    """
    with engine.begin() as connection:
        # What guards moves of states would be asked millions of times.
        connection.exec_driver_sql("SET session_replication_role = replica")
        connection.exec_driver_sql("SET statement_timeout = 0")
        for table, chosen in ORIGINAL.items():
            connection.execute(sa.text(f"CREATE TEMP TABLE o_{table} AS {chosen}"), {"run_id": run_id})
        each = _one(connection, "SELECT count(*) FROM o_posting")
        copied = _one(connection, "SELECT (count(*)) FROM posting WHERE posting_key LIKE '%~%'") // each
        values = {
            "stride": 1_000_000,
            "administrations": administrations,
            "copied": copied,
            "wanted": max(count // each, copied),
        }
        dropped = connection.execute(sa.text(INDEXES), {"tables": list(TABLES)}).all()
        for index in dropped:
            connection.exec_driver_sql(f"DROP INDEX {index.name}")
        for table in TABLES:
            for first in range(copied + 1, values["wanted"] + 1, CHUNK):
                last = min(first + CHUNK - 1, values["wanted"])
                _copy(connection, table, values | {"first": first, "last": last})
        for index in dropped:
            connection.exec_driver_sql(index.made)
    engine.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        return _one(connection, "SELECT count(*) FROM posting")


def _copy(connection: sa.Connection, table: str, values: dict[str, int]) -> None:
    columns = [
        column["name"]
        for column in sa.inspect(connection).get_columns(table)
        if column["name"] not in GIVEN_BY_THE_DATABASE.get(table, ())
    ]
    made = [SHIFTED[table].get(name, f'"{name}"') for name in columns]
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(made)} "  # noqa: S608 - our own names
        f"FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) k "
        f"CROSS JOIN LATERAL (SELECT ({BEFORE_DAYS} + {SPAN_DAYS} * (:wanted - k) "
        f"/ (:wanted - :copied))::int AS ago) AS shift CROSS JOIN o_{table}"
    )
    connection.execute(sa.text(statement), values)


def _one(connection: sa.Connection, statement: str) -> int:
    return int(connection.exec_driver_sql(statement.replace("%", "%%")).scalar_one())
