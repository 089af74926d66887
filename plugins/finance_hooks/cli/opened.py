"""Open an administration for a command, and its books under the lease that tasks hold too."""

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

from finance_hooks.operators.resources import Resources
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.open_boxes import open_boxes
from finance_hooks.posting.reconcile_file import reconcile_files
from finance_hooks.posting.reconcile_now import reconcile_now
from finance_hooks.posting.reconciliation import Asked, Reconciliation
from finance_hooks.posting.span import Span, scope_of
from finance_hooks.posting.work import Work
from finance_hooks.store.decisions import BY_HAND
from finance_hooks.store.held_lease import hold_patiently
from finance_hooks.transport.clock import SystemClock

PATIENCE_S = 120
"""How long a command waits for the books while a run works on them."""


def work_of(resources: Resources) -> Work:
    """Describe what a command does to an administration, as a run's work is."""
    return Work(
        administration=resources.administration,
        engine=resources.engine,
        run_id=BY_HAND,
        clock=SystemClock(),
        sends=False,
    )


def reconcile_by(resources: Resources, work: Work, span: Span, files: Sequence[Path]) -> Reconciliation:
    """Compare a span with audit files, or without any with the books themselves, read under the lease."""
    source_id = resources.source.source_id
    asked = Asked(
        source_id=source_id,
        scope=scope_of(work, source_id, span),
        boxes=open_boxes(resources.administration),
    )
    if files:
        return reconcile_files(work, [AuditFile(path) for path in files], asked)
    owner = f"command by {getpass.getuser()} pid {os.getpid()}"
    held = hold_patiently(
        work.engine,
        resources.books_wish(owner=owner, is_backfill=False),
        boot_s=work.clock.boot_s,
        sleep=work.clock.sleep,
        patience_s=PATIENCE_S,
    )
    with held as lease:
        hook = resources.target_hook(lease, owner=owner, is_backfill=False)
        return reconcile_now(work, hook, asked)
