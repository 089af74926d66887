"""What every test stands on: PostgreSQL, an Airflow home of its own, no socket for unit tests, no skips."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent
TESTS = PROJECT / "tests"
# pytest makes the folder, its xdist workers find it in their environment.
if "FINANCE_TEST_FOLDER" not in os.environ:
    os.environ["FINANCE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="finance-tests-")
SESSION_FOLDER = Path(os.environ["FINANCE_TEST_FOLDER"])
MAY_OPEN_SOCKETS = (
    "access",
    "adversary",
    "bench",
    "browser",
    "chaos",
    "connections",
    "contract",
    "dags",
    "deploy",
    "emulators",
    "integration",
    "lineage",
    "local",
    "scheduler",
    "security",
    "store",
    "transport",
)
# A server of a few lines is all that the way of sending is tried against.
COVERING = ("transport",)

_airflow_home = Path(tempfile.mkdtemp(prefix="airflow-", dir=SESSION_FOLDER))
# Airflow reads these when it is first imported.
os.environ.update(
    AIRFLOW_HOME=str(_airflow_home),
    AIRFLOW__CORE__UNIT_TEST_MODE="True",
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__DAGS_FOLDER=str(PROJECT / "dags"),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(PROJECT / "plugins"),
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{_airflow_home}/airflow.db",
    AIRFLOW__OPENLINEAGE__DISABLED="True",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
)
for name in [name for name in os.environ if name.startswith("AIRFLOW_CONN_")]:
    # No test reaches a system that whoever runs it has set up.
    del os.environ[name]

# Speed is never asserted, and a failure found once is found again.
settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")

pytest_plugins = [
    "tests.fixtures.connected_airflow",
    "tests.fixtures.databases",
    "tests.fixtures.environment",
    "tests.fixtures.no_skips",
    "tests.fixtures.running_airflow",
    "tests.fixtures.scheduling",
]

_guarded = False


def _refuse_sockets(event: str, _arguments: tuple[object, ...]) -> None:
    if _guarded and event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "psycopg2.connect"}:
        pytest.fail(f"a unit test opened a socket ({event}); it belongs in one of {MAY_OPEN_SOCKETS}")


sys.addaudithook(_refuse_sockets)


@pytest.fixture(autouse=True)
def _no_sockets_in_unit_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    global _guarded  # noqa: PLW0603 - an audit hook cannot be taken away, only told to look away
    _guarded = _folder(request.path) not in MAY_OPEN_SOCKETS
    yield
    _guarded = False


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes expected results again."""
    parser.addoption("--renew-golden", action="store_true", help="write the expected payloads again")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers: of tests that compare with a file, and of those that open no socket."""
    config.addinivalue_line("markers", "golden: compares with a file that `make golden` writes again")
    config.addinivalue_line("markers", "unit: opens no socket, or only its own to try what sends")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make test` measures coverage by, and only by these."""
    for item in items:
        if _folder(item.path) in COVERING or _folder(item.path) not in MAY_OPEN_SOCKETS:
            item.add_marker("unit")


def _folder(path: Path) -> str:
    return path.relative_to(TESTS).parts[0] if path.is_relative_to(TESTS) else ""


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a check that a text equals an expected file; with --renew-golden it writes the file instead."""

    def check(expected: Path, text: str) -> None:
        if request.config.getoption("--renew-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(text, encoding="utf-8")
        assert text == expected.read_text(encoding="utf-8"), f"{expected} differs; see `make golden`"

    return check


@pytest.fixture(scope="session")
def airflow_database() -> None:
    """Give this session's Airflow a metadata database, for tests that run a DAG."""
    from airflow.utils.db import initdb  # noqa: PLC0415 - slow, and only these tests need it

    initdb()
