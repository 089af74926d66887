"""Every position of what is undocumented about a package is tried; one that takes nothing loses nothing."""

from collections.abc import Iterator

import pytest

from emulators.registry import build
from emulators.switches import Switch
from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Refused
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.registry import TARGETS
from tests.contract.bench import Bench, opened, post, post_all
from tests.contract.benches import SHUT_BENCHES, parts_of
from tests.contract.position import Position


@pytest.fixture(params=SHUT_BENCHES)
def shut(request: pytest.FixtureRequest, module_store_url: str) -> Iterator[Bench]:
    with opened(lambda: SHUT_BENCHES[request.param](module_store_url)) as made:
        yield made


@pytest.mark.parametrize("slug", TARGETS)
def test_every_position_of_every_switch_is_on_a_bench(slug: str) -> None:
    benches = benches_of(slug)

    untried = {
        (switch.name, position)
        for switch in build(slug).declared_switches
        if switch.name not in parts_of(slug).INSTRUMENTS
        for position in listed(switch)
        if not any(bench.switches.get(switch.name, switch.default) == position for bench in benches)
    }

    assert untried == set()


@pytest.mark.parametrize("slug", TARGETS)
def test_every_switch_without_listed_positions_is_moved_on_a_bench_or_no_fact(slug: str) -> None:
    declared = {switch.name for switch in build(slug).declared_switches}
    open_switches = {switch.name for switch in build(slug).declared_switches if not listed(switch)}
    moved = {name for bench in benches_of(slug) for name in bench.switches}
    instruments = set(parts_of(slug).INSTRUMENTS)

    assert open_switches - moved <= instruments
    assert instruments <= declared - moved


def test_package_that_takes_nothing_says_why_and_books_all_of_it_once_it_does(shut: Bench) -> None:
    entries = list(shut.entries().values())
    hook = shut.hook()

    said = [what_is_said(hook, entry) for entry in entries[:3]]

    assert all(said)
    assert shut.books() == []
    shut.open_up()
    outcomes = post_all(shut.hook(), entries)
    assert [type(outcome) for outcome in outcomes] == [Booked] * len(entries), outcomes
    assert len(shut.books()) == len(entries)


def benches_of(slug: str) -> list[Position]:
    return [*parts_of(slug).POSITIONS.values(), *parts_of(slug).SHUT.values()]


def listed(switch: Switch) -> tuple[object, ...]:
    return switch.positions or ((True, False) if isinstance(switch.default, bool) else ())


def what_is_said(hook: TargetHook, entry: Entry) -> str:
    """Post an entry that cannot be taken, and return what a person reads about it."""
    try:
        outcome = post(hook, entry)
    except (ConfigurationError, TemporaryFailure) as error:
        return str(error)
    assert isinstance(outcome, Refused | Later), outcome
    return outcome.why if isinstance(outcome, Later) else outcome.reasons[0].detail or ""
