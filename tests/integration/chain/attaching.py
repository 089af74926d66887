"""Chains whose connections attach PDFs, and what is asked of them."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.contract.afas.afas_bench import AfasBench
from tests.contract.exactonline.exact_bench import ExactBench
from tests.integration.chain.chain import Chain
from tests.integration.chain.telling import Telling

COUNT = 8


def opened(store_url: str, sync_id: str, monkeypatch: pytest.MonkeyPatch) -> Telling:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.generate(COUNT)
    bench(chain).attach_pdfs()
    return Telling(chain, monkeypatch, mode="none")


def bench(chain: Chain) -> ExactBench | AfasBench:
    assert isinstance(chain.bench, ExactBench | AfasBench)
    return chain.bench


def sales(telling: Telling) -> list[dict[str, Any]]:
    organisation = telling.chain.administration.organisation
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"].values()
    return [row for row in rows if row["Organisation"] == organisation]


def files(telling: Telling) -> list[str]:
    return sorted(name for name, _ in bench(telling.chain).files())


def rows(telling: Telling) -> dict[str, Any]:
    chosen = sa.text(
        "SELECT d.source_document_id AS id, a.* FROM attachment a JOIN posting USING (posting_id)"
        " JOIN document d USING (document_id)"
    )
    with telling.chain.engine.begin() as connection:
        return {row.id: row for row in connection.execute(chosen)}


def place_in_source(telling: Telling, content: bytes | None) -> str:
    """Give the first sale another file, or none; return its id."""
    name = str(sales(telling)[0]["Id"])
    telling.chain.source_emulator.documents.files[name] = content
    return name


def fault_on_attaching(telling: Telling, **fault: object) -> None:
    place = bench(telling.chain)
    place.place(**place.last_attaching_call, **fault)
