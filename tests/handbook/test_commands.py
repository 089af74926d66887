"""Every command in the handbook is one that the real parsers take, and is executed somewhere."""

import json
import re
import shlex
import shutil
import subprocess
from importlib.util import find_spec
from typing import Any

import pytest
from airflow.cli.cli_parser import get_parser

from finance_hooks.cli.command_line import CommandParser, find_command
from finance_hooks.cli.commands import COMMANDS
from finance_hooks.provider_info import connection_types
from handbook.paths import PROJECT
from tests.handbook.executed import NOWHERE, PLACES, PROGRAMS, place_of_command
from tests.handbook.written_commands import (
    Written,
    finance_arguments,
    pages,
    written_commands,
    written_programs,
)

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
CONNECTION = re.compile(r"AIRFLOW_CONN_\w+='(?P<json>\{.*?\})'$", re.MULTILINE | re.DOTALL)
STORE_FIELDS = {"token_key", "environment", "stop_sending", "keep_years"}


def of(program: str) -> list[Written]:
    return [command for command in written_commands() if command.words[0] == program]


def test_commands_are_found_at_all() -> None:
    assert {command.words[0] for command in written_commands()} == {"make", "airflow", "python"}
    assert {arguments[0] for _, arguments in finance_arguments()} >= {"doctor", "plan", "authorise", "where"}


@pytest.mark.parametrize("command", written_commands(), ids=str)
def test_command_has_one_place_where_it_is_executed(command: Written) -> None:
    assert len(place_of_command(command.words)) == 1, place_of_command(command.words)


@pytest.mark.parametrize("place", sorted(set(PLACES.values())))
def test_place_where_commands_are_executed_is_there(place: str) -> None:
    assert (PROJECT / place).is_file()


@pytest.mark.parametrize("look", [*PLACES, *NOWHERE])
def test_no_place_is_kept_for_a_command_that_nobody_names(look: str) -> None:
    said = (shlex.join(command.words) for command in written_commands())

    assert any(re.fullmatch(look, each, re.DOTALL) for each in said)


def test_every_other_program_has_a_place_and_no_place_is_idle() -> None:
    assert {program for _, program in written_programs()} == set(PROGRAMS)


@pytest.mark.parametrize("place", sorted(set(PROGRAMS.values())))
def test_place_where_programs_are_run_is_there_or_says_why_not(place: str) -> None:
    assert place.startswith("nowhere: ") or (PROJECT / place).is_file()


def test_make_says_what_it_can_do() -> None:
    make = shutil.which("make")
    assert make is not None

    told = subprocess.run([make, "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    assert {line.split()[1] for line in told.splitlines()} >= {"sync", "up", "down", "test", "handbook"}


@pytest.mark.parametrize(("command", "arguments"), finance_arguments(), ids=str)
def test_our_command_line_takes_it(command: Written, arguments: tuple[str, ...]) -> None:
    name, *given = arguments
    parser = CommandParser(prog=name)

    assert name in COMMANDS, command
    find_command(name).add_to(parser)
    parser.parse_args(given)


@pytest.mark.parametrize("command", [each for each in of("airflow") if each.is_in_block], ids=str)
def test_airflow_takes_it(command: Written) -> None:
    get_parser().parse_args(list(command.words[1:]))


def test_loop_over_months_asks_for_whole_months() -> None:
    asked = [
        json.loads(command.words[-1])
        for command in of("airflow")
        if command.page == "README.md" and command.words[1:3] == ("dags", "trigger")
    ]

    assert {"from": "2026-02-01", "to": "2026-02-28"} in asked
    assert {"from": "2026-03-01", "to": "2026-03-31"} in asked


@pytest.mark.parametrize("command", of("make"), ids=str)
def test_make_knows_the_target_and_every_variable(command: Written) -> None:
    for word in command.words[1:]:
        name, is_variable, _ = word.partition("=")
        known = rf"\$\({name}\)" if is_variable else rf"^{re.escape(name)}:"
        assert re.search(known, MAKEFILE, re.MULTILINE), word


@pytest.mark.parametrize("command", of("make"), ids=str)
def test_make_can_say_what_it_would_do(command: Written) -> None:
    make = shutil.which("make")
    assert make is not None

    told = subprocess.run(
        [make, "--dry-run", *command.words[1:]], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("command", of("python"), ids=str)
def test_module_that_is_run_exists(command: Written) -> None:
    assert command.words[1] == "-m"
    assert find_spec(command.words[2]) is not None


def connections() -> list[Any]:
    return [
        json.loads(match["json"].replace("\n", " "))
        for page in pages()
        for match in CONNECTION.finditer(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("connection", connections(), ids=lambda each: str(each["conn_type"]))
def test_connection_that_is_shown_has_only_fields_there_are(connection: dict[str, Any]) -> None:
    declared = {each["connection-type"]: set(each["conn-fields"]) for each in connection_types()}

    assert set(connection["extra"]) <= (declared | {"postgres": STORE_FIELDS})[connection["conn_type"]]
