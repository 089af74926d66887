"""Look at which bookings the next run may have to reverse, and what was decided about them; write nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration, CorrectionPolicy
from finance_hooks.store.corrections import Reversible, reversible_of, reversibles
from finance_hooks.store.documents import document
from finance_hooks.store.findings import SOURCE_CHANGED, FindingDecision, FindingKind, finding
from finance_hooks.store.following import is_latest
from finance_hooks.store.postings import posting
from finance_hooks.store.to_prepare import may_be_reversed

Change = tuple[str, str]
"""The kind of a finding, and the digest of the content that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """A booking that may be reversed; `sync_id` sent it.

    `accepted` and `decided` are the changes that a person let stand, and wants corrected.
    """

    booked: Reversible
    sync_id: str
    accepted: frozenset[Change]
    decided: frozenset[Change]

    def is_to_reverse(self, digest: str, withdrawn_why: str | None, policy: CorrectionPolicy) -> bool:
        """Say whether the run reverses it once the document is so in the source."""
        if digest == self.booked.content_digest and withdrawn_why is None:
            return False
        kind = FindingKind.DRIFT if withdrawn_why is None else FindingKind.WITHDRAWN
        change = (kind.value, digest)
        if change in self.decided:
            return True
        return policy is CorrectionPolicy.REVERSE and change not in self.accepted


def correctable(
    connection: sa.Connection, administration: Administration, source_id: str, document_ids: Sequence[int]
) -> dict[int, Correctable]:
    """Return the latest booking of each of these documents, by document, where it may be reversed."""
    chosen = reversibles().where(
        posting.c.books == administration.books,
        document.c.source_id == source_id,
        document.c.organisation == administration.organisation,
        posting.c.document_id == sa.any_(sa.literal(list(document_ids), pg.ARRAY(sa.BigInteger))),
        may_be_reversed(posting),
        is_latest(),
    )
    rows = connection.execute(chosen).all()
    decided = _decided(connection, [row.posting_id for row in rows])
    return {
        row.document_id: Correctable(
            booked=reversible_of(row),
            sync_id=row.sync_id,
            accepted=frozenset(decided[row.posting_id, FindingDecision.ACCEPT]),
            decided=frozenset(decided[row.posting_id, FindingDecision.CORRECT]),
        )
        for row in rows
    }


def _decided(
    connection: sa.Connection, posting_ids: Sequence[int]
) -> dict[tuple[int, FindingDecision], list[Change]]:
    chosen = sa.select(finding).where(
        finding.c.posting_id == sa.any_(sa.literal(list(posting_ids), pg.ARRAY(sa.BigInteger))),
        finding.c.kind.in_([kind.value for kind in SOURCE_CHANGED]),
        finding.c.decision.is_not(None),
    )
    found: dict[tuple[int, FindingDecision], list[Change]] = defaultdict(list)
    for row in connection.execute(chosen):
        found[row.posting_id, FindingDecision(row.decision)].append((row.kind, row.subject))
    return found
