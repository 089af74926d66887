"""Keep what the parties of documents are called, so that people find documents by a name."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.arrival import Arrival
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.metadata import metadata
from finance_hooks.store.party_links import party_link

party_name = sa.Table(
    "party_name",
    metadata,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("organisation", sa.Text, primary_key=True),
    sa.Column("party_code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)
"""One row per party of a source that documents were received for, by the name it had last."""

KEY = ("source_id", "organisation", "party_code")


def note_names(connection: sa.Connection, arrivals: Sequence[Arrival]) -> None:
    """Note what the parties of these documents are called now; what is known already writes nothing."""
    told = {
        (one.key.source_id, one.key.organisation, one.party): one.party_name
        for one in arrivals
        if one.party and one.party_name
    }
    if not told:
        return
    columns = [party_name.c[name] for name in KEY]
    chosen = sa.select(*columns, party_name.c.name).where(sa.tuple_(*columns).in_(list(told)))
    known = {tuple(row[:-1]): row.name for row in connection.execute(chosen)}
    # In the order of their keys: runs that name the same parties at once wait for each other in one order.
    rows = [
        dict(zip(KEY, key, strict=True)) | {"name": name}
        for key, name in sorted(told.items())
        if known.get(key) != name
    ]
    if rows:
        insert = pg.insert(party_name)
        called = {"name": insert.excluded.name}
        connection.execute(insert.on_conflict_do_update(index_elements=KEY, set_=called), rows)


def find_party_codes(
    connection: sa.Connection,
    asked: str,
    *,
    organisations: Collection[str],
    books: Collection[str],
    limit: int,
) -> list[str]:
    """Find parties by their code, by the code the package has for them, or by a part of their name.

    A code that no party is known under is looked for all the same.
    """
    part = sa.func.lower(party_name.c.name).contains(asked.lower(), autoescape=True)
    named = sa.select(party_name.c.party_code).where(
        party_name.c.organisation == sa.any_(_texts(organisations)), part
    )
    linked = sa.select(party_link.c.party).where(
        party_link.c.books == sa.any_(_texts(books)), party_link.c.target_party == asked
    )
    found = sa.union(named, linked).subquery()
    codes = connection.execute(sa.select(found.c.party_code).order_by(found.c.party_code).limit(limit))
    return [asked, *(code for code in codes.scalars() if code != asked)]


def forget_names(connection: sa.Connection, *, dry_run: bool = False) -> int:
    """Forget the names of parties of whose documents nothing is kept any more as received."""
    kept = (
        sa.select(document.c.document_id)
        .join(document_version, document_version.c.document_id == document.c.document_id)
        .where(
            document.c.source_id == party_name.c.source_id,
            document.c.organisation == party_name.c.organisation,
            document.c.party_code == party_name.c.party_code,
            document_version.c.body.is_not(None),
        )
    )
    left_over = ~sa.exists(kept.correlate(party_name))
    if dry_run:
        counted = sa.select(sa.func.count()).select_from(party_name).where(left_over)
        return int(connection.execute(counted).scalar_one())
    return connection.execute(sa.delete(party_name).where(left_over)).rowcount


def _texts(values: Collection[str]) -> sa.ColumnElement[str]:
    return pg.array(sorted(values), type_=sa.Text)
