"""Keep every document as it was received, for ever known by its key."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.document import DocumentType
from finance_hooks.store.metadata import metadata

document = sa.Table(
    "document",
    metadata,
    sa.Column("document_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("document_key", sa.Text, nullable=False, unique=True),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("document_type", sa.Text, nullable=False),
    sa.Column("source_document_id", sa.Text, nullable=False),
    sa.Column("export_sequence", sa.Integer, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("party", sa.Text, nullable=False, server_default=""),
    sa.Column("party_code", sa.Text),
    sa.Column("document_date", sa.Date),
    sa.Column("gross", sa.Numeric(18, 2)),
    sa.Column("content_digest", sa.Text, nullable=False),
    sa.Column("number_reused_of", sa.BigInteger, sa.ForeignKey("document.document_id")),
    sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    sa.Column("withdrawn_why", sa.Text),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("revised_at", sa.DateTime(timezone=True)),
)
"""One row per document key. `gross` is in the organisation's currency, NULL while unreadable.

`party` is within whose numbers the number is unique, `party_code` the relation that owes or is owed.
`revised_at` is when something of it last came again otherwise than before, NULL on most.
"""

UNNAMED = sa.text(
    "document.document_type NOT IN ({})".format(", ".join(f"'{one.value}'" for one in DocumentType))
)
"""Whose type could not be read. As text: PostgreSQL must see that a query asks what its index holds."""

sa.Index(
    "ix_document_number",
    document.c.source_id,
    document.c.organisation,
    document.c.document_type,
    document.c.party,
    document.c.number,
    document.c.export_sequence,
    unique=True,
    postgresql_where=sa.text("number_reused_of IS NULL AND number IS NOT NULL"),
)
sa.Index("ix_document_source", document.c.source_id, document.c.organisation, document.c.source_document_id)
sa.Index(
    "ix_document_date",
    document.c.source_id,
    document.c.organisation,
    document.c.document_date,
    postgresql_include=["document_id"],
)
sa.Index("ix_document_unnamed", document.c.source_id, document.c.organisation, postgresql_where=UNNAMED)
sa.Index(
    "ix_document_revised",
    document.c.document_id,
    postgresql_where=sa.text("revised_at IS NOT NULL OR withdrawn_at IS NOT NULL"),
)
sa.Index(
    "ix_document_called",
    document.c.organisation,
    sa.func.lower(sa.func.coalesce(document.c.number, document.c.source_document_id)).label("called"),
    postgresql_ops={"called": "text_pattern_ops"},
)
sa.Index("ix_document_party_code", document.c.organisation, document.c.party_code, document.c.document_id)
sa.Index("ix_document_gross", document.c.organisation, sa.func.abs(document.c.gross))
sa.Index("ix_document_day", document.c.organisation, document.c.document_date, document.c.document_id)

document_version = sa.Table(
    "document_version",
    metadata,
    sa.Column("document_id", sa.BigInteger, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("content_digest", sa.Text, primary_key=True),
    sa.Column("resource", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary),
    sa.Column("changed_at", sa.DateTime(timezone=True)),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("run_id", sa.Text, nullable=False, index=True),
    sa.Column("purged_at", sa.DateTime(timezone=True)),
    sa.CheckConstraint("(body IS NULL) = (purged_at IS NOT NULL)", name="purged"),
)
"""Every version as received: the body is the source's own JSON, compressed with zlib, until it is purged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """One document of the store with its newest body."""

    document_id: int
    document_key: str
    source_document_id: str
    resource: str
    number: str | None
    content_digest: str
    body: bytes
    changed_at: datetime | None
    number_reused_of: str | None
    withdrawn_why: str | None


def read_documents(connection: sa.Connection, document_ids: Sequence[int]) -> Iterator[StoredDocument]:
    """Read documents with the newest body of each, in the order of their ids; those purged are left out."""
    wanted = document.c.document_id == sa.any_(pg.array(document_ids, type_=sa.BigInteger))
    return _read(connection, wanted)


def read_version(connection: sa.Connection, document_id: int, content_digest: str) -> StoredDocument | None:
    """Read a document as it was in one of its versions, `None` when the store no longer has its body."""
    is_wanted = (document.c.document_id == document_id) & (
        document_version.c.content_digest == content_digest
    )
    rows = connection.execute(
        _chosen(document_version.c.document_id == document.c.document_id).where(is_wanted)
    )
    return next((_stored(row) for row in rows if row.body), None)


def read_unnamed(connection: sa.Connection, source_id: str, organisation: str) -> Iterator[StoredDocument]:
    """Read the documents that are keyed by their resource, because their type could not be read."""
    chosen = sa.select(document.c.document_id).where(
        document.c.source_id == source_id,
        document.c.organisation == organisation,
        UNNAMED,
        document.c.withdrawn_at.is_(None),
    )
    # Asked first and alone: PostgreSQL takes them for many and would read every version there is.
    found = connection.execute(chosen).scalars().all()
    return read_documents(connection, found)


def may_differ_from_first() -> sa.ColumnElement[bool]:
    """Choose the documents that came again otherwise, or were taken back; the few that an index holds."""
    return document.c.revised_at.is_not(None) | document.c.withdrawn_at.is_not(None)


def is_earlier_export(earlier: sa.FromClause, later: sa.FromClause) -> sa.ColumnElement[bool]:
    """Choose the pairs of documents of which one is an earlier export of the other."""
    one, other = earlier.c, later.c
    return sa.and_(
        one.source_id == other.source_id,
        one.organisation == other.organisation,
        one.document_type == other.document_type,
        one.source_document_id == other.source_document_id,
        one.export_sequence < other.export_sequence,
    )


def body_is_purged() -> sa.ColumnElement[bool]:
    """Choose the documents whose present version has lost its body: what they were is no longer known."""
    present = sa.select(document_version.c.document_id).where(
        document_version.c.document_id == document.c.document_id,
        document_version.c.content_digest == document.c.content_digest,
        document_version.c.body.is_(None),
    )
    return sa.exists(present.correlate(document))


def _read(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> Iterator[StoredDocument]:
    is_newest = (document_version.c.document_id == document.c.document_id) & (
        document_version.c.content_digest == document.c.content_digest
    )
    has_body = document_version.c.body.is_not(None)
    chosen = _chosen(is_newest).where(has_body, *wanted).order_by(document.c.document_id)
    for row in connection.execute(chosen).all():
        yield _stored(row)


def _chosen(version: sa.ColumnElement[bool]) -> sa.Select[Any]:
    holder = document.alias("holder")
    return (
        sa.select(
            document.c.document_id,
            document.c.document_key,
            document.c.source_document_id,
            document.c.number,
            document.c.withdrawn_why,
            document_version.c.content_digest,
            document_version.c.resource,
            document_version.c.body,
            document_version.c.changed_at,
            holder.c.document_key.label("holder_key"),
        )
        .join(document_version, version)
        .join(holder, holder.c.document_id == document.c.number_reused_of, isouter=True)
    )


def _stored(row: sa.Row[Any]) -> StoredDocument:
    return StoredDocument(
        document_id=row.document_id,
        document_key=row.document_key,
        source_document_id=row.source_document_id,
        resource=row.resource,
        number=row.number,
        content_digest=row.content_digest,
        body=zlib.decompress(row.body),
        changed_at=row.changed_at,
        number_reused_of=row.holder_key,
        withdrawn_why=row.withdrawn_why,
    )
