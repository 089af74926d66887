"""Conclude a run: gather the proof, make the report, keep it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from finance_hooks.model.entry import Period
from finance_hooks.model.park_reason_text import reason_sentence
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.posting.reconcile import reconciled
from finance_hooks.posting.report import Besides, Proof, Report, make_report, report_to_plain
from finance_hooks.posting.work import Work
from finance_hooks.store import attachments, counts, export_results, proof
from finance_hooks.store.corrections import settle_dealt_with
from finance_hooks.store.engine import Connection, snapshot
from finance_hooks.store.findings import open_findings
from finance_hooks.store.leases import running_generation
from finance_hooks.store.proof import Owned, Proving
from finance_hooks.store.runs import read_run, start_run, write_run


def conclude(work: Work, *, source_id: str, failed_tasks: tuple[str, ...], books_lease: str | None) -> Report:
    """Make and keep the report of this run, whatever happened before.

    What another run is sending at this moment, under the lease on the books, is theirs to account for;
    without a connection to the package there is no lease, and nobody sends. Accounted for are the journals
    and periods that were compared: what this run did after that, such as telling the source, adds none.
    """
    administration = work.administration
    owned = Owned(administration=administration, source_id=source_id)
    with work.engine.begin() as connection:
        settle_dealt_with(connection, administration.books, at=work.now(connection))
    # Without a comparison everything that should have been compared is missing, and the report says so.
    unread = reconciled(work, source_id)
    with snapshot(work.engine) as connection:
        started_at = start_run(connection, administration.sync_id, work.run_id, at=work.now(connection))
        run = read_run(connection, administration.sync_id, work.run_id) or {}
        compared = run.get("reconciliation")
        comparisons = tuple(compared or ())
        proving = Proving(run_id=work.run_id, started_at=started_at, compared_at=_compared_at(comparisons))
        scope = unread if compared is None else frozenset(map(_place, comparisons))
        findings = open_findings(connection, administration.books)
        report = make_report(
            administration,
            Proof(
                run_id=work.run_id,
                standings=proof.standings(connection, owned, scope, proving),
                documents=counts.count_documents(connection, owned, scope, proving),
                before_start=counts.count_before_start(connection, owned),
                withdrawn=counts.count_withdrawn(connection, owned),
                comparisons=comparisons,
                findings=tuple(_finding(row) for row in findings),
                failed_tasks=failed_tasks,
                lent=None if books_lease is None else running_generation(connection, books_lease, work.now),
                besides=_besides(connection, owned, work.run_id),
            ),
        )
        write_run(
            connection,
            administration.sync_id,
            work.run_id,
            report=report_to_plain(report),
            concluded_at=work.now(connection),
        )
    return report


def _besides(connection: Connection, owned: Owned, run_id: str) -> Besides:
    return Besides(
        attached=attachments.count_attached(connection, owned, run_id=run_id),
        told=export_results.count_told(connection, owned, run_id=run_id),
        warnings=tuple(
            {"document": row.document, "warnings": [f"PDF {row.state}: {row.why}"]}
            for row in attachments.not_attached(connection, books=owned.administration.books)
        ),
    )


def _place(comparison: Mapping[str, Any]) -> tuple[str, Period]:
    period = Period(fiscal_year=comparison["fiscal_year"], number=comparison["period"])
    return comparison["journal"], period


def _compared_at(comparisons: Sequence[Mapping[str, Any]]) -> datetime | None:
    return min((datetime.fromisoformat(one["compared_at"]) for one in comparisons), default=None)


def _finding(row: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a row of the store has no type of its own
    return {
        "kind": row.kind,
        "posting_id": row.posting_id,
        "document": row.document,
        "subject": row.subject,
        "detail": row.detail,
        "decision": row.decision,
        "kept_back": [reason_sentence(reason, "nl") for reason in reasons_from_plain(row.kept_back or [])],
    }
