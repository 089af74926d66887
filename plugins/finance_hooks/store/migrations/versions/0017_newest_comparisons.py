"""Keep the newest comparison of each journal and period, and find what is booked there without a scan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEWEST = """
INSERT INTO comparison (
    sync_id, fiscal_year, period, journal, run_id, compared_at, documents, source_gross, store_gross,
    books_gross, debit, credit, not_ours, forgotten, agrees, figures
)
SELECT DISTINCT ON (run.sync_id, place.fiscal_year, place.period, place.journal)
    run.sync_id, place.fiscal_year, place.period, place.journal, run.run_id, place.compared_at,
    place.documents, place.source_gross, place.store_gross, place.books_gross, place.debit, place.credit,
    place.not_ours,
    (
        SELECT count(*)
        FROM jsonb_array_elements(coalesce(figures->'not_ours_entries', '[]')) AS other
        WHERE coalesce(other->>'reference', '') <> ''
    ),
    place.source_gross = place.books_gross AND NOT EXISTS (
        SELECT FROM unnest(ARRAY['vat', 'vat_base', 'vat_shifted', 'box_base', 'box_vat', 'parties']) AS side,
            jsonb_each(coalesce(figures->side, '{}')) AS pair
        WHERE (pair.value->>0)::numeric <> (pair.value->>1)::numeric
    ),
    figures
FROM run,
    jsonb_array_elements(run.reconciliation) AS figures,
    jsonb_to_record(figures) AS place(
        journal text, fiscal_year integer, period integer, compared_at timestamptz, documents integer,
        source_gross numeric, store_gross numeric, books_gross numeric, debit numeric, credit numeric,
        not_ours integer
    )
WHERE jsonb_typeof(run.reconciliation) = 'array'
ORDER BY run.sync_id, place.fiscal_year, place.period, place.journal, place.compared_at DESC
"""


def upgrade() -> None:
    op.create_table(
        "comparison",
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("source_gross", sa.Numeric(18, 2), nullable=False),
        sa.Column("store_gross", sa.Numeric(18, 2), nullable=False),
        sa.Column("books_gross", sa.Numeric(18, 2), nullable=False),
        sa.Column("debit", sa.Numeric(18, 2), nullable=False),
        sa.Column("credit", sa.Numeric(18, 2), nullable=False),
        sa.Column("not_ours", sa.Integer(), nullable=False),
        sa.Column("forgotten", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("figures", pg.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("sync_id", "fiscal_year", "period", "journal", name="pk_comparison"),
    )
    op.execute(NEWEST)
    op.create_index(
        "ix_posting_place",
        "posting",
        ["sync_id", "fiscal_year", "period", "journal", "booked_at", "posting_id"],
        postgresql_where=sa.text("journal IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_posting_place", "posting")
    op.drop_table("comparison")
