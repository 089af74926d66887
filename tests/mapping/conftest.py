"""Give the tests of mapping a folder of tables and a way to map one document."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters
from finance_hooks.model.party import PartyKey, PartyLink
from tests.mapping.examples import Limits, map_all, the_administration, write_folder
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
        links: Mapping[PartyKey, PartyLink] | None = None,
    ) -> MappedDocument:
        folder = write_folder(tmp_path, rows)
        tables = replace(read_tables(the_administration(folder), folder), party_links=links or {})
        return map_all(folder, [document], masters=masters, limits=limits, tables=tables)[0]

    return map_document
