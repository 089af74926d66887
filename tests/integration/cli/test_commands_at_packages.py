"""What the handbook tells people to type about a package is done there, word for word."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from finance_hooks.cli.__main__ import main
from finance_hooks.cli.authorise import authorise
from tests.handbook.executed import AT_PACKAGES, STANDS_FOR
from tests.handbook.written_commands import Written, finance_arguments
from tests.integration.cli.emulated_site import book_a_night, emulated_site, open_as_a_browser, write_books

ADMINISTRATIONS = {
    "exact_nl": ("exactonline", "1234567"),
    "twinfield_nl": ("twinfield", "NL42"),
    "afas_nl": ("afas", "1"),
    "accountview_nl": ("accountview", "VB01"),
}
CONSENTING = ("exactonline_nl", "exactonline_be", "twinfield_nl", "accountview_nl")
ENDS_WITH = {"confirm": 1, "imported": 1, "withdraw": 1}
"""Nothing of these administrations went by file."""
ASKED = [
    each
    for each in {arguments: (command, arguments) for command, arguments in finance_arguments()}.values()
    if each[1][0] in AT_PACKAGES or "--file" in each[1]
]


@pytest.fixture(scope="module")
def addresses(module_store_url: str) -> Iterator[Mapping[str, str]]:
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        emulated_site(module_store_url, monkeypatch) as addresses,
    ):
        yield addresses


class Person:
    """Sits before the screen: opens the address that a command shows, and pastes where that leads."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def readline(self, _size: int = -1) -> str:
        """Type one line."""
        shown = self.capsys.readouterr().out.split()
        return open_as_a_browser(next(word for word in shown if word.startswith("http"))) + "\n"


@pytest.fixture(scope="module")
def booked(addresses: Mapping[str, str]) -> Mapping[str, str]:
    """Consent wherever a user has to, and book a night of every administration that the handbook names."""
    for conn_id in CONSENTING:
        consent(conn_id)
    counts = {sync_id: book_a_night(sync_id) for sync_id in ADMINISTRATIONS}
    assert all(counted["booked"] > 0 for counted in counts.values()), counts
    return addresses


def consent(conn_id: str) -> None:
    shown: list[str] = []

    assert authorise(
        conn_id,
        lambda _prompt: open_as_a_browser(next(text for text in reversed(shown) if text.startswith("http"))),
        shown.append,
    )


@pytest.mark.parametrize(("command", "arguments"), ASKED, ids=str)
def test_command_is_done(
    command: Written,
    arguments: tuple[str, ...],
    booked: Mapping[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    words = [STANDS_FOR.get(word, word) for word in arguments]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", Person(capsys))
    if "books.xaf" in words:
        system, administration = ADMINISTRATIONS[words[1]]
        write_books(booked[system], administration, tmp_path / "books.xaf")

    ended = main(words)

    said = capsys.readouterr()
    assert ended == ENDS_WITH.get(words[0], 0), f"{command}: {said.out}{said.err}"
