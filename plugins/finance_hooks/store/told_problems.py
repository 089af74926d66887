"""Remember since when somebody knows of a problem, so that it is not told as news every night."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import Instant, metadata

told_problem = sa.Table(
    "told_problem",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("problem_key", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("first_told_at", Instant, nullable=False),
    sa.Column("last_told_at", Instant, nullable=False),
    sa.Column("solved_at", Instant),
)
"""A problem that comes back after it was solved is news again."""


def note_told(connection: sa.Connection, sync_id: str, problems: Mapping[str, str], *, at: datetime) -> None:
    """Note that somebody knows of these problems from now on, if not before; `problems` are kinds by key."""
    if not problems:
        return
    told = [
        {"sync_id": sync_id, "problem_key": key, "kind": kind, "first_told_at": at, "last_told_at": at}
        for key, kind in sorted(problems.items())
    ]
    was_solved = told_problem.c.solved_at.is_not(None)
    changes = {
        "first_told_at": sa.case((was_solved, at), else_=told_problem.c.first_told_at),
        "last_told_at": at,
        "solved_at": None,
    }
    insert = pg.insert(told_problem)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["sync_id", "problem_key"], set_=changes), told
    )


def known_since(connection: sa.Connection, sync_id: str) -> dict[str, datetime]:
    """Return since when each problem that still stands has been told."""
    chosen = sa.select(told_problem.c.problem_key, told_problem.c.first_told_at).where(
        told_problem.c.sync_id == sync_id, told_problem.c.solved_at.is_(None)
    )
    return {row.problem_key: row.first_told_at for row in connection.execute(chosen)}


def solve(connection: sa.Connection, sync_id: str, standing: Collection[str], *, at: datetime) -> list[str]:
    """Note that told problems which stand no more are solved; returns their keys."""
    solved = (
        sa.update(told_problem)
        .where(
            told_problem.c.sync_id == sync_id,
            told_problem.c.solved_at.is_(None),
            told_problem.c.problem_key != sa.all_(pg.array(sorted(standing), type_=sa.Text)),
        )
        .values(solved_at=at)
        .returning(told_problem.c.problem_key)
    )
    return list(connection.execute(solved).scalars())
