"""Keep what the source was told about each document, and the files of bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STATES = ("pending", "sending", "unknown", "attached", "missing", "refused")


def upgrade() -> None:
    op.create_table(
        "export_result",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("books", sa.Text(), nullable=False),
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean()),
        sa.Column("message", sa.Text()),
        sa.PrimaryKeyConstraint("document_id", "books", name="pk_export_result"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name="fk_export_result_document_id"
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.posting_id"], name="fk_export_result_posting_id"),
    )
    op.create_index("ix_export_result_run_id", "export_result", ["run_id"])
    op.create_table(
        "attachment",
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("size_bytes", sa.BigInteger()),
        sa.Column("target_id", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("lease_generation", sa.BigInteger()),
        sa.Column("sent_until", INSTANT),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("posting_id", name="pk_attachment"),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.posting_id"], name="fk_attachment_posting_id"),
        sa.CheckConstraint(f"state IN {STATES}", name="ck_attachment_state"),
        sa.CheckConstraint(
            "state <> 'attached' OR target_id IS NOT NULL", name="ck_attachment_attached_has_id"
        ),
        sa.CheckConstraint(
            "state <> 'sending' OR (sha256 IS NOT NULL AND sent_until IS NOT NULL)",
            name="ck_attachment_sending_has_file",
        ),
    )
    op.create_index("ix_attachment_run_id", "attachment", ["run_id"])


def downgrade() -> None:
    op.drop_table("attachment")
    op.drop_table("export_result")
