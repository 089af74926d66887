"""An organisation moves from one package to another on a date: each document stands in one of the books."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import ConfigurationError
from tests.integration.chain.chain import Chain

COUNT = 30
LAST_DAY = date(2026, 10, 31)
FIRST_DAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Move:
    """The old books and the new ones, fed by one source."""

    old: Chain
    new: Chain

    def source_says(self, **link: str) -> None:
        """Let the organisation's finance link be another one from now on."""
        rows = self.old.source_emulator.documents.rows["organisations"]
        (row,) = (row for row in rows.values() if row["Code"] == "100")
        row["FinanceLink"] = row["FinanceLink"] | link

    def expected(self) -> dict[str, set[str]]:
        """Return the numbers of the documents that belong in the old books and in the new."""
        numbers: dict[str, set[str]] = {"old": set(), "new": set()}
        for entry in self.old.expected():
            side = "old" if date.fromisoformat(entry["date"]) <= LAST_DAY else "new"
            numbers[side].add(str(entry["number"]))
        return numbers

    def booked(self, chain: Chain) -> list[str]:
        """Return the numbers of the source's documents that stand in the books."""
        chosen = sa.text(
            "SELECT d.number FROM posting p JOIN document d USING (document_id)"
            " WHERE p.state = 'booked' AND p.books = :books"
        )
        with chain.engine.begin() as connection:
            found = connection.execute(chosen, {"books": chain.administration.books}).scalars().all()
        assert len(found) == len(chain.bench.books())
        return [str(number) for number in found]


@pytest.fixture
def move(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Move]:
    old = Chain(store_url, "exact_nl", monkeypatch, ends_on=LAST_DAY)
    new = Chain(store_url, "twinfield_nl", monkeypatch, organisation="100", starts_on=FIRST_DAY)
    old.exact.consent()  # a new bench begins without the tokens of others
    new.source_server.close()
    new.source_emulator, new.source = old.source_emulator, old.source
    monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", old.source_connection)
    moved = Move(old, new)
    moved.source_says(Target="Twinfield", AdministrationCode="NL42")
    yield moved
    new.bench.close()
    old.close()


def issue(move: Move, **wish: Any) -> None:
    wanted = {"count": COUNT, "from": "2026-10-20", "until": "2026-11-02", "organisations": ["100"]}
    move.old.source_emulator.load({"generate": wanted | wish})


def test_documents_of_either_side_of_the_date_stand_in_one_set_of_books_each(move: Move) -> None:
    issue(move, seed=4)

    reports = [chain.night() for chain in (move.old, move.new)]

    expected = move.expected()
    assert sorted(move.booked(move.old)) == sorted(expected["old"])
    assert sorted(move.booked(move.new)) == sorted(expected["new"])
    assert all(expected.values())
    assert all(report.difference == 0 and not report.red for report in reports)


def test_late_document_of_before_the_move_still_goes_into_the_old_books(move: Move) -> None:
    issue(move, seed=4)
    for chain in (move.old, move.new):
        chain.night("first")
    issue(move, seed=5, count=3, until="2026-10-31")

    reports = [chain.night("second") for chain in (move.old, move.new)]

    assert [report.booked for report in reports] == [3, 0]
    assert sorted(move.booked(move.old)) == sorted(move.expected()["old"])


def test_new_books_are_refused_until_the_source_says_that_it_moved(move: Move) -> None:
    issue(move, seed=4)
    move.source_says(Target="ExactOnline", AdministrationCode="1234567")

    with pytest.raises(ConfigurationError, match="target of the finance link is exactonline"):
        move.new.prepare()

    assert move.new.bench.books() == []
