"""The newest comparison of each journal and period is kept, and those of stores before it are taken over."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import command

from finance_hooks.model.entry import Period
from finance_hooks.posting.comparison import Comparison, NotOurs, comparison_to_plain
from finance_hooks.store import migrate
from finance_hooks.store.comparisons import (
    Finished,
    keep_comparisons,
    newest_comparisons,
    read_figures,
)
from finance_hooks.store.runs import start_run, write_run
from tests.store.counting import counted

AT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
NOVEMBER = Period(fiscal_year=2026, number=11)
FORGOTTEN = NotOurs(
    number="2670001",
    document="R1",
    entry_date=AT.date(),
    party="10",
    debit=Decimal(121),
    description="[QABC]",
    reference="QABC",
)


def compared(journal: str = "70", period: int = 11, gross: str = "121.00", **changed: Any) -> Comparison:
    return Comparison(
        journal=journal,
        fiscal_year=2026,
        period=period,
        documents=1,
        source_gross=Decimal("121.00"),
        books_gross=Decimal(gross),
        vat={"2": (Decimal("21.00"), Decimal("21.00"))},
        **changed,
    )


def finished(comparison: Comparison, at: datetime = AT) -> Finished:
    return Finished(
        figures=comparison_to_plain(comparison, at),
        compared_at=at,
        forgotten=comparison.not_ours,
        agrees=comparison.agrees,
    )


def test_newest_comparison_of_each_journal_and_period_is_kept(engine: sa.Engine) -> None:
    later = AT + timedelta(days=1)
    with engine.begin() as connection:
        one, other = finished(compared(gross="100.00")), finished(compared("60", period=10))
        keep_comparisons(connection, "exact_nl", "night 1", [one, other])
        keep_comparisons(connection, "exact_nl", "night 2", [finished(compared(), later)])
        keep_comparisons(connection, "exact_nl", "late", [one])
        keep_comparisons(connection, "exact_nl", "nothing", [])

        (november, october) = newest_comparisons(connection, ["exact_nl", "afas_nl"])

    assert (november.journal, november.period, november.run_id) == ("70", NOVEMBER, "night 2")
    assert (november.compared_at, november.books_gross, november.agrees) == (later, Decimal("121.00"), True)
    assert (october.journal, october.period.number, october.compared_at) == ("60", 10, AT)


def test_whole_comparison_of_one_place_is_read_by_itself(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        keep_comparisons(connection, "exact_nl", "night", [finished(compared())])

        figures = read_figures(connection, "exact_nl", "70", NOVEMBER)
        elsewhere = read_figures(connection, "exact_be", "70", NOVEMBER)

    assert figures is not None
    assert figures["vat"] == {"2": ["21.00", "21.00"]}
    assert elsewhere is None


def test_comparisons_of_many_administrations_take_one_statement(engine: sa.Engine) -> None:
    sync_ids = [f"sync_{n}" for n in range(20)]
    with engine.begin() as connection:
        for sync_id in sync_ids:
            keep_comparisons(connection, sync_id, "night", [finished(compared()), finished(compared("60"))])
        with counted(connection) as made:
            found = newest_comparisons(connection, sync_ids)

    assert (len(found), len(made.statements)) == (40, 1)


def test_what_runs_compared_before_there_was_a_table_for_it_is_taken_over(engine: sa.Engine) -> None:
    older, differing = compared(), compared(gross="100.00")
    by_code = compared("60", parties={"10": (Decimal(1), Decimal(2))})
    forgotten = compared("90", not_ours=1, not_ours_entries=[FORGOTTEN])
    runs = {
        "night 1": [comparison_to_plain(older, AT)],
        "night 2": [
            comparison_to_plain(one, AT + timedelta(days=1)) for one in (differing, by_code, forgotten)
        ],
        "night 3": [],
        "night 4": None,
    }
    move(engine, "downgrade", "0017-1")
    with engine.begin() as connection:
        for run_id, reconciliation in runs.items():
            start_run(connection, "exact_nl", run_id, at=AT)
            write_run(connection, "exact_nl", run_id, reconciliation=reconciliation)

    move(engine, "upgrade", "0017")

    with engine.begin() as connection:
        found = {one.journal: one for one in newest_comparisons(connection, ["exact_nl"])}
        figures = read_figures(connection, "exact_nl", "70", NOVEMBER)
    assert {journal: (one.run_id, one.agrees, one.forgotten) for journal, one in found.items()} == {
        "60": ("night 2", False, 0),
        "70": ("night 2", False, 0),
        "90": ("night 2", True, 1),
    }
    assert found["70"].books_gross == Decimal("100.00")
    assert figures == comparison_to_plain(differing, AT + timedelta(days=1))


def move(engine: sa.Engine, how: str, revision: str) -> None:
    """Migrate a store to a revision, up or down."""
    with engine.begin() as connection:
        getattr(command, how)(migrate.alembic_config(connection), revision)
