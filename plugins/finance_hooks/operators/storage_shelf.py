"""Put files of entries into a folder of Airflow's object storage: a disk, or a bucket behind a connection."""

import os
from pathlib import Path

from airflow.sdk import ObjectStoragePath

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.posting.export_shelf import MANIFEST

LATER_S = 300
FOLDER_RIGHTS, FILE_RIGHTS = 0o750, 0o640
"""Of whoever runs Airflow, and of a group that imports: files hold names and amounts of customers."""

EXPORTS = "FINANCE_EXPORTS"
"""The environment variable that says where files go whose administration names no location."""

LOCAL = frozenset({"file", "local", ""})


class StorageShelf:
    """One folder; a bucket's `PUT` is whole or nothing, on a disk a file is renamed into its place."""

    def __init__(self, location: str) -> None:
        """Open the folder, and make it where it is not there yet."""
        self._folder = ObjectStoragePath(location)
        self._is_local = self._folder.protocol in LOCAL
        if self._is_local:
            Path(self._folder.path).mkdir(mode=FOLDER_RIGHTS, parents=True, exist_ok=True)
        else:
            self._folder.mkdir(parents=True, exist_ok=True)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file unless there is one of that name."""
        path = self._folder / name
        try:
            if self._is_local:
                part = self._write_part(name, content)
                try:
                    Path(path.path).hardlink_to(part)
                finally:
                    part.unlink()
            else:
                self._create_remotely(path, content)
        except FileExistsError:
            return False
        return True

    def put(self, name: str, content: bytes) -> None:
        """Write a file at once."""
        path = self._folder / name
        if self._is_local:
            self._write_part(name, content).replace(path.path)
        else:
            path.write_bytes(content)

    def read(self, name: str) -> bytes | None:
        """Return what a file holds."""
        try:
            return bytes((self._folder / name).read_bytes())
        except FileNotFoundError:
            return None

    def manifests(self) -> list[str]:
        """Return the names of the files that have a manifest."""
        names = (path.name for path in self._folder.iterdir())
        return [name.removesuffix(MANIFEST) for name in names if name.endswith(MANIFEST)]

    def _create_remotely(self, path: ObjectStoragePath, content: bytes) -> None:
        try:
            opened = path.open("xb")  # type: ignore[no-untyped-call]
        except (NotImplementedError, ValueError):
            # A file system of before fsspec's exclusive mode: looking first is all there is.
            if path.exists():
                raise FileExistsError(path.path) from None
            path.write_bytes(content)
            return
        with opened as file:
            file.write(content)

    def _write_part(self, name: str, content: bytes) -> Path:
        """Write a file that nobody looks for, all of it on the disk before it is given its name."""
        part = Path(self._folder.path) / f".{name}.{os.getpid()}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_RIGHTS), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return part


def usual_location(sync_id: str) -> str:
    """Return where files of an administration go when exports.csv does not say: a folder of its own."""
    home = os.environ.get("AIRFLOW_HOME") or str(Path.home() / "airflow")
    return f"{(os.environ.get(EXPORTS) or f'file://{home}/exports').rstrip('/')}/{sync_id}"


def open_shelf(location: str) -> StorageShelf:
    """Open the folder at a location; TemporaryFailure when it cannot be reached."""
    try:
        return StorageShelf(location)
    except OSError as unreachable:
        why = f"The folder {location} cannot be opened: {unreachable}"
        raise TemporaryFailure(why, retry_after_s=LATER_S) from None
