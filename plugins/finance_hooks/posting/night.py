"""Say how a night stands by the runs since midnight."""

from collections.abc import Sequence
from enum import StrEnum

from finance_hooks.store.to_tell import RunStanding


class Night(StrEnum):
    """How the night of a day stands."""

    DONE = "done"
    UNDER_WAY = "under_way"
    MISSED = "missed"


def night_of(runs: Sequence[RunStanding]) -> Night:
    """Say how a night stands: a run that asked for all that changed makes it, whoever started it."""
    nightly = [run for run in runs if run.is_nightly]
    if any(run.concluded_at is not None for run in nightly):
        return Night.DONE
    return Night.UNDER_WAY if nightly else Night.MISSED
