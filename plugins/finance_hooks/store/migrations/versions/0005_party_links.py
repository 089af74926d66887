"""Keep which relation of a package each party of the source is, and which parties a document needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("posting", sa.Column("parties", JSONB(), nullable=False, server_default="[]"))
    op.create_table(
        "party_link",
        sa.Column("books", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("target_party", sa.Text()),
        sa.Column("target_id", sa.Text()),
        sa.Column("matched_by", sa.Text()),
        sa.Column("content_digest", sa.Text()),
        sa.Column("faults", JSONB(), nullable=False, server_default="[]"),
        sa.Column("proposal", JSONB()),
        sa.Column("refused_on", sa.Date()),
        sa.Column("lease_generation", sa.BigInteger()),
        sa.Column("sent_until", INSTANT),
        sa.Column("written_at", INSTANT),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("books", "organisation", "party", "role", name="pk_party_link"),
        sa.CheckConstraint(
            "state <> 'linked' OR target_party IS NOT NULL", name="ck_party_link_linked_has_party"
        ),
        sa.CheckConstraint(
            "state NOT IN ('writing', 'unknown') OR sent_until IS NOT NULL",
            name="ck_party_link_written_has_end",
        ),
        sa.CheckConstraint(
            "state <> 'parked' OR faults <> '[]'::jsonb", name="ck_party_link_parked_has_faults"
        ),
    )


def downgrade() -> None:
    op.drop_table("party_link")
    op.drop_column("posting", "parties")
