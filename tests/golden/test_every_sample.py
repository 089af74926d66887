"""Every sample document of the source's contract has an expected payload in the format of every package."""

from pathlib import Path

import pytest

from finance_hooks.targets.registry import TARGETS

HERE = Path(__file__).parent
DOCUMENTS = {*(f"S{number}" for number in range(1, 10)), "P1", "P2", "P3", "J1"}


@pytest.mark.parametrize("slug", TARGETS)
def test_every_sample_document_is_written_for_every_package(slug: str) -> None:
    written = {path.stem for path in (HERE / slug).iterdir()}

    assert written >= DOCUMENTS
