"""A document becomes one whole entry in the target's codes, or is parked with every reason."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.mapping import map_documents as map_documents_module
from finance_hooks.model.keys import make_reference
from tests.mapping.examples import ROWS, a_document, a_line, map_all, vat_of, write_folder
from tests.mapping.map_one import MapOne, entry_of


def test_entry_carries_everything_of_the_document(map_one: MapOne) -> None:
    document = a_document(g_account_amount=Decimal("40.00"))

    entry = entry_of(map_one, document)

    assert entry.posting_key == str(document.key)
    assert entry.reference == make_reference(str(document.key))
    assert (entry.administration, entry.journal, entry.party) == ("1234567", "VRK", "10045")
    assert (entry.number, entry.currency, entry.rate, entry.payment_term) == ("2026100123", "EUR", None, "30")
    assert (entry.entry_date, entry.due_date) == (date(2026, 10, 31), date(2026, 11, 30))
    assert (entry.fiscal_year, entry.period) == (2026, 10)
    assert (entry.gross, entry.vat, entry.gross_in_books) == (
        Decimal("121.00"),
        Decimal("21.00"),
        Decimal("121.00"),
    )
    assert entry.g_account_amount == Decimal("40.00")


def test_leg_names_its_source_line_and_mapping_rows(map_one: MapOne) -> None:
    line = a_line(7, None, "100.00", article="LED", cost_centre="INZ", cost_unit="REST")

    mapped = map_one(a_document([line], [vat_of("VH21", "21.00")]))

    assert mapped.entry is not None
    leg = mapped.entry.lines[0]
    assert (leg.number, leg.source_lines) == (1, (7,))
    assert (leg.ledger_account, leg.vat_code, leg.vat_account) == ("8000", "VH21", "1650")
    assert (leg.cost_centre, leg.cost_unit, leg.reverse_charge_account) == ("INZ", "REST", None)
    assert leg.mapping_rows == (
        "qubz/article_accounts.csv:2",
        "books/ledger_accounts.csv:9",
        "books/vat_codes.csv:2",
        "books/cost_centres.csv:2",
        "books/cost_units.csv:2",
    )
    assert {"books/journals.csv:2", "books/parties.csv:2", "books/payment_terms.csv:2"} <= set(
        mapped.mapping_rows
    )


def test_digest_follows_what_the_rows_say_not_where_they_stand(map_one: MapOne) -> None:
    accounts = ROWS["books/ledger_accounts.csv"]
    moved = {"books/ledger_accounts.csv": ["nl,1,,,1,", *accounts]}
    annotated = {"books/ledger_accounts.csv": [f"{row}a note" for row in accounts]}
    changed = {"books/ledger_accounts.csv": [row.replace(",,,8000,", ",,,9000,") for row in accounts]}

    digest = map_one(a_document()).mapping_digest

    assert map_one(a_document(), moved).mapping_digest == digest
    assert map_one(a_document(), annotated).mapping_digest == digest
    assert map_one(a_document(), changed).mapping_digest != digest


def test_batches_keep_order_and_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [a_document(number=f"{number}") for number in range(7)]
    write_folder(tmp_path)
    at_once = map_all(tmp_path, documents)

    monkeypatch.setattr(map_documents_module, "BATCH_LINES", 2)

    assert map_all(tmp_path, documents) == at_once
    assert [mapped.document.number for mapped in at_once] == [str(number) for number in range(7)]


def test_nothing_to_map_gives_nothing(folder: Path) -> None:
    assert map_all(folder, []) == []
