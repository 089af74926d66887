"""One administration's nights over a fresh store."""

import pytest

from tests.integration.posting.night import Night


@pytest.fixture
def night(store_url: str) -> Night:
    return Night(url=store_url)
