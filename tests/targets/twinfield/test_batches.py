from dataclasses import replace
from datetime import UTC, datetime, timedelta

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Later
from finance_hooks.targets.twinfield.batches import Batch, later, split_batch, write_batches
from finance_hooks.targets.twinfield.payload import Manner
from finance_hooks.targets.twinfield.settings import POST_BYTES_MAX
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1 = SAMPLES["S1"]


def batches(entries: list[Entry]) -> list[Batch]:
    manner = Manner(is_final=False, free_text_field=None)
    return list(write_batches(entries, lambda _office: make_chart(), lambda _office: manner))


def test_twenty_five_entries_go_into_one_request_and_the_next_into_another() -> None:
    made = batches([replace(S1, number=str(number)) for number in range(51)])

    assert [len(batch.entries) for batch in made] == [25, 25, 1]
    assert [len(batch.document) for batch in made] == [25, 25, 1]
    assert batches([]) == []


def test_administrations_do_not_share_a_request() -> None:
    made = batches([S1, replace(S1, administration="NL43"), replace(S1, administration="NL43")])

    assert [(batch.office, len(batch.entries)) for batch in made] == [("NL42", 1), ("NL43", 2)]


def test_request_stays_within_its_size_and_one_large_entry_goes_alone() -> None:
    long = replace(S1, lines=S1.lines * 240)
    made = batches([replace(long, number=str(number)) for number in range(8)])

    sizes = [sum(each.size for each in batch.written) for batch in made]
    assert len(made) > 1
    assert max(sizes) <= POST_BYTES_MAX
    assert sum(len(batch.entries) for batch in made) == 8
    assert len(batches([replace(S1, lines=S1.lines * 2000)] * 2)) == 2


def test_batch_is_split_in_two_without_losing_an_entry_or_the_order() -> None:
    (batch,) = batches([replace(S1, number=str(number)) for number in range(3)])

    first, second = split_batch(batch)

    assert [entry.number for entry in [*first.entries, *second.entries]] == ["0", "1", "2"]
    assert (first.office, len(first.entries), len(second.entries)) == ("NL42", 1, 2)


def test_entries_that_were_not_sent_come_later() -> None:
    (outcome,) = later([S1], NOW, 40, "held back")

    assert outcome == Later(reference=S1.reference, until=NOW + timedelta(seconds=40), why="held back")
