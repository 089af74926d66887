"""Back a store up and put the backup in its place: by pg_dump and pg_restore of the server's own version."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import sqlalchemy as sa

from finance_hooks.store.engine import store_engine
from local import postgres

RELEASE = re.compile(r"\(PostgreSQL\) (\d+)")


class Backup:
    """A dump of a store in a file; where no program fits the server, a copy made by the server itself."""

    def __init__(self, store_url: str, folder: Path) -> None:
        self.url = sa.make_url(store_url)
        self.server = self.url.set(database="postgres").render_as_string(hide_password=False)
        self.file = folder / "store.dump"
        self.copy = f"{self.url.database}_backup"
        self.programs = _programs(self.server)
        if self.programs is None:
            self._end_sessions()
            postgres.create_database(self.server, self.copy, template=str(self.url.database))
        else:
            self._run("pg_dump", "--format=custom", f"--file={self.file}", str(self.url.database))

    def restore(self) -> None:
        """Put the backup in the place of the store, as into a server that lost it."""
        postgres.drop_database(self.server, str(self.url.database))
        if self.programs is None:
            postgres.create_database(self.server, str(self.url.database), template=self.copy)
            return
        postgres.create_database(self.server, str(self.url.database))
        self._run("pg_restore", "--exit-on-error", f"--dbname={self.url.database}", str(self.file))

    def forget(self) -> None:
        """Drop what was made beside the store."""
        postgres.drop_database(self.server, self.copy)

    def _run(self, program: str, *arguments: str) -> None:
        assert self.programs is not None
        reached: Mapping[str, object] = {
            "PGHOST": self.url.host,
            "PGPORT": self.url.port or 5432,
            "PGUSER": self.url.username,
            "PGPASSWORD": self.url.password or "",
        }
        subprocess.run(
            [str(self.programs / program), *arguments],
            env={name: str(value) for name, value in reached.items()},
            check=True,
        )

    def _end_sessions(self) -> None:
        store_engine(self.url.render_as_string(hide_password=False)).dispose()


def _programs(server: str) -> Path | None:
    """Find programs of the server's version: on the PATH, else those that come with the embedded server."""
    with sa.create_engine(server, poolclass=sa.NullPool).connect() as connection:
        wanted = str(connection.scalar(sa.text("SHOW server_version_num")))[:-4]
    on_path = shutil.which("pg_dump")
    wheel = Path(str(metadata.distribution(postgres.PACKAGE).locate_file(postgres.PACKAGE)))
    folders = [wheel / postgres.RELEASE / "bin"]
    if on_path and shutil.which("pg_restore"):
        folders.insert(0, Path(on_path).parent)
    return next((folder for folder in folders if _release(folder / "pg_dump") == wanted), None)


def _release(program: Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = RELEASE.search(said)
    return found[1] if found else ""
