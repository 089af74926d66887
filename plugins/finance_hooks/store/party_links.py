"""Keep which relation of a package each party of the source is, and how a write of one stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration
from finance_hooks.model.party import MatchedBy, PartyFault, PartyKey, PartyLink, PartyState, Role
from finance_hooks.model.plain import faults_from_plain, faults_to_plain
from finance_hooks.store.decisions import Decision
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.metadata import Instant, metadata
from finance_hooks.store.posting_moves import Claim

party_link = sa.Table(
    "party_link",
    metadata,
    sa.Column("books", sa.Text, primary_key=True),
    sa.Column("organisation", sa.Text, primary_key=True),
    sa.Column("party", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("target_party", sa.Text),
    sa.Column("target_id", sa.Text),
    sa.Column("matched_by", sa.Text),
    sa.Column("content_digest", sa.Text),
    sa.Column("faults", pg.JSONB, nullable=False, server_default="[]"),
    sa.Column("proposal", pg.JSONB(none_as_null=True)),
    sa.Column("refused_on", sa.Date),
    sa.Column("lease_generation", sa.BigInteger),
    sa.Column("sent_until", Instant),
    sa.Column("written_at", Instant),
    sa.Column("changed_at", Instant, nullable=False),
    sa.CheckConstraint("state <> 'linked' OR target_party IS NOT NULL", name="linked_has_party"),
    sa.CheckConstraint(
        "state NOT IN ('writing', 'unknown') OR sent_until IS NOT NULL", name="written_has_end"
    ),
    sa.CheckConstraint("state <> 'parked' OR faults <> '[]'::jsonb", name="parked_has_faults"),
)
"""One row per party and side in one set of books; numbers of parties are an organisation's own.

`content_digest` digests what we last wrote or found equal. `proposal` is what we would write, or what of our
fields the package refused. After `sent_until` the sender of a write sent no more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink:
    """One link as it stands; a `proposal` is what would be written, with `why` where that was refused."""

    state: PartyState
    target_party: str | None = None
    target_id: str | None = None
    matched_by: MatchedBy | None = None
    content_digest: str | None = None
    faults: tuple[PartyFault, ...] = ()
    proposal: Mapping[str, Any] | None = None
    refused_on: date | None = None
    sent_until: datetime | None = None

    @property
    def for_mapping(self) -> PartyLink:
        """What mapping must know of it."""
        return PartyLink(target_party=self.target_party, faults=self.faults)


def read_links(connection: sa.Connection, administration: Administration) -> dict[PartyKey, StoredLink]:
    """Read all links of an organisation's parties in one set of books."""
    chosen = sa.select(party_link).where(*_of(administration))
    return {(row.party, Role(row.role)): _stored(row) for row in connection.execute(chosen)}


def list_links(connection: sa.Connection, *, sync_id: str | None) -> list[sa.Row[Any]]:
    """List links as rows, in the order people read them."""
    chosen = sa.select(party_link).order_by(party_link.c.sync_id, party_link.c.party, party_link.c.role)
    if sync_id is not None:
        chosen = chosen.where(party_link.c.sync_id == sync_id)
    return list(connection.execute(chosen))


def begin_write(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    link: StoredLink,
    claim: Claim,
    stamp: Stamp,
) -> None:
    """Note that a write leaves now; the caller checks in the same transaction that it holds the lease."""
    columns = {"lease_generation": claim.generation, "sent_until": claim.sent_until}
    _put(connection, administration, key, _columns(link) | columns, stamp)
    detail: dict[str, object] = {"generation": claim.generation, "matched_by": link.matched_by}
    _note(connection, administration, key, "party_writing", stamp, detail)


def put_link(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    link: StoredLink,
    stamp: Stamp,
    **detail: object,
) -> None:
    """Note where a link stands now; `detail` goes into the event and names no person."""
    columns = _columns(link)
    if detail.get("written"):
        columns["written_at"] = stamp.at
    _put(connection, administration, key, columns, stamp)
    told = {"target_party": link.target_party, "matched_by": link.matched_by, **detail}
    codes = [fault.code.value for fault in link.faults]
    _note(connection, administration, key, f"party_{link.state}", stamp, told | {"faults": codes})


