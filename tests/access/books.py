"""What a night leaves of one administration: places to look at, and words that nobody else may read."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.store.consents_begun import ConsentBegun, begin_consent
from finance_hooks.store.engine import store_engine
from tests.integration.chain.chain import Chain

COUNT = 8
BAD_SHARE = 0.5
WORDS = """
SELECT reference AS word FROM posting WHERE sync_id = :sync_id
UNION SELECT coalesce(number, source_document_id) FROM document JOIN posting USING (document_id)
 WHERE sync_id = :sync_id
UNION SELECT name FROM party_name WHERE organisation = :organisation
UNION SELECT run_id FROM run WHERE sync_id = :sync_id
"""
TELLING = 5
"""A word of fewer letters may stand on a page for another reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One administration after a night, in the store at an address."""

    sync_id: str
    store_url: str
    parts: Mapping[str, str]

    def words(self) -> set[str]:
        """Return what stands in the store of this administration only."""
        (row,) = (row for row in read_administrations() if row.sync_id == self.sync_id)
        assert row.administration is not None
        organisation = row.administration.organisation
        rows = read(self.store_url, WORDS, sync_id=self.sync_id, organisation=organisation)
        of_row = {self.sync_id, row.administration.target_administration, row.administration.target_conn_id}
        return {word for word in {str(one.word) for one in rows} | of_row if len(word) >= TELLING}

    def begin_consent(self, who: str) -> str:
        """Note that somebody began to consent, as if he was allowed to then, and return the state."""
        state = secrets.token_urlsafe()
        begun = ConsentBegun(sync_id=self.sync_id, conn_id="exactonline_nl", user_name=who)
        with store_engine(self.store_url).begin() as connection:
            begin_consent(connection, state, begun)
        return state

    def parked(self) -> str:
        """Return the reference of a parked document."""
        return self.parts["reference"]

    def held_by(self) -> set[str]:
        """Say who holds documents of it."""
        chosen = "SELECT held_by FROM posting WHERE sync_id = :sync_id AND held_by IS NOT NULL"
        return {row.held_by for row in read(self.store_url, chosen, sync_id=self.sync_id)}


def play_night(store_url: str, sync_id: str, seed: int) -> Books:
    """Book and park documents of one administration, and say where they are found."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        try:
            chain.generate(COUNT, seed=seed, bad_share=BAD_SHARE)
            chain.night(f"night of {sync_id}")
        finally:
            chain.close()
    parked = read(
        store_url,
        "SELECT reference, reasons FROM posting"
        " WHERE sync_id = :sync_id AND state = 'parked' ORDER BY posting_id",
        sync_id=sync_id,
    )
    compared = read(
        store_url,
        "SELECT fiscal_year, period, journal FROM comparison WHERE sync_id = :sync_id LIMIT 1",
        sync_id=sync_id,
    )
    parts = {
        "sync_id": sync_id,
        "reference": parked[0].reference,
        "reason": ReasonCode(parked[0].reasons[0]["code"]).value,
        "act": "hold",
        "name": "ledger_accounts.csv",
        "period": f"{compared[0].fiscal_year}-{compared[0].period:02d}",
        "journal": compared[0].journal,
        "run_id": f"night of {sync_id}",
    }
    return Books(sync_id=sync_id, store_url=store_url, parts=parts)


def read(store_url: str, statement: str, **values: str) -> list[sa.Row[tuple[object, ...]]]:
    """Read from the store."""
    with store_engine(store_url).begin() as connection:
        return list(connection.execute(sa.text(statement), values))
