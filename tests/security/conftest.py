"""One installation of known secrets, and the nights it went through, for a module's tests that look for them.

Its connections stand in the environment of the process, where no other module's tests may find them.
"""

from collections.abc import Iterator

import pytest

from tests.security.estate import Estate, opened_estate
from tests.security.nights import Nights, run_nights


@pytest.fixture(scope="module")
def estate(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Make an installation whose every secret is known."""
    with opened_estate(postgres_url, tmp_path_factory.mktemp("estate")) as made:
        yield made


@pytest.fixture(scope="module")
def nights(estate: Estate) -> Nights:
    """Let it go through its nights."""
    return run_nights(estate, estate.folder)
