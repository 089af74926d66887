"""Read a mapping file of a million rows and print wall time and peak memory, good rows and pasted-in ones.

python -m bench.mapping_million_rows [ROWS]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from finance_hooks.mapping.rows import read_rows
from finance_hooks.mapping.schemas import LEDGER_ACCOUNTS
from finance_hooks.mapping.tables import check_mappings, read_tables
from tests.mapping.examples import the_administration, write_folder

ROWS = 1_000_000
KINDS = {
    "good": lambda number: f"nl,{number:07},,,8000,note {number}",
    "pasted in": lambda _number: "nl,8000,,,8000,",
    "broken": lambda number: f'nl,"{number},,,8000,' if number % 2 else f"=1+{number},@",
}
"""Kinds of rows: as they should be, all alike, and such as nobody can read."""


def main(rows: int) -> None:
    """Read one file of each kind."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_folder(Path(place))
        for kind, write in KINDS.items():
            path = folder / "books" / LEDGER_ACCOUNTS.name
            header = ",".join(LEDGER_ACCOUNTS.header)
            path.write_text("\n".join([header, *map(write, range(rows))]), encoding="utf-8")
            started = time.perf_counter()
            problems = len(check_mappings(folder))
            if kind == "good":
                read_tables(the_administration(folder), folder)
            took_s = time.perf_counter() - started
            read, _ = read_rows(path, LEDGER_ACCOUNTS)
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{kind}: {rows} rows, {len(read)} readable, {problems} problems, {took_s:.1f} s, "
                f"peak {peak_mb:.0f} MB so far",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
