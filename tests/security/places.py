"""Where secrets could have got to: files, tables, calls, command lines, texts of exceptions."""

import json
import traceback
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from emulators.emulator import Emulator
from tests.security.searching import Place


def files(folder: Path, *, but: Collection[str] = ()) -> Iterator[Place]:
    """Yield every file below a folder but those named, with its own name."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and name not in but:
            yield Place(f"file {name}", name.encode() + b"\n" + path.read_bytes())


def tables(url: str, what: str, *, but: Collection[str] = ()) -> Iterator[Place]:
    """Yield every table of a database but those named, each row with all its columns as text."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        for table in sorted(set(sa.inspect(connection).get_table_names()) - set(but)):
            whole: sa.Select[tuple[str]] = sa.select(sa.literal_column("t::text")).select_from(
                sa.table(table).alias("t")
            )
            rows = connection.execute(whole).scalars()
            yield Place.of(f"{what}, table {table}", "\n".join(map(str, rows)))


def calls(emulators: Mapping[str, Emulator], *, but: str | None = None) -> Iterator[Place]:
    """Yield what each system was called with (method, path, query) but for one page."""
    for system, emulator in emulators.items():
        made = [call for call in emulator.calls.since(None) if but is None or but not in str(call["path"])]
        yield Place.of(f"calls to {system}", json.dumps(made))


def command_lines() -> set[str]:
    """Return the command lines of all processes that run now."""
    found: set[str] = set()
    for process in psutil.process_iter():
        try:
            found.add(" ".join(process.cmdline()))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def raised(what: str, error: BaseException) -> Place:
    """Return all that an exception says: text, representation, notes, causes, traceback."""
    told = [*traceback.format_exception(error), *_chain(error)]
    return Place.of(f"{type(error).__name__} of {what}", "\n".join(told))


def told(what: str, said: Any) -> Place:
    """Return what was answered or printed, with its representation."""
    return Place.of(what, f"{said}\n{said!r}")


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{error} {error!r} {error.args!r} {vars(error)!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
