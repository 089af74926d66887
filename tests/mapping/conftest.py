"""Give the tests of mapping a folder of tables and a way to map one document."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters
from tests.mapping.examples import Limits, map_all, write_folder
from tests.mapping.map_one import MapOne


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good example of every mapping file."""
    return write_folder(tmp_path)


@pytest.fixture
def map_one(tmp_path: Path) -> MapOne:
    """A way to map one document."""

    def map_document(
        document: Document,
        rows: Mapping[str, Iterable[str]] | None = None,
        *,
        masters: Masters | None = None,
        limits: Limits | None = None,
    ) -> MappedDocument:
        return map_all(write_folder(tmp_path, rows), [document], masters=masters, limits=limits)[0]

    return map_document
