"""What the tests about keeping share: a purge long after, the store's rows, a source that changes."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.retention import Retention
from finance_hooks.posting.keep import Purge
from tests.integration.chain.chain import Chain

COUNT = 6
LONG_AFTER = date(2040, 1, 2)


def purge(today: date = LONG_AFTER, **retention: Any) -> Purge:
    return Purge(retention=Retention(**retention), today=today, run_id="purge", who="Anja")


def rows(chain: Chain, statement: str) -> list[Any]:
    with chain.engine.begin() as connection:
        return list(connection.execute(sa.text(statement)))


def withdraw(chain: Chain) -> str:
    """Let the source take back one document, and return its number."""
    (found,) = rows(chain, "SELECT number, source_document_id FROM document ORDER BY document_id LIMIT 1")
    change(chain, found.source_document_id, Status="Cancelled")
    return str(found.number)


def change(chain: Chain, source_document_id: str, **fields: Any) -> None:
    for resource, documents in chain.source_emulator.documents.rows.items():
        for row in list(documents.values()):
            if str(row.get("Id")) == source_document_id and "Lines" in row:
                changed = dict(row) | fields | {"ChangedDate": chain.clock.now().isoformat()}
                chain.source_emulator.load({resource: [changed]})