def give_back(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    earlier: StoredLink | None,
    stamp: Stamp,
    why: str,
) -> None:
    """Put a link back to what it was before a write that certainly did not leave, or was not carried out."""
    if earlier is None:
        connection.execute(sa.delete(party_link).where(*_is(administration, key)))
    else:
        _put(connection, administration, key, _columns(earlier), stamp)
    _note(connection, administration, key, "party_given_back", stamp, {"why": why})


def link_by_person(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    target_party: str,
    decision: Decision,
) -> bool:
    """Link a party to the relation a person chose; returns whether no write of it was under way."""
    chosen = sa.select(party_link).where(*_is(administration, key)).with_for_update()
    found = connection.execute(chosen).one_or_none()
    if found is not None and PartyState(found.state) in {PartyState.WRITING, PartyState.UNKNOWN}:
        return False
    link = StoredLink(state=PartyState.LINKED, target_party=target_party, matched_by=MatchedBy.PERSON)
    put_link(connection, administration, key, link, decision.stamp, **decision.detail)
    return True


def orphans_to_unknown(
    connection: sa.Connection, books: str, *, generation: int, ended_at: datetime | None, stamp: Stamp
) -> int:
    """Turn every write of an older generation of the lease into an unknown one; returns how many."""
    moved = connection.execute(
        sa.update(party_link)
        .where(
            party_link.c.books == books,
            party_link.c.state == PartyState.WRITING.value,
            party_link.c.lease_generation < generation,
        )
        .values(
            state=PartyState.UNKNOWN.value,
            sent_until=sa.func.coalesce(ended_at, party_link.c.sent_until),
            changed_at=stamp.at,
        )
        .returning(party_link.c.party, party_link.c.role, party_link.c.organisation)
    ).all()
    for row in moved:
        detail = {"books": books, "organisation": row.organisation, "party": row.party, "role": row.role}
        append_event(connection, "party_unknown", stamp, detail=detail)
    return len(moved)


def _of(administration: Administration) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        party_link.c.books == administration.books,
        party_link.c.organisation == administration.organisation,
    )


def _is(administration: Administration, key: PartyKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (*_of(administration), party_link.c.party == key[0], party_link.c.role == key[1].value)


def _columns(link: StoredLink) -> dict[str, Any]:
    return {
        "state": link.state.value,
        "target_party": link.target_party,
        "target_id": link.target_id,
        "matched_by": None if link.matched_by is None else link.matched_by.value,
        "content_digest": link.content_digest,
        "faults": faults_to_plain(link.faults),
        "proposal": None if link.proposal is None else dict(link.proposal),
        "refused_on": link.refused_on,
        "sent_until": link.sent_until,
    }


def _put(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    columns: Mapping[str, Any],
    stamp: Stamp,
) -> None:
    values = {**columns, "sync_id": administration.sync_id, "changed_at": stamp.at}
    identity = {
        "books": administration.books,
        "organisation": administration.organisation,
        "party": key[0],
        "role": key[1].value,
    }
    insert = pg.insert(party_link).values(**identity, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=list(identity), set_=values))


def _note(
    connection: sa.Connection,
    administration: Administration,
    key: PartyKey,
    name: str,
    stamp: Stamp,
    detail: Mapping[str, object],
) -> None:
    whose: dict[str, object] = {
        "books": administration.books,
        "organisation": administration.organisation,
        "party": key[0],
        "role": key[1].value,
    }
    append_event(connection, name, stamp, detail=whose | dict(detail))


def _stored(row: sa.Row[Any]) -> StoredLink:
    return StoredLink(
        state=PartyState(row.state),
        target_party=row.target_party,
        target_id=row.target_id,
        matched_by=None if row.matched_by is None else MatchedBy(row.matched_by),
        content_digest=row.content_digest,
        faults=faults_from_plain(row.faults),
        proposal=row.proposal,
        refused_on=row.refused_on,
        sent_until=row.sent_until,
    )
