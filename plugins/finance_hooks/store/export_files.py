"""Keep one row per file of entries: where it is put, under which name, and which postings it holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.events import Stamp
from finance_hooks.store.metadata import Instant, metadata
from finance_hooks.store.postings import posting

export_file = sa.Table(
    "export_file",
    metadata,
    sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("location", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.UniqueConstraint("location", "name"),
)
sa.Index("ix_export_file_sync_id_made_at", export_file.c.sync_id, export_file.c.made_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """Where a file is, or was to be, put."""

    file_id: int
    location: str
    name: str


def add_file(connection: sa.Connection, sync_id: str, location: str, name: str, stamp: Stamp) -> FilePlace:
    """Take a name for a file; `name` holds `{file_id}` where the file's own number is to stand."""
    file_id = connection.execute(sa.select(sa.func.nextval(_sequence()))).scalar_one()
    named = name.replace("{file_id}", str(file_id))
    connection.execute(
        sa.insert(export_file).values(
            file_id=file_id,
            sync_id=sync_id,
            location=location,
            name=named,
            made_at=stamp.at,
            run_id=stamp.run_id,
        )
    )
    return FilePlace(file_id=file_id, location=location, name=named)


def unknown_names(connection: sa.Connection, location: str, names: Collection[str]) -> frozenset[str]:
    """Return which of these names at a location the store knows no file of."""
    if not names:
        return frozenset()
    chosen = sa.select(export_file.c.name).where(
        export_file.c.location == location, export_file.c.name.in_(sorted(names))
    )
    return frozenset(names) - frozenset(connection.execute(chosen).scalars())


def places_in_question(connection: sa.Connection, books: str) -> list[FilePlace]:
    """Return the files that open postings of some books were to be written to."""
    chosen = (
        sa.select(export_file.c.file_id, export_file.c.location, export_file.c.name)
        .join(posting, posting.c.file_id == export_file.c.file_id)
        .where(
            posting.c.books == books,
            posting.c.state.in_((PostingState.UNKNOWN.value, PostingState.PENDING.value)),
        )
        .distinct()
    )
    return [FilePlace(**row) for row in connection.execute(chosen).mappings()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredFile:
    """One file of which not every posting is known to be booked: `waiting` of `documents` are not."""

    file_id: int
    location: str
    name: str
    made_at: datetime
    documents: int
    waiting: int


def delivered_files(connection: sa.Connection, sync_id: str) -> list[DeliveredFile]:
    """Return the files of an administration that are not wholly confirmed, oldest first."""
    waiting = sa.func.count().filter(posting.c.state == PostingState.DELIVERED.value)
    chosen = (
        sa.select(
            export_file.c.file_id,
            export_file.c.location,
            export_file.c.name,
            export_file.c.made_at,
            sa.func.count().label("documents"),
            waiting.label("waiting"),
        )
        .join(posting, posting.c.file_id == export_file.c.file_id)
        .where(export_file.c.sync_id == sync_id)
        .group_by(export_file.c.file_id)
        .having(waiting > 0)
        .order_by(export_file.c.file_id)
    )
    return [DeliveredFile(**row) for row in connection.execute(chosen).mappings()]


def delivered_with(connection: sa.Connection, books: str, references: Collection[str]) -> dict[int, str]:
    """Return the delivered postings of some books that bear one of these references: id to reference."""
    if not references:
        return {}
    chosen = sa.select(posting.c.posting_id, posting.c.reference).where(
        posting.c.books == books,
        posting.c.state == PostingState.DELIVERED.value,
        posting.c.reference.in_(sorted(references)),
    )
    return {row.posting_id: row.reference for row in connection.execute(chosen)}


def _sequence() -> sa.ColumnElement[Any]:
    return sa.func.pg_get_serial_sequence("export_file", "file_id")
