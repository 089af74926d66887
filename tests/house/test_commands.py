"""Every command explains itself, is documented, and answers in JSON; every documented command exists."""

import json
import re

import pytest

from finance_hooks.cli.__main__ import main
from finance_hooks.cli.command_line import find_command
from finance_hooks.cli.commands import COMMANDS
from tests.house.tree import PROJECT

PAGE = PROJECT / "docs" / "commands.md"
ROW = re.compile(r"^\| `(?P<name>[a-z][a-z-]*)\b(?P<rest>.*)\|$", re.MULTILINE)


def rows() -> dict[str, str]:
    """Return the row of each documented command, by its name."""
    return {match["name"]: match["rest"] for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


def test_documented_commands_are_the_commands_there_are() -> None:
    assert list(rows()) == list(COMMANDS)


def test_commands_stand_in_the_order_of_their_names() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_row_of_a_command_names_json_and_every_exit_code(name: str) -> None:
    row = rows()[name]
    codes = row.rpartition("|")[2]

    assert "`--json`" in row
    assert [code for code in "012" if not re.search(rf"\b{code}\b", codes)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_command_explains_itself_and_its_exit_codes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    said = " ".join(capsys.readouterr().out.split())
    command = find_command(name)
    assert ended.value.code == 0
    assert command.summary[1:] in said
    assert f"exit codes: 0 done; 1 {command.nothing_done}; 2 " in said
    assert "--json" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_wrong_arguments_are_said_as_json_when_that_is_asked_for(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--json", "--no-such-option", "x", "y", "z"])

    said = json.loads(capsys.readouterr().out)
    assert ended.value.code == 2
    assert said["error"]["kind"] == "arguments"
    assert said["error"]["message"]
