"""Time every page of the links over a store of a million postings, and count what the store is asked for it.

One `make sync` fills a store with real documents; they are copied, back in time over three years, until so
many postings are booked; of those that are not, some ten thousand. Bodies are copied for those only.

    python -m bench.pages_at_a_million [COUNT] [ASKED]
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import requests
import sqlalchemy as sa

from bench.copied_store import copy_store
from local.environment import ADMIN
from local.paths import PROJECT
from local.system import RunningSystem, start_system, stop_system

STATE = PROJECT / "var" / "bench-pages"
PAGES = (
    "/",
    "/links/exact_nl",
    "/documents",
    "/documents?sync_id=exact_nl&state=parked",
    "/documents?number=2026100209",
    "/documents?party=Voorbeeld",
    "/documents?amount=100&amount_to=200",
    "/documents?dated_from=2025-01-01&dated_to=2025-03-31&state=booked",
    "/documents?period=2025-03",
    "/documents/exact_nl/{reference}",
    "/mapping",
    "/mapping/exact_nl",
    "/reconciliation",
    "/reconciliation/exact_nl",
    "/documents?sync_id=exact_nl&journal=70&period=2025-03",
    "/reconciliation/exact_nl/figures.csv",
    "/nights",
    "/nights/exact_nl",
    "/runbook",
)
ANY_REFERENCE = "SELECT reference FROM posting WHERE sync_id = 'exact_nl' AND state = 'booked' LIMIT 1"
LIMIT_MS = 300


def main(count: int = 1_000_000, asked: int = 7) -> None:
    """Fill the store, ask for each page several times, print the median, the slowest, and its statements."""
    environment = {**os.environ, "FINANCE_STATE": str(STATE)}
    subprocess.run([sys.executable, "-m", "local", "clean-state"], env=environment, check=True)
    subprocess.run([sys.executable, "-m", "local", "sync"], env=environment, check=True)
    system = start_system(STATE, on_schedule=False, names=("api-server",))
    try:
        began = time.monotonic()
        engine = sa.create_engine(system.databases.store_url)
        postings = copy_store(engine, count)
        print(f"{postings} postings, made in {time.monotonic() - began:.0f} s")
        with engine.connect() as connection:
            reference = connection.execute(sa.text(ANY_REFERENCE)).scalar_one()
        addresses = {path: path.format(reference=reference) for path in PAGES}
        times = {path: _times_ms(system, address, asked) for path, address in addresses.items()}
        log_statements(engine)
        for path, address in addresses.items():
            made = count_statements(engine, partial(_times_ms, system, address, 1))
            print(_told(path, times[path], made), flush=True)
    finally:
        stop_system(STATE)


def _times_ms(system: RunningSystem, path: str, asked: int) -> list[float]:
    times = []
    with requests.Session() as session:
        session.trust_env = False
        login = {"username": ADMIN, "password": system.admin_password}
        token = session.post(f"{system.api.base_url}/auth/token", json=login, timeout=60).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        for _ in range(asked):
            began = time.perf_counter()
            answer = session.get(f"{system.api.base_url}/finance{path}", headers=headers, timeout=120)
            times.append(1000 * (time.perf_counter() - began))
            answer.raise_for_status()
    return times


def log_statements(engine: sa.Engine) -> None:
    """Let the server log every statement, and of which database it is."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in ("log_statement = 'all'", "log_line_prefix = '%d '"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))


def count_statements(engine: sa.Engine, act: Callable[[], object]) -> int:
    """Count what the store is asked meanwhile; transactions and their settings are no questions."""
    log = STATE / "logs" / "postgres.log"
    time.sleep(0.3)
    before = log.stat().st_size
    act()
    time.sleep(0.3)
    with log.open(encoding="utf-8", errors="replace") as file:
        file.seek(before)
        made = [line for line in file if line.startswith(f"{engine.url.database} LOG:  statement: ")]
    return sum("statement: SELECT" in line or "statement: WITH" in line for line in made)


def _told(path: str, times_ms: list[float], statements: int) -> str:
    # The first one imports what pages are made of.
    first, *later = times_ms
    middle = median(later)
    slow = "  TOO SLOW" if middle > LIMIT_MS else ""
    measured = f"{middle:6.0f} ms, {max(later):6.0f} at most, first {first:6.0f}"
    return f"{measured}, {statements:3} statements  {path}{slow}"


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
