"""Entries that go by file: each in one file, none lost, and known as booked once the books show them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from emulators.audit_file_style import Style
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.confirm_by_file import confirm_by_file
from finance_hooks.posting.export_shelf import MANIFEST
from tests.integration.chain.both_ways import by_files, write_files
from tests.integration.chain.files import SYNC_IDS, Files, by_file

COUNT = 8


class Killed(BaseException):
    """The worker died."""


@pytest.fixture(params=SYNC_IDS)
def files(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Files]:
    with by_file(store_url, request.param, monkeypatch, tmp_path / "export") as files:
        files.chain.generate(COUNT)
        yield files


def die_at(files: Files, name: str) -> None:
    """Let the next load die where it passes this point for the first time."""

    def die(passed: str) -> None:
        if passed == name:
            files.chain.checkpoint = lambda _name: None
            raise Killed

    files.chain.checkpoint = die


def load_and_die(files: Files, name: str, run_id: str) -> None:
    die_at(files, name)
    files.chain.prepare(run_id)
    with pytest.raises(Killed):
        files.chain.load(run_id)
    # The dead worker's lease has to run out before anybody gets it.
    files.chain.clock.sleep(files.chain.lease_ttl.total_seconds() + 1)


def test_every_document_stands_in_one_file_and_none_in_the_books(files: Files) -> None:
    report = files.chain.night("first")

    assert (report.documents, report.delivered, report.booked, report.red) == (COUNT, COUNT, 0, ())
    assert set(files.in_files().values()) == {1}
    assert files.in_files().total() == COUNT
    assert files.chain.bench.books() == []


def test_manifest_says_checksum_documents_and_totals_of_its_file(files: Files) -> None:
    files.chain.night("first")

    for path in files.written():
        told = json.loads(path.with_name(path.name + MANIFEST).read_text(encoding="utf-8"))
        assert told["file"] == path.name
        assert told["bytes"] == path.stat().st_size
        (total,) = told["totals"]
        assert total["documents"] == len(told["documents"])


def test_second_night_writes_nothing_new(files: Files) -> None:
    files.chain.night("first")
    before = files.written()

    report = files.chain.night("second")

    assert files.written() == before
    assert (report.delivered, report.red) == (COUNT, ())


def test_imported_files_are_confirmed_by_the_books_to_the_cent(files: Files) -> None:
    files.chain.night("first")
    for path in files.written():
        files.take_in(path)

    report = files.chain.night("second")

    assert (report.already_booked + report.booked, report.delivered, report.red) == (COUNT, 0, ())
    assert report.difference == 0
    assert set(files.chain.times_booked().values()) == {1}


@pytest.mark.parametrize("name", ["claimed", "announced", "delivered"])
def test_worker_that_dies_makes_nobody_book_twice_or_lose(files: Files, name: str) -> None:
    load_and_die(files, name, "first")

    files.chain.night("second")

    assert max(files.in_files().values()) == 1
    states = files.chain.states()
    assert states["delivered"] + states["parked"] == COUNT
    assert files.in_files().total() == states["delivered"]
    assert set(files.chain.reason_codes()) <= {"file_missing"}


def test_what_died_before_it_was_announced_is_delivered_by_the_next_night(files: Files) -> None:
    load_and_die(files, "claimed", "first")

    report = files.chain.night("second")

    assert (report.delivered, report.parked) == (COUNT, 0)


def test_sender_that_froze_before_its_manifest_writes_nothing_when_it_wakes(files: Files) -> None:
    chain = files.chain

    def freeze(passed: str) -> None:
        if passed == "claimed":
            chain.checkpoint = lambda _name: None
            chain.clock.lease = None
            chain.clock.sleep(chain.lease_ttl.total_seconds() + 1)
            chain.night("second")

    chain.prepare("first")
    chain.checkpoint = freeze
    with pytest.raises(TemporaryFailure, match="made void meanwhile"):
        chain.load("first")

    assert files.in_files().total() == COUNT
    assert max(files.in_files().values()) == 1
    assert chain.states() == {"delivered": COUNT}


def test_file_taken_away_before_anybody_noted_it_is_not_written_again(files: Files) -> None:
    load_and_die(files, "delivered", "first")
    (path,) = files.written()
    files.take_in(path)

    files.chain.night("second")
    for path in files.written():
        files.take_in(path)
    files.chain.night("third")

    assert files.chain.states() == {"booked": COUNT}
    assert set(files.chain.times_booked().values()) == {1}


def test_restored_store_finds_what_it_delivered_in_the_folder(files: Files) -> None:
    files.chain.night("first")
    before = files.written()
    files.forget_since()

    report = files.chain.night("second")

    assert files.written() == before
    assert (report.delivered, report.parked) == (COUNT, 0)


def test_switch_to_the_api_and_back_books_nothing_twice(files: Files) -> None:
    chain = files.chain
    chain.night("by file")
    delivered = files.written()
    files.switch(to_files=False)
    chain.generate(4, seed=2)
    by_api = chain.night("by API")
    files.switch(to_files=True)
    chain.generate(3, seed=3)
    chain.night("by file again")
    for path in files.written():
        files.take_in(path)
    last = chain.night("last")

    assert by_api.delivered == COUNT
    assert len(delivered) > 0
    assert chain.states() == {"booked": COUNT + 7}
    assert set(chain.times_booked().values()) == {1}
    assert last.difference == 0
    assert last.red == ()


def test_folder_that_cannot_be_written_keeps_all_for_the_next_night(files: Files) -> None:
    files.chain.prepare("first")
    files.folder.parent.mkdir(exist_ok=True)
    files.folder.write_text("in the way")

    with pytest.raises(OSError, match="export"):
        files.chain.load("first")
    files.folder.unlink()

    report = files.chain.night("second")
    assert (report.delivered, report.parked) == (COUNT, 0)


def test_audit_file_of_the_books_confirms_what_was_imported_and_agrees(files: Files, tmp_path: Path) -> None:
    chain = files.chain
    chain.night("first")
    (first, *_others) = files.written()
    taken = len(list(etree.parse(first).iter("transaction", "GLTransaction")))
    files.take_in(first)
    shown = write_files(chain, tmp_path, Style())

    confirmed = sum(confirm_by_file(chain.work("by hand"), AuditFile(path)) for path in shown)

    assert confirmed == taken
    assert chain.states() == {"booked": taken, "delivered": COUNT - taken}
    assert by_files(chain, tmp_path, Style()).agrees
