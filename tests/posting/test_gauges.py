"""What is measured of a run is whole numbers under names that say everything."""

from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.gauges import measure_run
from finance_hooks.store.budgets import Room
from tests.posting.open_ones import AT, document, long_ago, report

P = PostingState


def room(length_s: int, remaining: int) -> Room:
    return Room(length_s=length_s, remaining=remaining, limit=5000, reserve=1500, left_s=10.0)


def test_run_is_measured_by_place_difference_age_and_calls_left() -> None:
    told = report(parked=2, difference="-0.05")
    documents = [
        document(P.PARKED, 1, created_at=long_ago(3)),
        document(P.PARKED, 2, created_at=long_ago(1)),
        document(P.PENDING, 3, created_at=long_ago(9)),
    ]
    rooms = [room(60, 40), room(86400, 3000), room(60, 12)]

    measured = {one.plain_name("exact_nl"): one.value for one in measure_run(told, documents, rooms, at=AT)}

    assert measured == {
        "finance.exact_nl.documents.booked": 3,
        "finance.exact_nl.documents.already_booked": 2,
        "finance.exact_nl.documents.parked": 2,
        "finance.exact_nl.documents.waiting": 0,
        "finance.exact_nl.documents.unknown": 0,
        "finance.exact_nl.difference_cents": -5,
        "finance.exact_nl.oldest_parked_s": 3 * 86400,
        "finance.exact_nl.calls_left.60s": 12,
        "finance.exact_nl.calls_left.86400s": 3000,
    }


def test_without_parked_documents_the_oldest_is_no_second_old() -> None:
    (age,) = [one.value for one in measure_run(report(), (), (), at=AT) if one.name == "oldest_parked_s"]

    assert age == 0
