"""Prove a span for a command: by audit files, or by the books under the lease that tasks hold too."""

from collections.abc import Sequence
from pathlib import Path

from finance_hooks.operators.own_books import own_books
from finance_hooks.operators.resources import Resources
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.open_boxes import open_boxes
from finance_hooks.posting.reconcile_file import reconcile_files
from finance_hooks.posting.reconcile_now import reconcile_now
from finance_hooks.posting.reconciliation import Asked, Reconciliation
from finance_hooks.posting.span import Span, scope_of
from finance_hooks.posting.work import Work

PATIENCE_S = 120
"""How long a command waits for the books while a run works on them."""


def prove_span(resources: Resources, work: Work, span: Span, files: Sequence[Path]) -> Reconciliation:
    """Compare a span with audit files, or without any with the books."""
    source_id = resources.source.source_id
    asked = Asked(
        source_id=source_id,
        scope=scope_of(work, source_id, span),
        boxes=open_boxes(resources.administration),
    )
    if files:
        return reconcile_files(work, [AuditFile(path) for path in files], asked)
    with own_books(resources, patience_s=PATIENCE_S) as hook:
        return reconcile_now(work, hook, asked)
