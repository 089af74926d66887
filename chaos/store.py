"""What the store and Airflow's own database say at a moment, read by SQL only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from chaos.wounds import OpenPosting
from local.databases import Databases

OPEN: Final = sa.text("""
    SELECT posting_id, sync_id, state, coalesce(lease_generation, 0) AS generation
    FROM posting WHERE state IN ('pending', 'sending', 'unknown')
""")
HOLDERS: Final = sa.text("SELECT owner FROM lease WHERE name LIKE 'books:%' AND expires_at > now()")
RUNNING: Final = sa.text("SELECT dag_id, pid FROM task_instance WHERE state = 'running' AND pid IS NOT NULL")
ACTIVE: Final = sa.text("""
    SELECT dag_id, count(*) AS runs FROM dag_run WHERE state IN ('queued', 'running') GROUP BY dag_id
""")
RUNS: Final = sa.text("SELECT state, count(*) AS runs FROM dag_run GROUP BY state ORDER BY state")
LET_TIME_PASS: Final = sa.text(
    "UPDATE posting SET sent_until = sent_until - interval '1 hour' WHERE state = 'unknown'"
)
OWNER: Final = re.compile(r"^(?P<dag_id>\S+) .* (?P<task_id>\S+) pid (?P<pid>\d+)$")
CONNECT_TIMEOUT_S: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTask:
    """A task at work: the number of its program, and whether it holds the books of its administration."""

    sync_id: str
    pid: int
    holds_books: bool


@dataclass(frozen=True, slots=True)
class Stores:
    """Both databases; a question that cannot be asked now has no answer."""

    databases: Databases

    def open_postings(self) -> list[OpenPosting] | None:
        """List the postings that are neither booked nor parked; `None` while the server is away."""
        try:
            with _connected(self.databases.store_url) as connection:
                return [OpenPosting(**row._asdict()) for row in connection.execute(OPEN)]
        except sa.exc.DBAPIError:
            return None

    def running_tasks(self) -> list[RunningTask]:
        """List the tasks at work."""
        try:
            with _connected(self.databases.store_url) as connection:
                owners = [OWNER.match(owner) for owner in connection.scalars(HOLDERS)]
            with _connected(self.databases.airflow_url) as connection:
                rows = connection.execute(RUNNING).all()
        except sa.exc.DBAPIError:
            return []
        holders = {int(owner["pid"]) for owner in owners if owner and owner["task_id"] == "load"}
        return [
            RunningTask(sync_id=row.dag_id.removeprefix("sync_"), pid=row.pid, holds_books=row.pid in holders)
            for row in rows
        ]

    def active_runs(self) -> dict[str, int] | None:
        """Count the runs by DAG that have not ended; `None` while the server is away."""
        try:
            with _connected(self.databases.airflow_url) as connection:
                return {row.dag_id: row.runs for row in connection.execute(ACTIVE)}
        except sa.exc.DBAPIError:
            return None

    def runs_by_state(self) -> dict[str, int]:
        """Count all runs by the state they are in."""
        with _connected(self.databases.airflow_url) as connection:
            return {row.state: row.runs for row in connection.execute(RUNS)}

    def numbers(self, sync_id: str) -> set[str]:
        """Return the numbers of the documents that have a posting."""
        chosen = sa.text("""
            SELECT DISTINCT coalesce(d.number, d.source_document_id)
            FROM posting p JOIN document d USING (document_id) WHERE p.sync_id = :sync_id
        """)
        with _connected(self.databases.store_url) as connection:
            return set(connection.scalars(chosen, {"sync_id": sync_id}))

    def booked(self, sync_id: str) -> int:
        """Count the postings that are booked."""
        chosen = sa.text("SELECT count(*) FROM posting WHERE state = 'booked' AND sync_id = :sync_id")
        with _connected(self.databases.store_url) as connection:
            return int(connection.scalar(chosen, {"sync_id": sync_id}) or 0)

    def let_settle_time_pass(self) -> None:
        """Make as if the packages had been waited for, which is right where none works on after an answer."""
        with _connected(self.databases.store_url) as connection:
            connection.execute(LET_TIME_PASS)


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": CONNECT_TIMEOUT_S})
    with engine.begin() as connection:
        yield connection
