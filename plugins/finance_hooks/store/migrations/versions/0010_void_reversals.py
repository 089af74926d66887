"""Let a new booking go whose reversal has become void, because what it was to reverse is gone."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GUARD_FOLLOWING = """
CREATE OR REPLACE FUNCTION refuse_posting_order() RETURNS trigger LANGUAGE plpgsql AS $$
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
        {void}
    ) THEN
        RAISE EXCEPTION 'posting % waits until the reversal before it is booked', OLD.posting_id;
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(GUARD_FOLLOWING.format(void="AND earlier.gone_at IS NULL"))


def downgrade() -> None:
    op.execute(GUARD_FOLLOWING.format(void=""))
