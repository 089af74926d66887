"""The search finds what it is for: a secret in whatever form, wherever it stands."""

import base64
import json
import subprocess
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from werkzeug.test import Client

from emulators.qubz.app import QubzEmulator
from tests.security.places import calls, command_lines, files, raised, tables, told
from tests.security.safe import Safe
from tests.security.searching import Place, search

SAFE = Safe()
SECRET = SAFE.make("a password")


def names(*places: Place) -> set[str]:
    return {find.place for find in search(SAFE, places)}


FORMS = [
    *("as it is", "JSON", "address", "page", "repr"),
    *("base64", "base64 shifted by one", "base64 shifted by two", "hexadecimal", "beginning", "end"),
]


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        json.dumps({"password": SECRET}),
        quote(SECRET),
        escape(SECRET),
        repr(SECRET),
        base64.b64encode(f"login:{SECRET}".encode()).decode(),
        base64.b64encode(f"a:{SECRET} and more".encode()).decode(),
        base64.urlsafe_b64encode(f"ab:{SECRET}".encode()).decode(),
        SECRET.encode().hex(),
        SECRET[:30],
        SECRET[-30:],
    ],
    ids=FORMS,
)
def test_secret_is_found_in_every_form(written: str) -> None:
    assert names(Place.of("log", f"line one\nsaid {written}\nline three")) == {"log"}


def test_what_is_no_secret_is_not_found() -> None:
    other = Safe().make("a password")

    assert names(Place.of("log", f"said {other}, {'*' * 30}, {SECRET[:8]}")) == set()


def test_secret_in_a_file_or_in_the_name_of_one_is_found(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "task.log").write_text(f"password={SECRET}", encoding="utf-8")
    (tmp_path / f"report-{SECRET[:28]}.json").touch()
    (tmp_path / "harmless.txt").write_text("password=***", encoding="utf-8")

    found = names(*files(tmp_path))

    assert len(found) == 2
    assert "file deep/task.log" in found
    assert names(*files(tmp_path, but=("deep/task.log",))) == found - {"file deep/task.log"}


def test_secret_in_any_column_of_any_table_is_found(store_url: str) -> None:
    engine = sa.create_engine(store_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO event (at, name, detail) VALUES (now(), 'noted', CAST(:detail AS jsonb))"),
            {"detail": json.dumps({"why": SECRET})},
        )

    assert names(*tables(store_url, "store")) == {"store, table event"}
    assert names(*tables(store_url, "store", but=("event",))) == set()


def test_secret_in_an_address_that_was_called_is_found() -> None:
    emulator = QubzEmulator()
    Client(emulator).get("/rest/x", query_string={"key": SECRET})

    assert names(*calls({"qubz": emulator})) == {"calls to qubz"}
    assert names(*calls({"qubz": emulator}, but="/rest/x")) == set()


def test_secret_on_a_command_line_is_found() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()", SECRET], stdin=subprocess.PIPE) as process:
        seen = command_lines()
        process.communicate(b"\n")

    assert names(*(Place.of("command line", line) for line in seen)) == {"command line"}


def refuse() -> None:
    raise ValueError(f"bad {SECRET}")


def failing() -> BaseException:
    """Return an exception that says nothing itself, and was caused by one that does."""
    with pytest.raises(ValueError, match="bad") as caught:
        refuse()
    outer = RuntimeError("refused")
    outer.__cause__ = caught.value
    return outer


def test_secret_in_an_exception_or_behind_it_is_found() -> None:
    assert names(raised("a call", failing())) == {"RuntimeError of a call"}
    assert names(told("an answer", {"password": SECRET})) == {"an answer"}
