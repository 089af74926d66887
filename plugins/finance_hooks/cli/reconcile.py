"""Command `reconcile`: prove any period, by the books themselves or by an audit file; books never change."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from rich.console import Console
from rich.table import Table

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json
from finance_hooks.cli.proving import prove_span
from finance_hooks.operators.own_books import work_of
from finance_hooks.operators.resources import open_resources
from finance_hooks.posting.csv_cells import write_rows
from finance_hooks.posting.figures import HEADER, figures_of, reconciliation_to_plain
from finance_hooks.posting.problem import ProblemKind, runbook_line
from finance_hooks.posting.reconciliation import Reconciliation
from finance_hooks.posting.screen import add_texts
from finance_hooks.posting.span import EVERYTHING_BOOKED, open_window, read_span

DIFFERS = 1


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", help="a sync_id")
    parser.add_argument("--from", dest="starts", help="a month, a day, or a fiscal period such as 2026/10")
    parser.add_argument("--to", dest="ends", help="the last one; without it, --from alone")
    parser.add_argument(
        "--audit-file",
        action="append",
        type=Path,
        default=[],
        help="XAF instead of the books; may be repeated",
    )
    parser.add_argument("--csv", action="store_true", help="print every figure as CSV")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    resources = open_resources(arguments.administration)
    work = work_of(resources)
    span = read_span(arguments.starts, arguments.ends)
    if span == EVERYTHING_BOOKED and not arguments.audit_file:
        span = open_window(work.business_date())
    found = prove_span(resources, work, span, arguments.audit_file)
    if arguments.json:
        say_json({"administration": arguments.administration, **reconciliation_to_plain(found)})
    elif arguments.csv:
        write_rows(sys.stdout, [HEADER, *map(astuple, figures_of(found))], line_end="\n")
    else:
        _show(arguments.administration, found)
    return DONE if found.agrees else DIFFERS


def _show(administration: str, found: Reconciliation) -> None:
    """Print the sums per journal and period, what differs, and what others booked."""
    table = Table("journal", "period", "documents", "source", "books", "difference", "not ours")
    for one in found.comparisons:
        period = f"{one.fiscal_year}/{one.period}"
        sums = (one.source_gross, one.books_gross, one.difference)
        add_texts(table, one.journal, period, str(one.documents), *map(str, sums), str(one.not_ours))
    Console().print(table)
    for figure in figures_of(found):
        where = f"{figure.journal} {figure.fiscal_year}/{figure.period}" if figure.journal else ""
        if figure.what == "not_ours":
            say(f"not ours: {where} {figure.key}, {figure.books}")
        elif not figure.journal or figure.difference not in {"", "0", "0.00"}:
            say(f"{figure.what} {where} {figure.key}: {figure.source} / {figure.books} {figure.difference}")
    for remark in _remarks(found):
        say(remark)
    say(
        f"{administration}: {'agrees' if found.agrees else 'DIFFERS'}, compared at {found.at:%Y-%m-%d %H:%M}."
    )
    if not found.agrees:
        say(runbook_line(ProblemKind.DIFFERENT))


def _remarks(found: Reconciliation) -> Iterator[str]:
    for name, count in found.untold.items():
        yield f"{count} bookings do not tell their {name.replace('_', ' ')}; it was not compared."
    if found.after_reading:
        yield f"{found.after_reading} documents were booked after what was read; they were not compared."
    if found.forgotten:
        yield f"{found.forgotten} bookings bear a reference of ours and are not known to be booked."


RECONCILE = Command(
    summary="prove any period to the cent, by the books or by an audit file",
    add_to=_add_to,
    run=_run,
    nothing_done="something differs",
)
