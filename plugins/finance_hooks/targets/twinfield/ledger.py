"""Read the ledger's lines of a period, in pieces where one answer is too large or too late.

Twinfield developer portal, "Browse data": a column of times is filtered between two moments, in UTC, and less
is asked for where an answer takes too long.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import AnsweredTooLate, AskedTooMuch
from finance_hooks.targets.twinfield.client import Client
from finance_hooks.targets.twinfield.payload import write_period
from finance_hooks.targets.twinfield.readback import (
    JOURNAL,
    LEDGER_ACCOUNT_LINES,
    LINE,
    NUMBER,
    SHOWN,
    Row,
    RowsRead,
    browse_period,
)
from finance_hooks.targets.twinfield.wire import read_document_by_parts

WHAT = f"browse {LEDGER_ACCOUNT_LINES}"
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing was modified before that."""
LATELY = timedelta(days=93)
"""Most bookings of a night's periods were modified since then: what is older is asked for apart."""
AHEAD = timedelta(days=1)
SECOND = timedelta(seconds=1)
LATE_MAX = 3
"""How often less is asked for because an answer was late: each of them was waited for."""


def read_pieces(client: Client, office: str, period: Period, now: datetime) -> Iterator[list[Row]]:
    """Read every line of a period, mostly in one piece.

    Further pieces go by when bookings were last modified, the earliest first: a booking that is modified
    while they are read comes once more, in a later piece, and is never missed. In the end one column of the
    whole period says how many lines there are. Raises as `Client.read` does, and ValueError where an answer
    is not whole, or the pieces are not.
    """
    try:
        rows = _read(client, office, period)
    except AskedTooMuch as error:
        lines: set[tuple[str, ...]] = set()
        lately = now - LATELY
        for first, last in ((FIRST, lately), (lately + SECOND, now + AHEAD)):
            for piece in _by_modified(client, office, period, first, last, late=int(_is_late(error))):
                lines |= {(row[JOURNAL], row[NUMBER], row[LINE]) for row in piece}
                yield piece
        wanted = len(_read(client, office, period, shown=(NUMBER,)))
        if len(lines) < wanted:
            raise ValueError(f"the pieces of the ledger show {len(lines)} of {wanted} lines") from None
    else:
        yield rows


def _by_modified(
    client: Client, office: str, period: Period, first: datetime, last: datetime, *, late: int
) -> Iterator[list[Row]]:
    try:
        rows = _read(client, office, period, (first, last))
    except AskedTooMuch as error:
        late += _is_late(error)
        if last - first < SECOND or late > LATE_MAX:
            raise
        middle = first + (last - first) // 2
        yield from _by_modified(client, office, period, first, middle, late=late)
        yield from _by_modified(client, office, period, middle + SECOND, last, late=late)
    else:
        yield rows


def _read(
    client: Client,
    office: str,
    period: Period,
    modified: tuple[datetime, datetime] | None = None,
    shown: Collection[str] = SHOWN,
) -> list[Row]:
    between = None if modified is None else (_moment(modified[0]), _moment(modified[1]))
    browse = browse_period(write_period(period.fiscal_year, period.number), between, shown)
    read = RowsRead()

    def parse(content: bytes) -> etree._Element:
        return read_document_by_parts(content, "tr", read.take)

    return read.whole(client.read(browse, WHAT, office=office, parse=parse))


def _is_late(error: AskedTooMuch) -> bool:
    return isinstance(error, AnsweredTooLate)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
