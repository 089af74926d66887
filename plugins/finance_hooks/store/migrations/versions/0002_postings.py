"""Create what the books are proved with: documents, postings and their moves, events, findings, runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

MOVES = (
    "pending sending",
    "pending booked",
    "pending parked",
    "sending booked",
    "sending unknown",
    "sending parked",
    "sending pending",
    "sending delivered",
    "delivered booked",
    "delivered parked",
    "unknown booked",
    "unknown pending",
    "unknown parked",
    "parked pending",
)

GUARD_MOVES = """
CREATE FUNCTION refuse_posting_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending' THEN
            RAISE EXCEPTION 'a posting starts as pending, not as %', NEW.state;
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM posting_move WHERE from_state = OLD.state AND to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'posting % may not move from % to %', OLD.posting_id, OLD.state, NEW.state;
    ELSIF OLD.frozen_at IS NOT NULL AND NEW.entry IS DISTINCT FROM OLD.entry THEN
        RAISE EXCEPTION 'the entry of posting % is frozen until it is settled', OLD.posting_id;
    END IF;
    RETURN NEW;
END $$
"""

GUARD_EVENTS = """
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added';
END $$
"""


def upgrade() -> None:
    _documents()
    _postings()
    _history()
    op.bulk_insert(
        sa.table("posting_move", sa.column("from_state"), sa.column("to_state")),
        [dict(zip(("from_state", "to_state"), move.split(), strict=True)) for move in MOVES],
    )
    op.execute(GUARD_MOVES)
    op.execute(
        "CREATE TRIGGER posting_move BEFORE INSERT OR UPDATE ON posting"
        " FOR EACH ROW EXECUTE FUNCTION refuse_posting_move()"
    )
    op.execute(GUARD_EVENTS)
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event"
        " FOR EACH ROW EXECUTE FUNCTION refuse_event_change()"
    )


def downgrade() -> None:
    for table in ("finding", "event", "run", "watermark", "posting", "posting_move", "document_version"):
        op.drop_table(table)
    op.drop_table("document")
    op.execute("DROP FUNCTION refuse_posting_move()")
    op.execute("DROP FUNCTION refuse_event_change()")


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("document_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("document_key", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("source_document_id", sa.Text(), nullable=False),
        sa.Column("export_sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("party", sa.Text(), server_default="", nullable=False),
        sa.Column("document_date", sa.Date()),
        sa.Column("gross", sa.Numeric(18, 2)),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("number_reused_of", sa.BigInteger()),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_why", sa.Text()),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["number_reused_of"], ["document.document_id"], name="fk_document_number_reused_of"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_document"),
        sa.UniqueConstraint("document_key", name="uq_document_document_key"),
    )
    op.create_index(
        "ix_document_date", "document", ["source_id", "organisation", "document_date"], unique=False
    )
    op.create_index(
        "ix_document_number",
        "document",
        ["source_id", "organisation", "document_type", "party", "number", "export_sequence"],
        unique=True,
        postgresql_where=sa.text("number_reused_of IS NULL AND number IS NOT NULL"),
    )
    op.create_table(
        "document_version",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", INSTANT),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name="fk_document_version_document_id"
        ),
        sa.PrimaryKeyConstraint("document_id", "content_digest", name="pk_document_version"),
    )
    op.create_index("ix_document_version_run_id", "document_version", ["run_id"], unique=False)


def _postings() -> None:
    op.create_table(
        "posting_move",
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("from_state", "to_state", name="pk_posting_move"),
    )
    op.create_table(
        "posting",
        sa.Column("posting_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("posting_key", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("books", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("not_before", INSTANT),
        sa.Column("waiting_why", sa.Text()),
        sa.Column("reasons", JSONB, server_default="[]", nullable=False),
        sa.Column("warnings", JSONB, server_default="[]", nullable=False),
        sa.Column("reasons_since_run", sa.Text()),
        sa.Column("refused_on", sa.Date()),
        sa.Column("refused_digest", sa.Text()),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("mapping_digest", sa.Text()),
        sa.Column("mapping_rows", JSONB, server_default="{}", nullable=False),
        sa.Column("entry", JSONB),
        sa.Column("entry_digest", sa.Text()),
        sa.Column("journal", sa.Text()),
        sa.Column("fiscal_year", sa.Integer()),
        sa.Column("period", sa.Integer()),
        sa.Column("gross_in_books", sa.Numeric(18, 2)),
        sa.Column("frozen_at", INSTANT),
        sa.Column("lease_generation", sa.BigInteger()),
        sa.Column("sent_until", INSTANT),
        sa.Column("target_entry_id", sa.Text()),
        sa.Column("target_entry_number", sa.Text()),
        sa.Column("booked_at", INSTANT),
        sa.Column("sent_run_id", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state <> 'booked' OR target_entry_id IS NOT NULL", name="ck_posting_booked_has_id"
        ),
        sa.CheckConstraint(
            "state <> 'parked' OR reasons <> '[]'::jsonb", name="ck_posting_parked_has_reasons"
        ),
        sa.CheckConstraint(
            "state <> 'sending' OR (frozen_at IS NOT NULL AND entry IS NOT NULL)", name="ck_posting_frozen"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name="fk_posting_document_id"),
        sa.PrimaryKeyConstraint("posting_id", name="pk_posting"),
        sa.UniqueConstraint("posting_key", name="uq_posting_posting_key"),
        sa.UniqueConstraint("reference", name="uq_posting_reference"),
    )
    op.create_index("ix_posting_books_state", "posting", ["books", "state"], unique=False)
    op.create_index("ix_posting_document", "posting", ["document_id"], unique=False)
    op.create_index("ix_posting_entry_number", "posting", ["books", "target_entry_number"], unique=False)


def _history() -> None:
    op.create_table(
        "run",
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("selection", JSONB),
        sa.Column("reconciliation", JSONB),
        sa.Column("report", JSONB),
        sa.Column("concluded_at", INSTANT),
        sa.PrimaryKeyConstraint("sync_id", "run_id", name="pk_run"),
    )
    op.create_table(
        "watermark",
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("changed_until", INSTANT, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sync_id", "resource", name="pk_watermark"),
    )
    op.create_table(
        "event",
        sa.Column("event_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        sa.Column("posting_id", sa.BigInteger()),
        sa.Column("document_id", sa.BigInteger()),
        sa.Column("detail", JSONB, server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name="fk_event_document_id"),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.posting_id"], name="fk_event_posting_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event"),
    )
    op.create_index("ix_event_document_id", "event", ["document_id"], unique=False)
    op.create_index("ix_event_posting_id", "event", ["posting_id"], unique=False)
    op.create_index("ix_event_run_id", "event", ["run_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("finding_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", JSONB, server_default="{}", nullable=False),
        sa.Column("first_run_id", sa.Text(), nullable=False),
        sa.Column("first_found_at", INSTANT, nullable=False),
        sa.Column("last_found_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.posting_id"], name="fk_finding_posting_id"),
        sa.PrimaryKeyConstraint("finding_id", name="pk_finding"),
        sa.UniqueConstraint("kind", "posting_id", "subject", name="uq_finding_kind_posting_id_subject"),
    )
