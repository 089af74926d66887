"""An entry that a file's format fails over is parked with what is wrong; the others are delivered."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.export import FileExport, FileLayout
from finance_hooks.model.park_reason_text import reason_sentence
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.operators.storage_shelf import StorageShelf
from finance_hooks.posting.export_shelf import MANIFEST
from finance_hooks.posting.file_road import Folders
from finance_hooks.posting.load import load
from finance_hooks.store.leases import LeaseRefused
from tests.integration.posting.night import Night

FAULTS = [
    pytest.param({"currency": "E\x01R"}, "currency = E R", id="write fails over a text"),
    pytest.param(
        {"g_account_amount": Decimal("1E+30")}, "g_account_amount = 1E+30", id="write fails over an amount"
    ),
    pytest.param({"entry_date": date(9999, 12, 31)}, "entry_date = 9999-12-31", id="the check itself fails"),
]


@pytest.fixture
def by_file(night: Night, tmp_path: Path) -> Night:
    export = FileExport(location=f"file://{tmp_path}", layout=FileLayout())
    night.administration = replace(night.administration, target="twinfield", target_conn_id="", export=export)
    return night


def deliver(night: Night) -> dict[str, int]:
    held = night.lease()
    assert not isinstance(held, LeaseRefused)
    with held as lease:
        return load(night.work("run"), night.books, lease, Folders(open_shelf=StorageShelf))


def documents(folder: Path) -> list[list[str]]:
    """Return the numbers of the documents in each file, as its manifest says."""
    manifests = sorted(path for path in folder.iterdir() if path.name.endswith(MANIFEST))
    told = [json.loads(path.read_bytes()) for path in manifests]
    return [[one["number"] for one in each["documents"]] for each in told]


def sentences(night: Night, reference: str) -> list[str]:
    chosen = sa.text("SELECT reasons FROM posting WHERE reference = :reference")
    with night.engine.begin() as connection:
        reasons = connection.execute(chosen, {"reference": reference}).scalar_one()
    return [reason_sentence(reason, "en") for reason in reasons_from_plain(reasons)]


@pytest.mark.parametrize(("changes", "named"), FAULTS)
def test_entry_that_cannot_be_written_is_parked_and_the_others_are_delivered(
    by_file: Night, tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    good = [by_file.offer("1"), by_file.offer("3")]
    bad = by_file.offer("2", **changes)

    happened = deliver(by_file)

    (said,) = sentences(by_file, bad)
    assert said.startswith(f"2, {named}: cannot be written to the file for the package (")
    assert "change it in 21QUBZ or in the mapping table" in said
    assert [by_file.state(reference) for reference in good] == ["delivered", "delivered"]
    assert (happened["delivered"], happened["parked"], documents(tmp_path)) == (2, 1, [["1", "3"]])


def test_line_of_the_value_is_named(by_file: Night) -> None:
    reference = by_file.offer("1")
    with by_file.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET entry = jsonb_set(entry, '{lines,0,amount}', '\"1E+30\"')"
                " WHERE reference = :reference"
            ),
            {"reference": reference},
        )

    deliver(by_file)

    (said,) = sentences(by_file, reference)
    assert said.startswith("1, line 1, amount = 1E+30: cannot be written")


def test_journal_of_which_nothing_can_be_written_leaves_no_file(by_file: Night, tmp_path: Path) -> None:
    references = [by_file.offer(number, currency="E\x01R") for number in ("1", "2")]

    happened = deliver(by_file)

    assert [by_file.state(reference) for reference in references] == ["parked", "parked"]
    assert (happened["parked"], documents(tmp_path)) == (2, [])


def test_mended_entry_is_delivered_by_the_next_load_once(by_file: Night, tmp_path: Path) -> None:
    by_file.offer("1")
    bad = by_file.offer("2", currency="E\x01R")
    deliver(by_file)
    by_file.offer("2")

    deliver(by_file)
    again = deliver(by_file)

    assert by_file.state(bad) == "delivered"
    assert sorted(documents(tmp_path)) == [["1"], ["2"]]
    assert again.get("delivered", 0) == 0
