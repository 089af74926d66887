"""Lay out the table of tokens: one row per grant, compared by digests since it holds ciphertexts only."""

import hashlib

import sqlalchemy as sa

from finance_hooks.store.metadata import Instant, metadata

token = sa.Table(
    "token",
    metadata,
    sa.Column("grant_key", sa.Text, primary_key=True),
    sa.Column("refresh_token", sa.Text, nullable=False),
    # Ciphertexts of one text differ, so tokens are compared by their digests.
    sa.Column("refresh_digest", sa.Text, nullable=False),
    sa.Column("access_token", sa.Text, nullable=False),
    sa.Column("obtained_at", Instant, nullable=False),
    sa.Column("access_expires_at", Instant, nullable=False),
    # With which refresh token, and when, the present tokens were asked for: of two answers the later counts.
    sa.Column("asked_at", Instant),
    sa.Column("asked_with", sa.Text),
    # The refresh token before this one, while the vendor may know it instead.
    sa.Column("other_token", sa.Text),
    sa.Column("attempt_at", Instant),
    sa.Column("attempt_digest", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("needs_consent_since", Instant),
    sa.Column("needs_consent_why", sa.Text),
)
SETTLED = {
    "other_token": None,
    "attempt_at": None,
    "attempt_digest": None,
    "attempts": 0,
    "needs_consent_since": None,
    "needs_consent_why": None,
}
"""What saving new tokens does beside storing them: no attempt is open, no other token in doubt, no alert."""


def digest_of(secret: str) -> str:
    """Return what stands in for a token where tokens are compared."""
    return hashlib.sha256(secret.encode()).hexdigest()
