"""Command `where`: say where a booking comes from, down to source lines and mapping rows."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say_json
from finance_hooks.model.printable import printable
from finance_hooks.operators.connections import open_store
from finance_hooks.posting.legs import Leg, legs_of
from finance_hooks.posting.screen import add_texts
from finance_hooks.sources.qubz.fields import read_field_tables
from finance_hooks.store.provenance import Provenance, find_provenance


def _add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="reference, entry number, entry id or document number")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    """Print every posting of that name; exit code 1 when there is none."""
    with open_store().begin() as connection:
        found = find_provenance(connection, arguments.name)
    tables = read_field_tables()
    console = Console()
    if arguments.json:
        told = [asdict(one) | {"legs": [asdict(leg) for leg in legs_of(one, tables)]} for one in found]
        say_json(told)
        return DONE if found else NOTHING_DONE
    for one in found:
        show(one, legs_of(one, tables), console)
    if not found:
        _tell(console, f"Nothing is known under {arguments.name}.")
    return DONE if found else NOTHING_DONE


def show(found: Provenance, legs: Sequence[Leg], console: Console) -> None:
    """Print one posting for people: the booking, its legs with their source lines and rows, its history."""
    console.print()
    _tell(console, f"{found.document_number or found.document_key} in {found.books}", style="bold")
    _tell(
        console,
        f"document {found.document_key}, reference {found.reference}, {found.state}, "
        f"entry {found.target_entry_number or '-'}, run {found.sent_run_id or '-'}",
    )
    if found.purged_at is not None:
        _tell(
            console,
            f"the document as received was purged on {found.purged_at:%Y-%m-%d %H:%M:%S}, with its texts; "
            "keys, digests, amounts and events are kept",
        )
    for reason in found.reasons:
        _tell(console, f"reason: {reason['code']} {reason.get('detail') or ''}")
    for leg in legs:
        _show_leg(leg, console)
    rows = Table("mapping row", "as it stood", title="all rows behind the booking")
    for at, cells in sorted(found.mapping_rows.items()):
        add_texts(rows, at, " | ".join(cells[1:]))
    console.print(rows)
    for one in found.history:
        _tell(console, f"{one.at:%Y-%m-%d %H:%M:%S} {one.name} {json.dumps(dict(one.detail))}")


def _show_leg(leg: Leg, console: Console) -> None:
    line = leg.line
    codes = {"VAT code": line["vat_code"], "cost centre": line["cost_centre"], "party": line["party"]}
    said = "".join(f", {name} {code}" for name, code in codes.items() if code)
    console.print()
    _tell(
        console,
        f"leg {line['number']}: ledger account {line['ledger_account']}, {line['amount']}{said}, "
        f"VAT {line['vat_amount']}",
    )
    for source_line in leg.source_lines:
        _tell(console, f"  source {json.dumps(source_line, ensure_ascii=False)}", wraps=False)
    for at, cells in leg.mapping_rows.items():
        _tell(console, f"  row {at}: {' | '.join(cells[1:])}", wraps=False)


def _tell(console: Console, line: str, *, style: str | None = None, wraps: bool = True) -> None:
    console.print(printable(line), style=style, markup=False, soft_wrap=not wraps)


WHERE = Command(
    summary="say where a booking comes from, down to source lines and mapping rows", add_to=_add_to, run=_run
)
