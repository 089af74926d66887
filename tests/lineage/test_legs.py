"""Any booked line leads back to the lines of the source and the mapping rows it was made of."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.posting.legs import legs_of
from finance_hooks.sources.qubz.fields import read_field_tables
from finance_hooks.store.provenance import Provenance, find_provenance
from tests.integration.chain.chain import Chain
from tests.integration.cli.store_connection import store_connection

COUNT = 30


@pytest.fixture(scope="module")
def night(module_store_url: str) -> Iterator[Chain]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(module_store_url, "exact_nl", monkeypatch)
        chain.generate(COUNT)
        chain.night()
        yield chain
        chain.close()


def find(night: Chain, asked: str) -> list[Provenance]:
    with night.engine.begin() as connection:
        return find_provenance(connection, asked)


def entry_numbers(night: Chain) -> list[str]:
    with night.engine.begin() as connection:
        return list(connection.execute(sa.text("SELECT target_entry_number FROM posting")).scalars())


def amount(source_line: Mapping[str, Any]) -> Decimal:
    if "Debit" in source_line:
        return Decimal(source_line["Debit"]) - Decimal(source_line["Credit"])
    return Decimal(source_line["NetAmount"])


def test_every_leg_of_every_booking_is_the_sum_of_its_source_lines(night: Chain) -> None:
    numbers = entry_numbers(night)

    found = [one for number in numbers for one in find(night, number)]

    assert {one.resource for one in found} == {"salesinvoices", "purchaseinvoices", "memorials"}
    assert len({one.reference for one in found}) == COUNT
    for one in found:
        legs = legs_of(one, read_field_tables())
        assert legs
        for leg in legs:
            assert leg.source_lines
            assert sum(map(amount, leg.source_lines), Decimal(0)) == Decimal(leg.line["amount"])


def test_rows_of_a_leg_say_the_codes_it_was_booked_with(night: Chain) -> None:
    for number in entry_numbers(night):
        for leg in legs_of(find(night, number)[0], read_field_tables()):
            cells = {cell for row in leg.mapping_rows.values() for cell in row}
            codes = {leg.line[name] for name in ("ledger_account", "vat_code", "cost_centre", "cost_unit")}
            assert codes - {None} <= cells


def test_command_shows_the_source_lines_of_each_leg(
    night: Chain,
    module_store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(module_store_url))
    number = entry_numbers(night)[0]

    main(["where", number])
    shown = capsys.readouterr().out
    main(["where", "--json", number])
    written = json.loads(capsys.readouterr().out)[0]

    assert len(written["legs"]) == len(written["entry"]["lines"])
    for leg in legs_of(find(night, number)[0], read_field_tables()):
        assert f"leg {leg.line['number']}: ledger account {leg.line['ledger_account']}" in shown
        for source_line in leg.source_lines:
            assert json.dumps(source_line, ensure_ascii=False) in shown
        for at, cells in leg.mapping_rows.items():
            assert f"row {at}: {' | '.join(cells[1:])}" in shown


def test_purchase_is_found_by_the_number_its_supplier_gave_it(night: Chain) -> None:
    chosen = "SELECT entry ->> 'number' AS given, number FROM posting JOIN document USING (document_id)"
    with night.engine.begin() as connection:
        rows = connection.execute(sa.text(f"{chosen} WHERE entry ->> 'kind' = 'purchase'")).all()
    given = {row.given: row.number for row in rows if row.given != row.number}

    found = {number: [one.document_number for one in find(night, number)] for number in given}

    assert given
    assert found == {number: [ours] for number, ours in given.items()}
