"""Stand between the product and its store: every statement is a point, and the store may be gone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from adversary.machine import Machine

GONE = "server closed the connection unexpectedly"


@dataclass(slots=True, kw_only=True, eq=False)
class Interruptions:
    """What happens to statements.

    `gone` are the numbers of statements, counted since `begin`, that the store does not answer; after the
    commits of `lost_commits` it is not heard either, though they were carried out.
    """

    machine: Machine
    statements: int = 0
    commits: int = 0
    gone: set[int] = field(default_factory=set)
    lost_commits: set[int] = field(default_factory=set)
    happened: int = 0
    _told: dict[str, Callable[..., None]] = field(init=False)

    def __post_init__(self) -> None:
        """Remember what is told to whom: only the very same is taken away again."""
        self._told = {
            "begin": self._begun,
            "before_cursor_execute": self._asked,
            "commit": self._committed,
            "rollback": self._rolled_back,
        }

    def begin(self) -> None:
        """Count anew from here."""
        self.statements = self.commits = 0
        self.gone, self.lost_commits = set(), set()

    def listen(self, engine: sa.Engine) -> None:
        """Be told of all that is said to the store."""
        for name, told in self._told.items():
            sa.event.listen(engine, name, told)

    def stop_listening(self, engine: sa.Engine) -> None:
        """Leave the store alone again."""
        for name, told in self._told.items():
            sa.event.remove(engine, name, told)

    def _begun(self, connection: sa.Connection) -> None:
        self.machine.point()
        if self.machine.current is not None:
            self.machine.current.transactions.add(id(connection))

    def _asked(self, *_said: Any) -> None:  # noqa: ANN401 - what SQLAlchemy tells
        if self.machine.current is None:
            return
        self.statements += 1
        if self.statements in self.gone:
            self.happened += 1
            raise _gone()
        self.machine.point()

    def _committed(self, connection: sa.Connection) -> None:
        if self.machine.current is None:
            return
        self.machine.check()
        self.commits += 1
        if self.commits in self.lost_commits:
            self.happened += 1
            self._forget(connection)
            connection.connection.dbapi_connection.commit()  # type: ignore[union-attr] # it is open
            raise _gone()
        self._forget(connection)

    def _rolled_back(self, connection: sa.Connection) -> None:
        self._forget(connection)

    def _forget(self, connection: sa.Connection) -> None:
        if self.machine.current is not None:
            self.machine.current.transactions.discard(id(connection))


def _gone() -> sa.exc.OperationalError:
    return sa.exc.OperationalError("simulated", {}, ConnectionError(GONE))
