"""Store, all at once, what arrives for the first time and has to do with nothing else that was received."""

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.arrival import Arrival, content_columns, key_columns, version_columns
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.events import Stamp

Columns = dict[str, Any]
SOURCE_ID = ("source_id", "organisation", "source_document_id")
"""What the source knows a document by, whatever its type and however often it is exported."""
NUMBER = ("source_id", "organisation", "document_type", "party", "number", "export_sequence")
"""What a number is unique within."""


def receive_first(connection: sa.Connection, arrivals: Sequence[Arrival], stamp: Stamp) -> frozenset[str]:
    """Store the documents that share neither id nor number with another one, and return their keys.

    All others are left: which of them has the number, or replaces which, depends on their order.
    """
    rows = [key_columns(one) | content_columns(one, stamp.at) | {"received_at": stamp.at} for one in arrivals]
    # Who has a number is the one that reuses no other's; the index holds those only.
    has_number = document.c.number_reused_of.is_(None) & document.c.number.is_not(None)
    shared = _sharing(connection, rows, SOURCE_ID) | _sharing(connection, rows, NUMBER, has_number)
    alone = [row for row in rows if row["document_key"] not in shared]
    if not alone:
        return frozenset()
    insert = pg.insert(document).on_conflict_do_nothing(index_elements=["document_key"])
    made = connection.execute(insert.returning(document.c.document_key, document.c.document_id), alone)
    ids = {row.document_key: int(row.document_id) for row in made}
    versions = [version_columns(ids[str(one.key)], one, stamp) for one in arrivals if str(one.key) in ids]
    if versions:
        connection.execute(sa.insert(document_version), versions)
    return frozenset(ids)


def _sharing(
    connection: sa.Connection,
    rows: Sequence[Columns],
    names: tuple[str, ...],
    *among: sa.ColumnElement[bool],
) -> frozenset[str]:
    """Return the keys of the rows that have all these columns in common with another document."""
    of_row = itemgetter(*names)
    values = [(row["document_key"], of_row(row)) for row in rows if None not in of_row(row)]
    columns = [document.c[name] for name in names]
    alike = sa.tuple_(*columns).in_({one for _, one in values})
    there = connection.execute(sa.select(*columns).where(alike, *among))
    times = Counter(one for _, one in values)
    times.update(tuple(row) for row in there)
    return frozenset(key for key, one in values if times[one] > 1)
