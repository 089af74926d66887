"""Name a fault of an entry: where it is, what stands there, what would have been right."""

from collections.abc import Iterator, Mapping

from finance_hooks.model.chart import ChartCode
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.park_reason import Reason, ReasonCode


def fault(
    entry: Entry,
    code: ReasonCode,
    field: str,
    value: str | None,
    line: EntryLine | None = None,
    detail: str | None = None,
) -> Reason:
    """Name one fault by the document's number and the source's line."""
    return Reason(
        code=code,
        document=entry.number,
        line=source_line(line) if line else None,
        field=field,
        value=value,
        detail=detail,
    )


def known(
    entry: Entry, codes: Mapping[str, ChartCode], field: str, code: str, line: EntryLine | None = None
) -> Iterator[Reason]:
    """Name a code that the chart does not hold, holds as blocked, or holds until before the entry's date."""
    found = codes.get(code)
    if found is None:
        yield fault(entry, ReasonCode.CODE_REFUSED, field, code, line)
    elif found.blocked or (found.valid_until is not None and found.valid_until < entry.entry_date):
        yield fault(entry, ReasonCode.CODE_BLOCKED, field, code, line)


def source_line(line: EntryLine) -> int:
    """Return the number of a line in the source; one that joins several has that of the first."""
    return line.source_lines[0] if line.source_lines else line.number
