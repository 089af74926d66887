"""Twinfield as it is documented, on the bench; and seen through a client that is not certified."""

from collections.abc import Iterator

import pytest

from tests.contract.bench import opened
from tests.contract.position import Position
from tests.contract.twinfield.twinfield_bench import TwinfieldBench

UNCERTIFIED = Position(connection={"certified": False})


@pytest.fixture
def twinfield(module_store_url: str) -> Iterator[TwinfieldBench]:
    with opened(lambda: TwinfieldBench(module_store_url)) as made:
        yield made


@pytest.fixture
def uncertified(module_store_url: str) -> Iterator[TwinfieldBench]:
    with opened(lambda: TwinfieldBench(module_store_url, UNCERTIFIED)) as made:
        yield made
