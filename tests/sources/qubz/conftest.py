"""The tables as shipped, and the masters of both sample organisations."""

import pytest

from finance_hooks.model.masters import Masters
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.fields import read_field_tables
from tests.sources.qubz.examples import masters_of


@pytest.fixture(scope="session")
def contract() -> SourceContract:
    return SourceContract(source_id="qubz", tables=read_field_tables())


@pytest.fixture(scope="session")
def nl(contract: SourceContract) -> Masters:
    return masters_of(contract, "100")


@pytest.fixture(scope="session")
def be(contract: SourceContract) -> Masters:
    return masters_of(contract, "200")
