"""Create what a running installation needs: leases, tokens, budgets, cache."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("wanted_until", INSTANT),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "token",
        sa.Column("grant_key", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text, nullable=False),
        sa.Column("refresh_digest", sa.Text, nullable=False),
        sa.Column("access_token", sa.Text, nullable=False),
        sa.Column("obtained_at", INSTANT, nullable=False),
        sa.Column("access_expires_at", INSTANT, nullable=False),
        sa.Column("attempt_at", INSTANT),
        sa.Column("attempt_digest", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("needs_consent_since", INSTANT),
        sa.Column("needs_consent_why", sa.Text),
        sa.PrimaryKeyConstraint("grant_key", name="pk_token"),
    )
    op.create_table(
        "budget",
        sa.Column("counter", sa.Text, nullable=False),
        sa.Column("window_s", sa.Integer, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("learned_limit", sa.Integer),
        sa.PrimaryKeyConstraint("counter", "window_s", name="pk_budget"),
    )
    op.create_table(
        "cache",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name="pk_cache"),
    )
