"""Find the benches of every package: a folder of its own, named after it."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from finance_hooks.model.administration import Administration
from finance_hooks.targets.registry import TARGETS
from tests.contract.bench import Bench
from tests.contract.position import Position

HERE = Path(__file__).parent


class Positions(Protocol):
    """What a package's `positions` module states."""

    POSITIONS: Mapping[str, Position]
    SHUT: Mapping[str, Position]
    INSTRUMENTS: Mapping[str, str]


def parts_of(slug: str) -> Positions:
    """Return what a package states about the positions it is tried in."""
    return cast("Positions", import_module(f"tests.contract.{slug}.positions"))


def positions_of(slug: str) -> Mapping[str, Position]:
    """Return the positions a package is tried in; named after a country alone, it is as it is thought."""
    return parts_of(slug).POSITIONS


def bench_of(slug: str) -> Callable[[str, Position], Bench]:
    """Return how to put a package on a bench; a package without one fails here."""
    (path,) = (HERE / slug).glob("*_bench.py")
    module = import_module(f"tests.contract.{slug}.{path.stem}")
    (found,) = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Bench) and each.__module__ == module.__name__
    ]
    make: Callable[[str, Position], Bench] = found
    return make


def open_bench(administration: Administration, store_url: str) -> Bench:
    """Open the bench that behaves as the package is thought to in that country."""
    positions = positions_of(administration.target)
    make, position = bench_of(administration.target), positions[administration.country]
    bench = make(store_url, position)
    assert bench.administration == administration.target_administration
    return bench


def _open(slug: str, position: Position, store_url: str) -> Bench:
    return bench_of(slug)(store_url, position)


BENCHES: Mapping[str, Callable[[str], Bench]] = {
    f"{slug} {name}": partial(_open, slug, position)
    for slug in TARGETS
    for name, position in positions_of(slug).items()
}
"""Every package under test, by what is undocumented about it."""

SHUT_BENCHES: Mapping[str, Callable[[str], Bench]] = {
    f"{slug}: {name}": partial(_open, slug, position)
    for slug in TARGETS
    for name, position in parts_of(slug).SHUT.items()
}
"""Every package in the positions in which nothing can be booked."""
