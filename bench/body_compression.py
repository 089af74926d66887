"""Compare ways of keeping bodies of documents: zlib before the insert, or PostgreSQL's own compression.

python -m bench.body_compression [COUNT] [SEED]
"""

import sys
import time
import zlib
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from bench.scratch_server import scratch_store
from emulators.qubz.generator import Wanted, generate
from emulators.qubz.wire import to_json
from finance_hooks.store.engine import store_engine

UNTIL = date(2026, 11, 2)


def main(count: int = 20_000, seed: int = 1) -> None:
    """Write the same bodies every way and print bytes per document and seconds."""
    wanted = Wanted(count=count, seed=seed, dated_from=UNTIL.replace(month=10), dated_until=UNTIL)
    bodies = [to_json(each.row, as_text=True).encode() for each in generate(wanted)]
    print(f"{count} bodies of {sum(map(len, bodies)) / count:.0f} bytes on average")
    with scratch_store() as store_url:
        engine = store_engine(store_url)
        ways: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
            "as received": ("STORAGE EXTERNAL", bytes),
            "pglz by PostgreSQL": ("STORAGE EXTENDED", bytes),
            "lz4 by PostgreSQL": ("SET COMPRESSION lz4", bytes),
            "zlib level 1": ("STORAGE EXTERNAL", lambda body: zlib.compress(body, 1)),
            "zlib level 6": ("STORAGE EXTERNAL", lambda body: zlib.compress(body, 6)),
            "zlib level 9": ("STORAGE EXTERNAL", lambda body: zlib.compress(body, 9)),
        }
        for name, (setting, compress) in ways.items():
            print(f"{name:20} {measure(engine, bodies, setting, compress)}")


def measure(engine: sa.Engine, bodies: list[bytes], setting: str, compress: Callable[[bytes], bytes]) -> str:
    """Write the bodies one way and say what that took."""
    alter = setting if setting.startswith("SET") else f"SET {setting}"
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE body (body bytea)"))
        connection.execute(sa.text(f"ALTER TABLE body ALTER body {alter}"))
    started = time.process_time()
    written = [{"body": compress(body)} for body in bodies]
    cpu_s = time.process_time() - started
    started = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO body VALUES (:body)"), written)
        insert_s = time.perf_counter() - started
        size = connection.execute(sa.text("SELECT pg_total_relation_size('body')")).scalar_one()
        connection.execute(sa.text("DROP TABLE body"))
    return (
        f"{size / len(bodies):6.0f} bytes a document, {cpu_s:.1f} s to compress, {insert_s:.1f} s to insert"
    )


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3]))
