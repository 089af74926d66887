"""Nights of an administration whose entries go by file, and the person who imports the files."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from lxml import etree

from finance_hooks.model.export import FileExport, FileLayout
from finance_hooks.operators.storage_shelf import StorageShelf
from finance_hooks.posting.export_shelf import MANIFEST
from finance_hooks.posting.file_road import Folders
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from tests.integration.chain.chain import Chain

SYNC_IDS = ("twinfield_nl", "exact_nl", "exact_be")
"""Of the packages whose emulators take in the file itself."""
REFERENCE = re.compile(r"\[(Q[A-Z2-7]{10})\]")
BY_FILE, BY_API = "FileBased", "ApiBased"


@dataclass(slots=True)
class Files:
    """One administration, by file; `folder` is where its files are put."""

    chain: Chain
    folder: Path

    def switch(self, *, to_files: bool) -> None:
        """Change Export Type, in 21QUBZ and in exports.csv, as people do together."""
        export = FileExport(location=f"file://{self.folder}", layout=FileLayout()) if to_files else None
        self.chain.administration = replace(self.chain.administration, export=export)
        for row in self.chain.source_emulator.documents.rows["organisations"].values():
            if row["Code"] == self.chain.administration.organisation:
                export_type = BY_FILE if to_files else BY_API
                row["FinanceLink"] = row["FinanceLink"] | {"ExportType": export_type}

    def written(self) -> list[Path]:
        """List the files a person finds, without their manifests."""
        visible = (path for path in self.folder.iterdir() if not path.name.startswith("."))
        return sorted(path for path in visible if not path.name.endswith(MANIFEST))

    def in_files(self) -> Counter[str]:
        """Count the documents in all files by our reference, as an independent reader finds it."""
        references: Counter[str] = Counter()
        for path in self.written():
            for entry in etree.parse(path).iter("transaction", "GLTransaction"):
                (reference,) = set(REFERENCE.findall("".join(map(str, entry.itertext()))))
                references[reference] += 1
        return references

    def take_in(self, path: Path) -> None:
        """Import a file into the package as a person does, and take it away."""
        document = path.read_bytes()
        books = self.chain.administration.target_administration

        def post(hook: object, _lease: object) -> dict[str, int]:
            match hook:
                case TwinfieldHook():
                    hook.client.post(etree.fromstring(document), books)
                case ExactOnlineHook():
                    hook.client.upload(books, document)
                case _:
                    raise AssertionError(hook)
            return {}

        self.chain.with_books(post)
        path.unlink()

    def forget_since(self) -> None:
        """Let the store be as before anything was sent, as a restored backup is; folder and books stay."""
        with self.chain.engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE posting, event, finding, run, export_file CASCADE"))


@contextmanager
def by_file(store_url: str, sync_id: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Files]:
    chain = Chain(store_url, sync_id, monkeypatch)
    yield into_folder(chain, folder)
    chain.close()


def into_folder(chain: Chain, folder: Path) -> Files:
    """Let an administration's entries go by file from now on."""
    chain.folders = Folders(open_shelf=StorageShelf, usual=f"file://{folder}")
    files = Files(chain=chain, folder=folder)
    files.switch(to_files=True)
    return files
