"""Command `where`: say where a booking comes from, down to source lines and mapping rows."""

import argparse
import json
from dataclasses import asdict

from airflow.sdk import BaseHook
from rich.console import Console
from rich.table import Table

from finance_hooks.store.engine import CONNECTION_ID, store_engine, store_url
from finance_hooks.store.provenance import Provenance, find_provenance

NOT_FOUND = 1


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="reference, entry number, entry id or document number")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print every posting of that name; exit code 1 when there is none."""
    engine = store_engine(store_url(BaseHook.get_connection(CONNECTION_ID)))
    with engine.begin() as connection:
        found = find_provenance(connection, arguments.name)
    console = Console()
    if arguments.json:
        console.print_json(json.dumps([asdict(one) for one in found], default=str))
        return 0 if found else NOT_FOUND
    for one in found:
        show(one, console)
    if not found:
        console.print(f"Nothing is known under {arguments.name}.", markup=False)
    return 0 if found else NOT_FOUND


def show(found: Provenance, console: Console) -> None:
    """Print one posting for people: the booking, its legs with their source lines and rows, its history."""
    console.print(
        f"\n{found.document_number or found.document_key} in {found.books}", style="bold", markup=False
    )
    console.print(
        f"document {found.document_key}, reference {found.reference}, {found.state}, "
        f"entry {found.target_entry_number or '-'}, run {found.sent_run_id or '-'}",
        markup=False,
    )
    for reason in found.reasons:
        console.print(f"reason: {reason['code']} {reason.get('detail') or ''}", markup=False)
    legs = Table("leg", "ledger account", "amount", "VAT code", "VAT", "source lines", "mapping rows")
    for line in (found.entry or {}).get("lines", ()):
        legs.add_row(
            str(line["number"]),
            line["ledger_account"],
            line["amount"],
            line["vat_code"] or "",
            line["vat_amount"],
            ", ".join(str(number) for number in line["source_lines"]),
            "\n".join(line["mapping_rows"]),
        )
    console.print(legs)
    rows = Table("mapping row", "as it stood")
    for at, cells in sorted(found.mapping_rows.items()):
        rows.add_row(at, " | ".join(cells[1:]))
    console.print(rows)
    for one in found.history:
        console.print(f"{one.at:%Y-%m-%d %H:%M:%S} {one.name} {json.dumps(dict(one.detail))}", markup=False)
