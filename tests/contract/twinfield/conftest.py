"""Twinfield as it is documented, on the bench; and seen through a client that is not certified."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.twinfield.twinfield_bench import TwinfieldBench


@pytest.fixture
def twinfield(module_store_url: str) -> Iterator[TwinfieldBench]:
    yield from _open(TwinfieldBench(store_url=module_store_url))


@pytest.fixture
def uncertified(module_store_url: str) -> Iterator[TwinfieldBench]:
    yield from _open(TwinfieldBench(store_url=module_store_url, certified=False))


def _open(made: TwinfieldBench) -> Iterator[TwinfieldBench]:
    before = dict(os.environ)
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)
