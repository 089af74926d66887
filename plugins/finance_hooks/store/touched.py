"""Count and digest what one run touched, so that others can tell whether anything is new to them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.administration import Administration
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.events import event
from finance_hooks.store.following import is_void
from finance_hooks.store.postings import posting

P = PostingState
MOVES = (*(state.value for state in P), "prepared", "parked_anew")
"""The events that say where a posting went; others (findings) leave it where it is."""

VERSION = "v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What one run did to the documents of one resource.

    `digest` is `v1:` and the SHA-256 of the lines `key, space, digest or state, line feed` in the order of
    the keys' code points, `None` when nothing was touched.
    """

    counts: Mapping[str, int]
    digest: str | None


def touched_documents(
    connection: sa.Connection, source_id: str, organisation: str, *, run_id: str
) -> dict[str, Touched]:
    """Tell by resource which versions of documents a run stored, and which documents it found vanished."""
    mine = sa.and_(document.c.source_id == source_id, document.c.organisation == organisation)
    stored = (
        sa.select(
            document_version.c.resource,
            document.c.document_key.label("key"),
            document_version.c.content_digest.label("content"),
            sa.literal("stored").label("place"),
        )
        .join(document, document.c.document_id == document_version.c.document_id)
        .where(mine, document_version.c.run_id == run_id)
    )
    vanished = (
        sa.select(
            document_version.c.resource,
            document.c.document_key.label("key"),
            sa.literal("vanished").label("content"),
            sa.literal("vanished").label("place"),
        )
        .join(document, document.c.document_id == event.c.document_id)
        .join(
            document_version,
            (document_version.c.document_id == document.c.document_id)
            & (document_version.c.content_digest == document.c.content_digest),
        )
        .where(mine, event.c.run_id == run_id, event.c.name == "vanished")
    )
    return _by_resource(connection.execute(_ordered(sa.union(stored, vanished))))


def touched_postings(
    connection: sa.Connection, administration: Administration, *, run_id: str
) -> dict[str, Touched]:
    """Tell by resource where the postings that a run moved stand now, in the words of its report."""
    moved = sa.select(event.c.posting_id).where(event.c.run_id == run_id, event.c.name.in_(MOVES))
    chosen = (
        sa.select(
            document_version.c.resource,
            posting.c.posting_key.label("key"),
            sa.func.concat_ws(" ", posting.c.content_digest, posting.c.mapping_digest, posting.c.state).label(
                "content"
            ),
            _place(run_id).label("place"),
        )
        .join(
            document_version,
            (document_version.c.document_id == posting.c.document_id)
            & (document_version.c.content_digest == posting.c.content_digest),
        )
        .where(
            posting.c.books == administration.books,
            # Run ids are the same in every administration's nightly run, and two may share their books.
            posting.c.sync_id == administration.sync_id,
            posting.c.posting_id.in_(moved),
            ~is_void(),
        )
    )
    return _by_resource(connection.execute(_ordered(chosen)))


def _place(run_id: str) -> sa.ColumnElement[str]:
    booked = posting.c.state == P.BOOKED.value
    return sa.case(
        (booked & sa.func.coalesce(posting.c.sent_run_id == run_id, sa.false()), "booked"),
        (booked, "already_booked"),
        (posting.c.state == P.PARKED.value, "parked"),
        (posting.c.state.in_((P.SENDING.value, P.UNKNOWN.value)), "unknown"),
        else_="waiting",
    )


def _ordered(chosen: sa.Select[Any] | sa.CompoundSelect[Any]) -> sa.Select[Any]:
    rows = chosen.subquery()
    by_code_point = sa.collate(rows.c.key, "C")
    return sa.select(rows).order_by(by_code_point, sa.collate(rows.c.content, "C"))


def _by_resource(rows: Iterable[sa.Row[Any]]) -> dict[str, Touched]:
    counts: dict[str, Counter[str]] = {}
    digests: dict[str, Any] = {}
    for row in rows:
        counts.setdefault(row.resource, Counter())[row.place] += 1
        digest = digests.setdefault(row.resource, hashlib.sha256())
        digest.update(f"{row.key} {row.content}\n".encode())
    return {
        resource: Touched(counts=dict(counted), digest=f"{VERSION}:{digests[resource].hexdigest()}")
        for resource, counted in counts.items()
    }
