"""The value that keeps an entry from a file is found by writing the entry without it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.posting.unwritable import why_unwritable
from tests.posting.entries import ENTRY

pytestmark = pytest.mark.unit

HUGE = Decimal("1E+30")


def write(entry: Entry) -> bytes:
    """Write as a format does that takes no huge amounts and only Latin texts."""
    amounts = [entry.gross, *(line.amount for line in entry.lines)]
    texts = [entry.description, *(line.description for line in entry.lines)]
    return "\n".join([*(str(amount.quantize(Decimal("0.01"))) for amount in amounts), *texts]).encode(
        "latin-1"
    )


def failing(error: Exception) -> Callable[[Entry], object]:
    def fail(_entry: Entry) -> object:
        raise error

    return fail


def test_entry_that_can_be_written_has_no_reason() -> None:
    assert why_unwritable(ENTRY, write) is None


def test_field_of_the_entry_is_named_with_its_value_and_how_writing_failed() -> None:
    reason = why_unwritable(replace(ENTRY, gross=HUGE), write)

    assert reason == Reason(
        code=ReasonCode.FILE_UNWRITABLE,
        document=ENTRY.number,
        field="gross",
        value="1E+30",
        detail="InvalidOperation([<class 'decimal.InvalidOperation'>])",
    )


def test_line_is_named_by_its_number_in_the_source() -> None:
    lines = (*ENTRY.lines, replace(ENTRY.lines[0], description="Ω", source_lines=(7,)))

    reason = why_unwritable(replace(ENTRY, lines=lines), write)

    assert reason is not None
    assert (reason.line, reason.field, reason.value) == (7, "description", "Ω")


def test_two_values_at_fault_leave_only_how_writing_failed() -> None:
    reason = why_unwritable(replace(ENTRY, gross=HUGE, description="Ω"), write)

    assert reason is not None
    assert (reason.document, reason.field, reason.value) == (ENTRY.number, None, None)
    assert reason.detail == "InvalidOperation([<class 'decimal.InvalidOperation'>])"


def test_long_failure_is_cut() -> None:
    reason = why_unwritable(ENTRY, failing(ValueError("x" * 1000)))

    assert reason is not None
    assert len(reason.detail or "") == 200


@pytest.mark.parametrize("error", [ConfigurationError("no such encoding"), TemporaryFailure("not now")])
def test_what_is_about_more_than_one_entry_goes_on(error: Exception) -> None:
    with pytest.raises(type(error), match=str(error)):
        why_unwritable(ENTRY, failing(error))
