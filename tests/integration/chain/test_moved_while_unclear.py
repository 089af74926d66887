"""What was booked without an answer, and moved many months away before anybody asked, is not booked again."""

from contextlib import suppress

from adversary.hands import HANDS
from finance_hooks.model.errors import TemporaryFailure
from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges
from tests.integration.chain.test_moved_far_away import SALES, move_away


def test_document_whose_answer_was_lost_is_found_where_somebody_moved_its_booking(
    source: SourceChanges,
) -> None:
    chain = source.chain
    source.issue(SALES)
    losing_its_answer(chain)
    move_away(chain)

    happened = chain.load_until_done()

    assert (happened["found"], happened["absent"]) == (1, 0)
    assert chain.states() == {"booked": 1}
    assert set(chain.times_booked().values()) == {1}


def test_document_whose_answer_was_lost_is_sent_again_when_its_booking_stands_nowhere(
    source: SourceChanges,
) -> None:
    chain = source.chain
    source.issue(SALES)
    losing_its_answer(chain)
    (reference,) = chain.times_booked()
    emulator = chain.bench.server.emulator
    assert HANDS[emulator.key].delete(emulator, chain.administration.target_administration, reference)

    happened = chain.load_until_done()

    assert (happened["found"], happened["absent"]) == (0, 1)
    assert chain.states() == {"booked": 1}
    assert chain.times_booked() == {reference: 1}


def losing_its_answer(chain: Chain) -> None:
    """Let the one document that came be booked without any answer about it."""
    chain.prepare()
    chain.bench.place(effect="lost_answer", times=1)
    with suppress(TemporaryFailure):
        chain.load()
    chain.clear_faults()
    assert chain.states() == {"unknown": 1}
