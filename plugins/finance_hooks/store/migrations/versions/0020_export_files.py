"""Keep which file a posting was written to, and let it be known as delivered afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOVES = (("pending", "delivered"), ("unknown", "delivered"))


def upgrade() -> None:
    op.create_table(
        "export_file",
        sa.Column("file_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("sync_id", sa.Text, nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.UniqueConstraint("location", "name", name="uq_export_file_location_name"),
    )
    op.create_index("ix_export_file_sync_id_made_at", "export_file", ["sync_id", "made_at"])
    op.add_column(
        "posting",
        sa.Column(
            "file_id",
            sa.BigInteger,
            sa.ForeignKey("export_file.file_id", name="fk_posting_file_id"),
        ),
    )
    op.add_column("posting", sa.Column("delivered_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_posting_file", "posting", ["file_id"], postgresql_where=sa.text("file_id IS NOT NULL")
    )
    op.bulk_insert(
        sa.table("posting_move", sa.column("from_state"), sa.column("to_state")),
        [{"from_state": origin, "to_state": to} for origin, to in MOVES],
    )


def downgrade() -> None:
    op.execute("DELETE FROM posting_move WHERE to_state = 'delivered' AND from_state <> 'sending'")
    op.drop_index("ix_posting_file", "posting")
    op.drop_column("posting", "delivered_at")
    op.drop_column("posting", "file_id")
    op.drop_table("export_file")
