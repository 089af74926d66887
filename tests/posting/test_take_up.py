"""A reading knows whether the store may have been put back from a backup, and what that means for it."""

from datetime import UTC, datetime

import pytest

from finance_hooks.posting.take_up import Beginning

AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_late", "is_nightly", "is_behind", "may_have_forgotten"),
    [
        (False, True, False, False),
        (True, True, True, True),
        (False, False, False, True),
        (True, False, False, True),
    ],
)
def test_late_nights_and_all_backfills_may_bring_what_was_forgotten(
    *, is_late: bool, is_nightly: bool, is_behind: bool, may_have_forgotten: bool
) -> None:
    begun = Beginning(at=AT, is_late=is_late, is_nightly=is_nightly)

    assert (begun.is_behind, begun.may_have_forgotten) == (is_behind, may_have_forgotten)
