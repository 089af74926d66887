"""What the handbook tells people to type does its work on a real store, word for word."""

from collections.abc import Iterator

import pytest

from finance_hooks.cli.__main__ import main
from tests.handbook.executed import ON_THE_STORE, STANDS_FOR
from tests.handbook.written_commands import Written, finance_arguments
from tests.integration.chain.offering import offering
from tests.integration.cli.store_connection import store_connection

ASKED = [each for each in finance_arguments() if each[1][0] in ON_THE_STORE and "--file" not in each[1]]


@pytest.fixture(scope="module", autouse=True)
def offered(module_store_url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch, offering(module_store_url, monkeypatch) as offer:
        offer.night()
        monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(module_store_url))
        yield


@pytest.mark.parametrize(("command", "arguments"), ASKED, ids=str)
def test_command_is_done_or_says_that_nothing_was_to_be_done(
    command: Written, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    ended = main([STANDS_FOR.get(word, word) for word in arguments])

    assert ended in {0, 1}, f"{command}: {capsys.readouterr().err}"
