"""Command `where`: say where a booking comes from, down to source lines and mapping rows."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, open_store, say_json
from finance_hooks.cli.legs import Leg, legs_of
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
        console.print(f"Nothing is known under {arguments.name}.", markup=False)
    return DONE if found else NOTHING_DONE


def show(found: Provenance, legs: Sequence[Leg], console: Console) -> None:
    """Print one posting for people: the booking, its legs with their source lines and rows, its history."""
    console.print(
        f"\n{found.document_number or found.document_key} in {found.books}", style="bold", markup=False
    )
    console.print(
        f"document {found.document_key}, reference {found.reference}, {found.state}, "
        f"entry {found.target_entry_number or '-'}, run {found.sent_run_id or '-'}",
        markup=False,
    )
    if found.purged_at is not None:
        console.print(
            f"the document as received was purged on {found.purged_at:%Y-%m-%d %H:%M:%S}, with its texts; "
            "keys, digests, amounts and events are kept",
            markup=False,
        )
    for reason in found.reasons:
        console.print(f"reason: {reason['code']} {reason.get('detail') or ''}", markup=False)
    for leg in legs:
        _show_leg(leg, console)
    rows = Table("mapping row", "as it stood", title="all rows behind the booking")
    for at, cells in sorted(found.mapping_rows.items()):
        rows.add_row(at, " | ".join(cells[1:]))
    console.print(rows)
    for one in found.history:
        console.print(f"{one.at:%Y-%m-%d %H:%M:%S} {one.name} {json.dumps(dict(one.detail))}", markup=False)


def _show_leg(leg: Leg, console: Console) -> None:
    line = leg.line
    codes = {"VAT code": line["vat_code"], "cost centre": line["cost_centre"], "party": line["party"]}
    said = "".join(f", {name} {code}" for name, code in codes.items() if code)
    console.print(
        f"\nleg {line['number']}: ledger account {line['ledger_account']}, {line['amount']}{said}, "
        f"VAT {line['vat_amount']}",
        markup=False,
    )
    for source_line in leg.source_lines:
        console.print(f"  source {json.dumps(source_line, ensure_ascii=False)}", markup=False, soft_wrap=True)
    for at, cells in leg.mapping_rows.items():
        console.print(f"  row {at}: {' | '.join(cells[1:])}", markup=False, soft_wrap=True)


WHERE = Command(
    summary="say where a booking comes from, down to source lines and mapping rows", add_to=_add_to, run=_run
)
