"""One running system, with one administration, for all tests that need a scheduler."""

from collections.abc import Iterator

import pytest

from tests.scheduler.scene import Scene
from tests.scheduler.stage import staged


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Start everything once for all modules of this folder."""
    with staged(tmp_path_factory.mktemp("scheduler"), tmp_path_factory.mktemp("mappings")) as scene:
        yield scene
