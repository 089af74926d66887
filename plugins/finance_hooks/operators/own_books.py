"""Open an administration's package for what a person asked, under the lease that tasks hold too."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from finance_hooks.operators.resources import Resources
from finance_hooks.posting.work import Work
from finance_hooks.store.decisions import BY_HAND
from finance_hooks.store.held_lease import hold_patiently
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.budget import PATIENCE_S
from finance_hooks.transport.clock import SystemClock


def work_of(resources: Resources) -> Work:
    """Describe what a person asks of an administration, as a run's work is; it sends nothing."""
    return Work(
        administration=resources.administration,
        engine=resources.engine,
        run_id=BY_HAND,
        clock=SystemClock(),
        sends=False,
    )


@contextmanager
def own_books(
    resources: Resources,
    *,
    patience_s: float,
    limits_patience_s: float = PATIENCE_S,
    reads_anew: bool = False,
) -> Iterator[TargetHook]:
    """Hold the books and open the package, which with `reads_anew` takes nothing from the cache.

    TemporaryFailure when a run works on the books for longer than `patience_s`.
    """
    owner, clock = owner_by_hand(), SystemClock()
    held = hold_patiently(
        resources.engine,
        resources.books_wish(owner=owner, is_backfill=False),
        boot_s=clock.boot_s,
        sleep=clock.sleep,
        patience_s=patience_s,
    )
    with held as lease:
        yield resources.target_hook(lease, owner=owner, reads_anew=reads_anew, patience_s=limits_patience_s)


def owner_by_hand() -> str:
    """Name the holder of a lease for whoever waits for it."""
    return f"by hand of {getpass.getuser()} pid {os.getpid()}"
