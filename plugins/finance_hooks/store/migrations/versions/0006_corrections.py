"""Let a posting follow another one of its document, and keep what a person decided about a finding."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

GUARD_FOLLOWING = """
CREATE FUNCTION refuse_posting_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.follows IS NOT NULL AND NOT EXISTS (
            SELECT FROM posting AS earlier
            WHERE earlier.posting_id = NEW.follows
            AND earlier.document_id = NEW.document_id
            AND earlier.books = NEW.books
            AND (
                (earlier.purpose = 'reverse' AND NEW.purpose = 'book')
                OR (
                    earlier.purpose = 'book' AND earlier.state = 'booked'
                    AND (NEW.purpose = 'reverse' OR earlier.gone_at IS NOT NULL)
                )
            )
        ) THEN
            RAISE EXCEPTION 'posting % may not follow posting %', NEW.posting_key, NEW.follows;
        END IF;
    ELSIF NEW.state = 'sending' AND OLD.state <> 'sending' AND EXISTS (
        SELECT FROM posting AS earlier
        WHERE earlier.posting_id = NEW.follows
        AND earlier.purpose = 'reverse' AND earlier.state <> 'booked'
    ) THEN
        RAISE EXCEPTION 'posting % waits until the reversal before it is booked', OLD.posting_id;
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.add_column("posting", sa.Column("follows", sa.BigInteger()))
    op.create_foreign_key("fk_posting_follows", "posting", "posting", ["follows"], ["posting_id"])
    op.create_unique_constraint("uq_posting_follows", "posting", ["follows"])
    op.create_index(
        "ix_posting_reversals",
        "posting",
        ["books"],
        unique=False,
        postgresql_where=sa.text("purpose = 'reverse'"),
    )
    op.add_column("posting", sa.Column("gone_at", INSTANT))
    op.add_column("posting", sa.Column("is_booking", sa.Text()))
    op.add_column("posting", sa.Column("told_apart", JSONB(), server_default="[]", nullable=False))
    op.add_column("finding", sa.Column("decision", sa.Text()))
    op.add_column("finding", sa.Column("decided_at", INSTANT))
    op.add_column("finding", sa.Column("decided_by", sa.Text()))
    op.add_column("finding", sa.Column("decided_why", sa.Text()))
    op.add_column("finding", sa.Column("kept_back", JSONB()))
    op.execute(GUARD_FOLLOWING)
    op.execute(
        "CREATE TRIGGER posting_order BEFORE INSERT OR UPDATE ON posting"
        " FOR EACH ROW EXECUTE FUNCTION refuse_posting_order()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER posting_order ON posting")
    op.execute("DROP FUNCTION refuse_posting_order()")
    for column in ("decision", "decided_at", "decided_by", "decided_why", "kept_back"):
        op.drop_column("finding", column)
    op.drop_index("ix_posting_reversals", table_name="posting")
    for column in ("follows", "gone_at", "is_booking", "told_apart"):
        op.drop_column("posting", column)
