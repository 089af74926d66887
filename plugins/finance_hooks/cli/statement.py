"""Command `statement`: make the month-end statement that a controller signs, as PDF and CSV."""

import argparse
import getpass
from pathlib import Path
from typing import get_args

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json, written
from finance_hooks.cli.proving import prove_span
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason_text import Language
from finance_hooks.operators.own_books import work_of
from finance_hooks.operators.resources import open_resources
from finance_hooks.posting.span import read_span
from finance_hooks.posting.statement import Wish, digest, gather_statement, keep_statement, write_figures

DIFFERS = 1


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", help="a sync_id")
    parser.add_argument("month", help="the month, as 2026-10")
    parser.add_argument("--language", choices=get_args(Language), default="nl", help="of the statement")
    parser.add_argument("--out", type=Path, default=Path(), help="the folder to write into; else this one")
    parser.add_argument(
        "--by", default=getpass.getuser(), type=written, help="who makes it; else the user of this machine"
    )
    parser.add_argument(
        "--audit-file",
        action="append",
        type=Path,
        default=[],
        help="XAF instead of the books; may be repeated",
    )
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    # reportlab takes a moment to import, and no other command prints.
    from finance_hooks.posting.statement_pdf import print_statement  # noqa: PLC0415

    span = read_span(arguments.month, None)
    if span.dated_from is None or span.dated_until == span.dated_from:
        raise ConfigurationError(f"{arguments.month!r} is no month, such as 2026-10.")
    resources = open_resources(arguments.administration)
    work = work_of(resources)
    found = prove_span(resources, work, span, arguments.audit_file)
    names = ", ".join(path.name for path in arguments.audit_file)
    wish = Wish(
        month=span.dated_from,
        language=arguments.language,
        made_by=arguments.by,
        proved_by=names or resources.target.settings.label,
        source_id=resources.source.source_id,
    )
    made = gather_statement(work, found, wish)
    figures = write_figures(made)
    arguments.out.mkdir(parents=True, exist_ok=True)
    name = f"statement-{arguments.administration}-{wish.month:%Y-%m}"
    paths = {ending: arguments.out / f"{name}.{ending}" for ending in ("pdf", "csv")}
    paths["pdf"].write_bytes(print_statement(made, digest(figures)))
    paths["csv"].write_bytes(figures)
    keep_statement(work, made, figures)
    if arguments.json:
        say_json(
            {
                "administration": arguments.administration,
                "month": f"{wish.month:%Y-%m}",
                "agrees": made.agrees,
                "difference": made.difference,
                "figures_digest": digest(figures),
                **paths,
            }
        )
    else:
        for path in paths.values():
            say(f"{path}")
        said = "agrees" if made.agrees else "DIFFERS"
        say(f"{arguments.administration} {wish.month:%Y-%m}: {said}, difference {made.difference}.")
    return DONE if made.agrees else DIFFERS


STATEMENT = Command(
    summary="make the month-end statement that a controller signs, as PDF and CSV",
    add_to=_add_to,
    run=_run,
    nothing_done="written, and something differs",
)
