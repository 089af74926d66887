"""Names of parties are known from the first document that says them, and forgotten with the last."""

from collections.abc import Iterator

import pytest

from finance_hooks.posting.keep import keep, preview
from finance_hooks.store.party_names import find_party_codes
from tests.integration.chain.chain import Chain
from tests.integration.chain.keeping import COUNT, purge, rows


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield chain
    chain.close()


def find(chain: Chain, asked: str, *, limit: int = 25) -> list[str]:
    with chain.engine.begin() as connection:
        return find_party_codes(
            connection, asked, organisations=["100"], books=["exactonline:1234567"], limit=limit
        )


def test_party_is_found_by_a_part_of_its_name_and_by_the_code_of_either_side(chain: Chain) -> None:
    chain.night()
    (known, *_) = rows(chain, "SELECT party_code, name FROM party_name ORDER BY party_code")
    with chain.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO party_link (books, organisation, party, role, sync_id, state, target_party,"
            " changed_at)"
            " VALUES ('exactonline:1234567', '100', '4711', 'debtor', 'exact_nl', 'linked', 'D-9', now())"
        )

    assert known.party_code in find(chain, known.name[2:].upper())
    assert find(chain, known.party_code) == [known.party_code]
    assert find(chain, "D-9") == ["D-9", "4711"]
    assert find(chain, "100%") == ["100%"]
    assert len(find(chain, "", limit=2)) == 3


def test_name_follows_the_source(chain: Chain) -> None:
    chain.prepare("first")
    (known, *_) = rows(chain, "SELECT party_code, name FROM party_name")
    relations = chain.source_emulator.documents.rows["relations"]
    relation = next(row for row in relations.values() if row["Number"] == known.party_code)
    chain.source_emulator.load({"relations": [dict(relation) | {"Name": "Nieuwe Naam B.V."}]})

    chain.prepare("second")

    assert known.party_code in find(chain, "nieuwe naam")


def test_names_of_parties_go_with_the_last_document_that_says_them(chain: Chain) -> None:
    chain.night()
    named = rows(chain, "SELECT party_code FROM party_name")
    assert {row.party_code for row in named} == {
        row.party_code for row in rows(chain, "SELECT party_code FROM document WHERE party_code IS NOT NULL")
    }

    assert preview(chain.engine, purge())[1]["party_names"] == 0
    assert keep(chain.engine, purge(chain.today))["party_names"] == 0
    assert keep(chain.engine, purge())["party_names"] == len(named)

    assert rows(chain, "SELECT 1 FROM party_name") == []
    assert len(rows(chain, "SELECT 1 FROM document WHERE party_code IS NOT NULL")) > 0
