"""All systems on sockets, connections to them, and a night that is booked without a running Airflow."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests
from cryptography.fernet import Fernet

from emulators.audit_file import write_audit_file
from emulators.audit_file_style import Header, Style
from emulators.qubz.app import QubzEmulator
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.selection import Selection
from finance_hooks.operators.own_books import owner_by_hand, work_of
from finance_hooks.operators.resources import open_resources
from finance_hooks.posting.load import load
from finance_hooks.posting.prepare import Mapping as Tables
from finance_hooks.posting.prepare import prepare
from finance_hooks.posting.receive import receive
from finance_hooks.store.held_lease import hold_patiently
from finance_hooks.transport.clock import SystemClock
from local.connections import emulated_connections
from tests.integration.cli.store_connection import store_connection

PATIENCE_S = 30
WINDOW = timedelta(days=45)
TIMEOUT_S = 30


@contextmanager
def emulated_site(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Serve every system with its demo, and set the connections to them; yields their addresses.

    Nobody has consented to anything yet. All live by the machine's clock, as the commands do.
    """
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=key))
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    with ExitStack() as stack:
        addresses = {}
        for system in SYSTEMS:
            emulator = build(system)
            if isinstance(emulator, QubzEmulator):
                emulator.load_demo(today=date.today(), documents=0)
            addresses[system] = stack.enter_context(EmulatorServer(emulator)).url
        for name, fields in emulated_connections(addresses).items():
            monkeypatch.setenv(name, fields)
        yield addresses


def book_a_night(sync_id: str) -> dict[str, int]:
    """Receive, prepare and load what the source has for one administration, as the tasks of a night do."""
    resources = open_resources(sync_id)
    work = replace(work_of(resources), run_id="night", sends=True)
    today = work.business_date()
    receive(
        work,
        resources.source,
        Selection(changed_since=None, dated_from=today - WINDOW, dated_until=today, moves_watermark=True),
    )
    masters = resources.source.read_masters(resources.administration.organisation)
    tables = read_tables(resources.administration, mappings_folder())
    prepare(
        work, resources.source, Tables(masters=masters, tables=tables, settings=resources.target.settings)
    )
    clock, owner = SystemClock(), owner_by_hand()
    held = hold_patiently(
        resources.engine,
        resources.books_wish(owner=owner, is_backfill=False),
        boot_s=clock.boot_s,
        sleep=clock.sleep,
        patience_s=PATIENCE_S,
    )
    with held as lease:
        hook = resources.target_hook(lease, owner=owner, patience_s=PATIENCE_S)
        return load(work, hook, lease, resources.folders)


def write_books(address: str, administration: str, path: Path) -> None:
    """Export the books of an administration, of the year that most of them are in, as an audit file."""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(
            f"{address}/_emulator/books", params={"administration": administration}, timeout=TIMEOUT_S
        )
    entries = answer.json()["entries"]
    years = [str(entry["period"]).partition("/")[0] for entry in entries]
    year = max(set(years), key=years.count) if years else f"{date.today():%Y}"
    header = Header(
        company=administration,
        fiscal_year=year,
        first_day=f"{year}-01-01",
        last_day=f"{year}-12-31",
        made_on=f"{int(year) + 1}-01-01",
    )
    of_year = [entry for entry in entries if str(entry["period"]).startswith(year)]
    with path.open("wb") as written:
        write_audit_file(written, header, of_year, Style(version="4.0"))


def open_as_a_browser(address: str) -> str:
    """Open the address at which a user consents, and return the one it is sent back to."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(address, allow_redirects=False, timeout=TIMEOUT_S).headers["Location"]
