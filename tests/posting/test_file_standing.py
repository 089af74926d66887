"""What a folder says of a file: delivered, never to be delivered, or something only a person can know."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from finance_hooks.posting.export_shelf import MANIFEST, VOID, write_manifest
from finance_hooks.posting.file_standing import Delivery, FilesRead
from finance_hooks.store.export_files import FilePlace
from tests.posting.entries import ENTRY

PLACE = FilePlace(file_id=1, location="file:///export", name="a.csv")
CONTENT = b"what was sent"
OTHER = replace(ENTRY, reference="QAAAAAAAAAA")


@dataclass
class Folder:
    """A folder in memory."""

    files: dict[str, bytes] = field(default_factory=dict)

    def create(self, name: str, content: bytes) -> bool:
        is_new = name not in self.files
        self.files.setdefault(name, content)
        return is_new

    def put(self, name: str, content: bytes) -> None:
        self.files[name] = content

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def manifests(self) -> list[str]:
        return [name.removesuffix(MANIFEST) for name in self.files if name.endswith(MANIFEST)]


@pytest.fixture
def folder() -> Folder:
    at = datetime(2026, 11, 29, 4, tzinfo=UTC)
    manifest = write_manifest("a.csv", CONTENT, [ENTRY], run_id="night", at=at)
    return Folder({"a.csv" + MANIFEST: manifest, "a.csv": CONTENT})


def standing(folder: Folder, reference: str = ENTRY.reference) -> Delivery:
    return FilesRead(open_shelf=lambda _location: folder).standing(PLACE, reference)


def test_entry_of_a_file_that_is_there_was_delivered(folder: Folder) -> None:
    assert standing(folder) is Delivery.DELIVERED


def test_entry_that_the_manifest_does_not_name_was_not(folder: Folder) -> None:
    assert standing(folder, OTHER.reference) is Delivery.ABSENT


@pytest.mark.parametrize("content", [None, b"half of wh"])
def test_file_that_is_gone_or_not_whole_is_for_a_person(folder: Folder, content: bytes | None) -> None:
    del folder.files["a.csv"]
    if content is not None:
        folder.put("a.csv", content)

    assert standing(folder) is Delivery.PERHAPS


def test_file_without_a_manifest_never_comes(folder: Folder) -> None:
    folder.files.clear()

    assert standing(folder) is Delivery.ABSENT
    assert folder.files == {"a.csv" + MANIFEST: VOID}
    assert not folder.create("a.csv" + MANIFEST, b"the manifest of a sender that was frozen")


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"documents": [{}]}', b'{"documents": 3}'])
def test_manifest_that_nobody_can_read_is_for_a_person(folder: Folder, manifest: bytes) -> None:
    folder.put("a.csv" + MANIFEST, manifest)

    assert standing(folder) is Delivery.PERHAPS
    assert standing(folder, OTHER.reference) is Delivery.PERHAPS
