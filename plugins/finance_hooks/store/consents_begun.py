"""Remember consents that were begun on a page, until the vendor sends the user back."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from finance_hooks.store.metadata import Instant, Now, database_now, metadata
from finance_hooks.store.token_table import digest_of

LASTS = timedelta(minutes=15)
"""A person signs in and consents within that time, or begins again."""

consent_begun = sa.Table(
    "consent_begun",
    metadata,
    # Whoever reads the store must not be able to end a consent, so the state itself is not kept.
    sa.Column("state_digest", sa.Text, primary_key=True),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("conn_id", sa.Text, nullable=False),
    sa.Column("user_name", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentBegun:
    """A consent under way: of which administration's connection, and who began it."""

    sync_id: str
    conn_id: str
    user_name: str


def begin_consent(
    connection: sa.Connection, state: str, begun: ConsentBegun, now: Now = database_now
) -> None:
    """Note that somebody is sent to the vendor with this state; those that ran out are forgotten."""
    at = now(connection)
    connection.execute(sa.delete(consent_begun).where(consent_begun.c.expires_at <= at))
    connection.execute(
        sa.insert(consent_begun).values(
            state_digest=digest_of(state),
            sync_id=begun.sync_id,
            conn_id=begun.conn_id,
            user_name=begun.user_name,
            expires_at=at + LASTS,
        )
    )


def end_consent(
    connection: sa.Connection, state: str, user_name: str, now: Now = database_now
) -> ConsentBegun | None:
    """Return what this user began with this state and forget it: it is ended once, within its time."""
    row = connection.execute(
        sa.delete(consent_begun)
        .where(
            consent_begun.c.state_digest == digest_of(state),
            consent_begun.c.user_name == user_name,
            consent_begun.c.expires_at > now(connection),
        )
        .returning(consent_begun.c.sync_id, consent_begun.c.conn_id, consent_begun.c.user_name)
    ).one_or_none()
    return None if row is None else ConsentBegun(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
