from random import Random

from chaos.faults import FaultKind, draw_fault
from chaos.kills import KillKind, plan_kills

SYSTEMS = ("qubz", "exactonline")


def test_the_same_seed_plans_the_same_kills() -> None:
    plans = [plan_kills(Random(7), kills=30, over_s=600, systems=SYSTEMS) for _ in range(2)]

    assert plans[0] == plans[1]
    assert plans[0] != plan_kills(Random(8), kills=30, over_s=600, systems=SYSTEMS)


def test_every_kind_is_killed_once_where_there_are_kills_enough() -> None:
    plan = plan_kills(Random(1), kills=len(KillKind), over_s=60, systems=SYSTEMS)

    assert {kill.kind for kill in plan} == set(KillKind)


def test_kills_come_one_after_the_other_within_their_time() -> None:
    times = [kill.at_s for kill in plan_kills(Random(1), kills=50, over_s=60, systems=SYSTEMS)]

    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= 60


def test_fewer_kills_than_kinds_are_as_many_as_wanted() -> None:
    assert len(plan_kills(Random(1), kills=2, over_s=60, systems=SYSTEMS)) == 2


def test_a_network_without_a_share_fails_never_and_with_the_whole_share_always() -> None:
    chance = Random(1)

    assert {draw_fault(chance, 0.0) for _ in range(100)} == {None}
    assert None not in {draw_fault(chance, 1.0) for _ in range(100)}


def test_every_kind_of_fault_is_drawn_and_the_same_ones_from_the_same_seed() -> None:
    drawn = [[draw_fault(chance, 0.5) for _ in range(200)] for chance in (Random(3), Random(3))]

    assert drawn[0] == drawn[1]
    assert {fault.kind for fault in drawn[0] if fault} == set(FaultKind)


def test_an_answer_may_be_lost_before_its_first_byte() -> None:
    chance = Random(1)

    drawn = [draw_fault(chance, 1.0) for _ in range(2000)]

    assert min(fault.after_bytes for fault in drawn if fault) == 0
