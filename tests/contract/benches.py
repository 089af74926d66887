"""Find the benches of every package: a folder of its own, named after it."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from finance_hooks.model.administration import Administration
from finance_hooks.targets.registry import TARGETS
from tests.contract.bench import Bench

HERE = Path(__file__).parent


def benches_of(slug: str) -> Mapping[str, Callable[[str], Bench]]:
    """Return how to make each bench of a package on a store; a package without any fails here."""
    (module,) = (HERE / slug).glob("*_bench.py")
    found: Mapping[str, Callable[[str], Bench]] = import_module(
        f"tests.contract.{slug}.{module.stem}"
    ).BENCHES
    return found


def open_bench(administration: Administration, store_url: str) -> Bench:
    """Open the bench that behaves as the package is thought to, named after package and country."""
    make = benches_of(administration.target)[f"{administration.target} {administration.country}"]
    bench = make(store_url)
    assert bench.administration == administration.target_administration
    return bench


BENCHES = {name: make for slug in TARGETS for name, make in benches_of(slug).items()}
