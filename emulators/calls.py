"""The list of calls an emulator was sent."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

KEPT_CALLS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; without status when the connection was dropped."""

    number: int
    at: str
    method: str
    path: str
    operation: str
    query: str
    status: int | None
    fault: str | None


class Calls:
    """The latest calls of one emulator, numbered from 1."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._number = 0

    def add(  # noqa: PLR0913 - what a call consists of
        self,
        *,
        at: datetime,
        method: str,
        path: str,
        operation: str = "",
        query: str,
        status: int | None,
        fault: str | None,
    ) -> None:
        """Note one call."""
        self._number += 1
        self._kept.append(
            Call(
                number=self._number,
                at=at.isoformat(),
                method=method,
                path=path,
                operation=operation,
                query=query,
                status=status,
                fault=fault,
            )
        )

    def since(self, instant: datetime | None) -> Iterator[dict[str, object]]:
        """List the calls at or after an instant on the emulator's clock, oldest first."""
        for call in self._kept:
            if instant is None or datetime.fromisoformat(call.at) >= instant:
                yield asdict(call)

    def clear(self) -> None:
        """Forget all calls; numbers go on."""
        self._kept.clear()
