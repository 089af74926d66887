from collections import Counter
from typing import Any

import pytest

from adversary.judge import judge
from chaos.kills import Kill, KillKind
from chaos.play import Wish
from chaos.verdict import Judged, Verdict
from chaos.wounds import OpenPosting, Wounds
from tests.adversary.pictures import ENTERED, a_picture

KILL = Kill(
    kind=KillKind.TASK, at_s=1, down_s=1, alone=False, while_booking=True, system="exactonline", place=0.5
)
WISH = Wish(seed=1, documents=1, mishaps_s=60, kills=1, patience_s=60, hurries=False)


def sent(posting_id: int, state: str = "sending", generation: int = 1) -> OpenPosting:
    return OpenPosting(posting_id=posting_id, sync_id="exact_nl", state=state, generation=generation)


def verdict(wounds: Wounds, **changes: Any) -> Verdict:
    """Return the verdict on a run of one document that is booked, but for the changes."""
    settled: dict[str, Any] = {
        "settled_s": 1.0,
        "judged": [Judged.of("exact_nl", a_picture(), judge(a_picture()))],
    }
    counted = {"killed": Counter(task=1), "fell": Counter(), "faults": Counter(), "runs": Counter()}
    return Verdict(
        wish=WISH,
        executor="local",
        seconds=2.0,
        connections=1,
        nights=1,
        wounds=wounds,
        **(counted | settled | changes),
    )


def test_what_was_under_way_is_known_when_nobody_takes_it_for_sent_any_more() -> None:
    wounds = Wounds()
    wound = wounds.add(KILL, 10.0, [sent(1), sent(2), sent(3, "pending")])

    wounds.see([sent(1), sent(2, "unknown")], 20.0)
    wounds.see([sent(1, "unknown"), sent(2, "unknown")], 30.0)
    wounds.see([sent(2, "unknown")], 40.0)
    wounds.see([], 50.0)

    assert (wound.known_at_s, wound.settled_at_s) == (30.0, 50.0)


def test_what_is_sent_again_under_a_later_lease_was_known_before() -> None:
    wounds = Wounds()
    wound = wounds.add(KILL, 10.0, [sent(1)])

    wounds.see([sent(1, generation=2)], 20.0)

    assert (wound.known_at_s, wound.settled_at_s) == (20.0, None)


def test_times_are_counted_from_the_restart() -> None:
    wounds = Wounds()
    wound = wounds.add(KILL, 10.0, [sent(1)])
    wound.restarted_at_s = 15.0
    wounds.see([], 75.5)

    assert wounds.times()["known"] == {
        "kills": 1,
        "never": 0,
        "median_s": 60.5,
        "max_s": 60.5,
        "within_60_s": 0,
    }
    assert wounds.times()["known_after_kill"]["max_s"] == 65.5


def test_kills_that_hit_nothing_under_way_have_no_times() -> None:
    wounds = Wounds()
    wounds.add(KILL, 10.0, [sent(1, "pending")])
    wounds.see([], 20.0)

    assert wounds.times()["known"]["kills"] == 0
    assert wounds.times()["known"]["median_s"] is None


def test_what_one_kill_left_behind_is_not_the_next_ones() -> None:
    wounds = Wounds()
    wounds.add(KILL, 10.0, [sent(1)])

    second = wounds.add(KILL, 20.0, [sent(1), sent(2)])

    assert second.under_way == {(2, 1)}


def test_what_is_never_known_is_told() -> None:
    wounds = Wounds()
    wounds.add(KILL, 10.0, [sent(1)])
    wounds.see([sent(1)], 20.0)

    assert wounds.times()["known"]["never"] == 1


def test_a_run_without_violations_that_was_settled_keeps_the_promise() -> None:
    kept = verdict(Wounds())

    assert kept.kept
    assert kept.told()["total"] == {
        "documents": 1,
        "posts": 1,
        "booked": 1,
        "parked": 0,
        "unsettled": 0,
        "doubles": 0,
        "losses": 0,
        "others": 0,
    }


def test_a_run_that_was_never_settled_breaks_it() -> None:
    assert not verdict(Wounds(), settled_s=None).kept


@pytest.mark.parametrize(("entered", "name"), [((ENTERED, ENTERED), "doubles"), ((), "losses")])
def test_a_double_and_a_loss_are_counted_and_break_the_promise(entered: Any, name: str) -> None:
    picture = a_picture(entered=entered)

    broken = verdict(Wounds(), judged=[Judged.of("exact_nl", picture, judge(picture))])

    assert not broken.kept
    assert broken.told()["total"][name] > 0
    assert name in broken.table()
