import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PROJECT

PASSES = "def test_passes(): pass\n"
SKIPS = "import pytest\n@pytest.mark.skip\ndef test_is_left_out(): pass\n"
EXPECTED_TO_FAIL = "import pytest\n@pytest.mark.xfail\ndef test_may_fail(): assert False\n"
SKIPS_WHOLE = "import pytest\npytest.importorskip('not_installed_anywhere')\n"


def pytest_session(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run a pytest session of one file under the rule against skips."""
    (folder / "test_once.py").write_text(PASSES + test, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.fixtures.no_skips", "-p", "no:cacheprovider", folder],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_unit_test_that_opens_a_socket_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="opened a socket"):
        socket.create_connection(("127.0.0.1", 9), timeout=0.1)


def test_session_without_skips_passes(tmp_path: Path) -> None:
    assert pytest_session(tmp_path, "").returncode == 0


@pytest.mark.parametrize("test", [SKIPS, EXPECTED_TO_FAIL, SKIPS_WHOLE], ids=["test", "xfail", "module"])
def test_session_in_which_anything_is_skipped_fails(tmp_path: Path, test: str) -> None:
    session = pytest_session(tmp_path, test)

    assert session.returncode == 1
    assert "NOT RUN, which counts as a failure" in session.stdout
