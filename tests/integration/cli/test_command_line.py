"""One command line under two names: Airflow's, and a program of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow.cli.cli_config import GroupCommand

from finance_hooks.cli import airflow_group
from finance_hooks.cli.__main__ import main
from finance_hooks.cli.commands import COMMANDS
from tests.integration.cli.store_connection import store_connection

NEW_MODULES = """
import json, sys
from airflow.cli import cli_config
before = set(sys.modules)
from finance_hooks.cli.airflow_group import get_commands
get_commands()
print(json.dumps(sorted(name for name in set(sys.modules) - before if name.startswith("finance_hooks"))))
"""


def airflow(home: Path, *arguments: str, store_url: str) -> subprocess.CompletedProcess[str]:
    # Airflow under test says on standard output that it is; Airflow at work says nothing there.
    settings = {name: value for name, value in os.environ.items() if "UNIT_TEST_MODE" not in name}
    ours = {"AIRFLOW_HOME": str(home), "AIRFLOW_CONN_FINANCE_STORE": store_connection(store_url)}
    return subprocess.run(
        [sys.executable, "-m", "airflow", *arguments],
        env=settings | ours,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_airflow_runs_the_same_commands_with_their_output_and_exit_codes(
    tmp_path: Path, store_url: str
) -> None:
    listed = airflow(tmp_path, "finance", "parked", "--json", store_url=store_url)
    nothing = airflow(tmp_path, "finance", "where", "4711", "--json", store_url=store_url)
    wrong = airflow(tmp_path, "finance", "hold", "--json", "4711", store_url=store_url)

    assert (listed.returncode, json.loads(listed.stdout)) == (0, [])
    assert (nothing.returncode, json.loads(nothing.stdout)) == (1, [])
    assert (wrong.returncode, json.loads(wrong.stdout)["error"]["kind"]) == (2, "arguments")


def test_airflow_lists_every_command_with_what_it_does(tmp_path: Path, store_url: str) -> None:
    shown = airflow(tmp_path, "finance", "--help", store_url=store_url)

    assert shown.returncode == 0
    assert [name for name in COMMANDS if f" {name} " not in shown.stdout.replace("\n", " ")] == []
    assert "a document from being booked" in shown.stdout


def test_airflow_imports_no_command_to_know_of_all_of_them() -> None:
    found = subprocess.run(
        [sys.executable, "-c", NEW_MODULES], capture_output=True, text=True, check=True, timeout=120
    )

    assert json.loads(found.stdout.splitlines()[-1]) == [
        "finance_hooks.cli",
        "finance_hooks.cli.airflow_group",
        "finance_hooks.cli.commands",
    ]


def test_airflow_is_told_of_every_command() -> None:
    (group,) = airflow_group.get_commands()

    assert isinstance(group, GroupCommand)
    assert [command.name for command in group.subcommands] == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["parked"], ["hold", "4711", "--why", "x"], ["stop", "--why", "x"]])
def test_store_that_does_not_answer_is_an_error_in_json(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", "postgres://keeper:s3cret@127.0.0.1:9/store")

    assert main([*arguments, "--json"]) == 2

    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["kind"] == "configuration"
    assert "The store does not answer" in said.out
    assert "s3cret" not in said.out + said.err


def test_missing_connection_of_the_store_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_FINANCE_STORE", raising=False)

    assert main(["parked"]) == 2

    assert "Airflow has no connection finance_store." in capsys.readouterr().err


@pytest.mark.parametrize("blank", [["--why", "  "], ["--why", "x", "--by", ""]])
def test_decision_without_a_reason_or_a_name_is_refused(
    blank: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["stop", *blank])

    assert ended.value.code == 2
    assert "must say something" in capsys.readouterr().err
