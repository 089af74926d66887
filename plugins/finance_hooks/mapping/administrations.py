"""Read administrations.csv: which organisation goes into which books.

Imported when Airflow parses the DAG file, so it needs nothing but the standard library.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from finance_hooks.mapping.cells import NAME as USABLE
from finance_hooks.mapping.exports import with_export
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.own_rows import OwnRows, read_own_rows
from finance_hooks.mapping.policies import with_policies
from finance_hooks.mapping.problems import Problem, said
from finance_hooks.mapping.rows import Row, check_row, read_rows
from finance_hooks.mapping.schemas import ADMINISTRATIONS, EXPORTS, POLICIES
from finance_hooks.model.administration import Administration, ClosedPeriodPolicy
from finance_hooks.model.export import ExportType
from finance_hooks.model.masters import Organisation

CONFIGURATION = "configuration"
"""The sync_id under which faults are shown that belong to no row with a usable sync_id of its own."""

FILE = ADMINISTRATIONS.name
LAST_DATE = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationRow:
    """One DAG's worth of administrations.csv: a good row, or the problems that keep it from running."""

    sync_id: str
    administration: Administration | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What administrations have rows of their own for, in other files."""

    policies: OwnRows
    exports: OwnRows


def read_administrations(folder: Path = MAPPINGS) -> list[AdministrationRow]:
    """Read every row, good or bad; a bad one never takes others along.

    A sync_id that is missing, malformed or used twice, or an unreadable file, becomes a row with sync_id
    `configuration`.
    """
    rows, misshapen = read_rows(folder / FILE, ADMINISTRATIONS)
    named = Counter([*(row.cells["sync_id"] for row in rows), *(fault.whose for fault in misshapen)])
    sync_ids = {name for name in named if name}
    own = Own(
        policies=read_own_rows(folder, POLICIES, sync_ids), exports=read_own_rows(folder, EXPORTS, sync_ids)
    )
    found: list[AdministrationRow] = []
    faults = [*own.policies.problems_of_nobody(sync_ids), *own.exports.problems_of_nobody(sync_ids)]
    for row in rows:
        sync_id = row.cells["sync_id"]
        problems = (
            *check_row(row, ADMINISTRATIONS, FILE),
            *_check_target(row, folder),
            *_check_sync_id(row, named),
            *own.policies.problems_of(sync_id),
            *own.exports.problems_of(sync_id),
            *_check_reachable(row, own.exports.cells_of(sync_id)),
        )
        if problems:
            found += _bad_row(sync_id, problems, named, faults)
        else:
            found.append(AdministrationRow(sync_id=sync_id, administration=_administration(row, own)))
    for fault in misshapen:
        found += _bad_row(fault.whose or "", (fault,), named, faults)
    found = _refuse_overlaps(found, {row.cells["sync_id"]: row.line for row in rows})
    if faults:
        found.append(AdministrationRow(sync_id=CONFIGURATION, administration=None, problems=tuple(faults)))
    return found


def check_finance_link(
    administration: Administration, organisation: Organisation, *, today: date | None = None
) -> list[str]:
    """Say in what the source's own link disagrees with the row; an empty list when all agree.

    An organisation has one link, that of today: once a row has ended (`today` lies after `ends_on`) its
    link may point elsewhere, and only the organisation itself is compared.
    """
    where = f"organisation {organisation.code}, {administration.sync_id}"
    wrong = [
        f"{where}: {name} is {theirs or 'empty'} in the source and {ours} in {file}"
        for name, ours, theirs, file in _compared(administration, organisation, today)
        if ours != theirs
    ]
    if not organisation.active:
        wrong.append(f"{where}: not active in the source")
    return wrong


def _compared(
    administration: Administration, organisation: Organisation, today: date | None
) -> Iterator[tuple[str, str, str, str]]:
    yield "code", administration.organisation, organisation.code, FILE
    if today and administration.ends_on and administration.ends_on < today:
        return
    link = organisation.finance_link
    yield "country", administration.country, organisation.country, FILE
    yield "target of the finance link", administration.target, _plain(link.target if link else ""), FILE
    yield "nationality of the finance link", administration.country, link.nationality if link else "", FILE
    yield (
        "administration code",
        administration.target_administration,
        link.administration if link else "",
        FILE,
    )
    yield (
        "export type",
        f"{administration.export_type}based",
        _plain(link.export_type if link else ""),
        EXPORTS.name,
    )


def _plain(member: str) -> str:
    return member.replace("_", "").casefold()


def _bad_row(
    sync_id: str, problems: tuple[Problem, ...], named: Counter[str | None], faults: list[Problem]
) -> list[AdministrationRow]:
    """Make the row's own DAG fail; without a usable name its problems join the file's faults."""
    if USABLE.fullmatch(sync_id) and named[sync_id] == 1 and sync_id != CONFIGURATION:
        return [AdministrationRow(sync_id=sync_id, administration=None, problems=problems)]
    faults += problems
    return []


def _check_sync_id(row: Row, named: Counter[str | None]) -> Iterator[Problem]:
    sync_id = row.cells["sync_id"]
    if sync_id and named[sync_id] > 1:
        what = said("sync_id_repeats", sync_id=sync_id, count=named[sync_id])
        yield Problem(file=FILE, line=row.line, whose=sync_id, what=what, remedy=said("give_own"))
    if sync_id == CONFIGURATION:
        what = said("sync_id_taken", sync_id=sync_id)
        yield Problem(file=FILE, line=row.line, whose=sync_id, what=what, remedy=said("choose_name"))


def _check_target(row: Row, folder: Path) -> Iterator[Problem]:
    target = row.cells["target"]
    if target and not (folder / target).is_dir():
        what = said("no_folder", target=target)
        remedy = said("add_folder", target=target)
        yield Problem(file=FILE, line=row.line, whose=row.cells["sync_id"], what=what, remedy=remedy)


def _check_reachable(row: Row, export: Mapping[str, str]) -> Iterator[Problem]:
    """Refuse a row without a connection, unless its entries go by file."""
    if row.cells["target_conn_id"] or export.get("export_type") == ExportType.FILE:
        return
    what = said("cell_empty", column="target_conn_id")
    remedy = said("name_connection")
    yield Problem(file=FILE, line=row.line, whose=row.cells["sync_id"], what=what, remedy=remedy)


def _refuse_overlaps(rows: list[AdministrationRow], lines: dict[str, int]) -> list[AdministrationRow]:
    """Refuse two rows that would bring the same document into two sets of books."""
    clashes: dict[str, list[Problem]] = {}
    for one, other in combinations([row.administration for row in rows if row.administration], 2):
        if _overlap(one, other):
            for mine, theirs in ((one.sync_id, other.sync_id), (other.sync_id, one.sync_id)):
                what = said("goes_twice", organisation=one.organisation, line=lines[theirs])
                remedy = said("end_one")
                problem = Problem(file=FILE, line=lines[mine], whose=mine, what=what, remedy=remedy)
                clashes.setdefault(mine, []).append(problem)
    return [
        AdministrationRow(sync_id=row.sync_id, administration=None, problems=tuple(clashes[row.sync_id]))
        if row.sync_id in clashes
        else row
        for row in rows
    ]


def _overlap(one: Administration, other: Administration) -> bool:
    if (one.source_conn_id, one.organisation) != (other.source_conn_id, other.organisation):
        return False
    return one.starts_on <= (other.ends_on or LAST_DATE) and other.starts_on <= (one.ends_on or LAST_DATE)


def _administration(row: Row, own: Own) -> Administration:
    cells = row.cells
    administration = Administration(
        sync_id=cells["sync_id"],
        organisation=cells["organisation"],
        source_conn_id=cells["source_conn_id"],
        target=cells["target"],
        target_conn_id=cells["target_conn_id"],
        target_administration=cells["target_administration"],
        country=cells["country"],
        starts_on=date.fromisoformat(cells["starts_on"]),
        ends_on=_date(cells["ends_on"]),
        books_closed_until=_date(cells["books_closed_until"]),
        closed_period_policy=ClosedPeriodPolicy(cells["closed_period_policy"]),
        exchange_difference_account=cells["exchange_difference_account"] or None,
    )
    administration = with_policies(administration, own.policies.cells_of(administration.sync_id))
    return with_export(administration, own.exports.cells_of(administration.sync_id))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
