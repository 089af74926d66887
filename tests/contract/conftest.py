"""Every package under test, with its undocumented facts one way and the other."""

import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.targets.registry import TARGETS
from tests.contract.bench import Bench

HERE = Path(__file__).parent


def _benches(slug: str) -> Mapping[str, Callable[[str], Bench]]:
    """Find the benches in the folder named after a package; a package without any fails here."""
    (module,) = (HERE / slug).glob("*_bench.py")
    found: Mapping[str, Callable[[str], Bench]] = import_module(
        f"tests.contract.{slug}.{module.stem}"
    ).BENCHES
    return found


BENCHES = {name: make for slug in TARGETS for name, make in _benches(slug).items()}


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, module_store_url: str) -> Iterator[Bench]:
    before = dict(os.environ)
    made = BENCHES[request.param](module_store_url)
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def sale(bench: Bench) -> Entry:
    return bench.entries()["sales"]
