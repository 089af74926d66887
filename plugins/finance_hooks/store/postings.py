"""Keep one row per act of bringing a document into one set of books, in a state the database guards."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import metadata

posting_move = sa.Table(
    "posting_move",
    metadata,
    sa.Column("from_state", sa.Text, primary_key=True),
    sa.Column("to_state", sa.Text, primary_key=True),
)
"""The allowed moves; a trigger on `posting` refuses every other one."""

posting = sa.Table(
    "posting",
    metadata,
    sa.Column("posting_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("posting_key", sa.Text, nullable=False, unique=True),
    sa.Column("reference", sa.Text, nullable=False, unique=True),
    sa.Column("document_id", sa.BigInteger, sa.ForeignKey("document.document_id"), nullable=False),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("books", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("adopted", sa.Boolean, nullable=False, server_default=sa.text("false")),
    sa.Column("not_before", sa.DateTime(timezone=True)),
    sa.Column("waiting_why", sa.Text),
    sa.Column("reasons", pg.JSONB, nullable=False, server_default="[]"),
    sa.Column("warnings", pg.JSONB, nullable=False, server_default="[]"),
    sa.Column("reasons_since_run", sa.Text),
    sa.Column("refused_on", sa.Date),
    sa.Column("refused_digest", sa.Text),
    sa.Column("content_digest", sa.Text, nullable=False),
    sa.Column("mapping_digest", sa.Text),
    sa.Column("mapping_rows", pg.JSONB, nullable=False, server_default="{}"),
    sa.Column("parties", pg.JSONB, nullable=False, server_default="[]"),
    sa.Column("entry", pg.JSONB(none_as_null=True)),
    sa.Column("entry_digest", sa.Text),
    sa.Column("journal", sa.Text),
    sa.Column("fiscal_year", sa.Integer),
    sa.Column("period", sa.Integer),
    sa.Column("gross_in_books", sa.Numeric(18, 2)),
    sa.Column("frozen_at", sa.DateTime(timezone=True)),
    sa.Column("lease_generation", sa.BigInteger),
    sa.Column("sent_until", sa.DateTime(timezone=True)),
    sa.Column("target_entry_id", sa.Text),
    sa.Column("target_entry_number", sa.Text),
    sa.Column("booked_at", sa.DateTime(timezone=True)),
    sa.Column("sent_run_id", sa.Text),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("held_at", sa.DateTime(timezone=True)),
    sa.Column("held_by", sa.Text),
    sa.Column("held_why", sa.Text),
    sa.Column("follows", sa.BigInteger, sa.ForeignKey("posting.posting_id"), unique=True),
    sa.Column("gone_at", sa.DateTime(timezone=True)),
    sa.Column("is_booking", sa.Text),
    sa.Column("told_apart", pg.JSONB, nullable=False, server_default="[]"),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("export_file.file_id")),
    sa.Column("delivered_at", sa.DateTime(timezone=True)),
    sa.CheckConstraint("state <> 'sending' OR (frozen_at IS NOT NULL AND entry IS NOT NULL)", name="frozen"),
    sa.CheckConstraint("state <> 'parked' OR reasons <> '[]'::jsonb", name="parked_has_reasons"),
    sa.CheckConstraint("state <> 'booked' OR target_entry_id IS NOT NULL", name="booked_has_id"),
)
"""`entry` is frozen while `frozen_at` is set: from its first sending until it is booked or parked.

`mapping_rows` holds the rows of the mapping files behind the entry, by `file:line`, as they stood.
`parties` are those it is booked on, as the tables write them. `journal`, `fiscal_year` and `period` are where
the entry stands, and without one where it would, as far as that is known.
`sent_run_id` is the run that last sent it, NULL when it was adopted; after `sent_until` its sender sent no
more. `reasons_since_run` is the run in which the present reasons first arose. `held_at`, `held_by` and
`held_why` are set while a person holds it back. `follows` is the posting of the same document before it: a
reversal follows what it reverses, a new booking follows the reversal, or a booking that has gone from the
books. `gone_at` is when somebody decided that it need not stand there any more. `is_booking` is the booking
that a person says is this document, `told_apart` those that a person says are not. `file_id` is the file it
was last to be written to.
"""

sa.Index("ix_posting_books_state", posting.c.books, posting.c.state, postgresql_include=["document_id"])
sa.Index(
    "ix_posting_books_period",
    posting.c.books,
    posting.c.fiscal_year,
    posting.c.period,
    posting.c.journal,
)
sa.Index(
    "ix_posting_unbooked", posting.c.sync_id, posting.c.state, postgresql_where=sa.text("state <> 'booked'")
)
sa.Index("ix_posting_file", posting.c.file_id, postgresql_where=sa.text("file_id IS NOT NULL"))
sa.Index("ix_posting_document", posting.c.document_id)
sa.Index("ix_posting_reversals", posting.c.books, postgresql_where=sa.text("purpose = 'reverse'"))
sa.Index("ix_posting_entry_number", posting.c.books, posting.c.target_entry_number)
sa.Index(
    "ix_posting_place",
    posting.c.sync_id,
    posting.c.fiscal_year,
    posting.c.period,
    posting.c.journal,
    posting.c.booked_at,
    posting.c.posting_id,
    postgresql_where=sa.text("journal IS NOT NULL"),
)
sa.Index(
    "ix_posting_newest",
    posting.c.sync_id,
    posting.c.document_id,
    posting.c.posting_id,
    postgresql_include=["state"],
)
sa.Index(
    "ix_posting_period",
    posting.c.sync_id,
    posting.c.fiscal_year,
    posting.c.period,
    posting.c.document_id,
)
