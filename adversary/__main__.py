"""`python -m adversary simulate`, `replay`: see what breaks the promise.

    python -m adversary simulate --seed 1 --posts 10000 [--jobs 2] [--documents 60] [--nights 3]
        [--played FILE]
    python -m adversary replay SCRIPT.json

Exit code 1 when anything was booked twice, lost, or otherwise not as promised.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from adversary.played import Played, read_played, write_played
from adversary.script import Script, read_script, write_script
from adversary.shrink import shrink
from adversary.simulate import Course, Told, scripts, simulate, tell
from adversary.stores import open_stores
from adversary.tally import Tally
from finance_hooks.store.engine import store_engine

FAILED = Path("var/adversary")
TELL_EVERY_S = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    logging.disable(logging.CRITICAL)
    given = _parser().parse_args(arguments)
    if given.command == "replay":
        return _replay(read_script(given.script))
    return _simulate(given)


def _simulate(given: argparse.Namespace) -> int:
    course = Course(seed=given.seed, documents=given.documents, nights=given.nights)
    played = (
        Played(course=course, tally=Tally()) if given.played is None else read_played(given.played, course)
    )
    tally, failed = played.tally, list[Told]()
    began, told_at = time.monotonic() - played.seconds, time.monotonic()
    with open_stores(given.jobs) as stores:
        for told in simulate(stores, scripts(course, tally.scripts), given.posts - tally.posts):
            tally.add(told)
            if told.failed:
                failed.append(told)
                _show(told)
                _write(told.script)
            if time.monotonic() - told_at > TELL_EVERY_S:
                told_at = time.monotonic()
                print(f"{told_at - began:6.0f} s  {tally.line()}", flush=True)
                _note(given.played, played, began)
        _note(given.played, played, began)
        print(tally.table(seconds=time.monotonic() - began))
        for told in failed:
            _keep(told, stores[0])
    return 1 if tally.violations.total() else 0


def _note(path: Path | None, played: Played, began: float) -> None:
    if path is not None:
        played.seconds = time.monotonic() - began
        write_played(path, played)


def _replay(script: Script) -> int:
    with open_stores(1) as (store,):
        told = tell(script, store_engine(store))
        _show(told)
    return 1 if told.failed else 0


def _keep(told: Told, store: str) -> None:
    """Write down the shortest script that still fails in the same way."""
    kinds = {one.kind for one in told.violations}

    def fails(script: Script) -> bool:
        again = tell(script, store_engine(store))
        return bool(kinds & {one.kind for one in again.violations}) or (not kinds and bool(again.strange))

    short = shrink(told.script, fails)
    print(f"{_write(short)}: {len(told.script.events)} events shrunk to {len(short.events)}")


def _write(script: Script) -> Path:
    FAILED.mkdir(parents=True, exist_ok=True)
    path = FAILED / f"{script.sync_id}-{script.seed}.json"
    path.write_text(write_script(script), encoding="utf-8")
    return path


def _show(told: Told) -> None:
    script = told.script
    print(f"{script.sync_id}, seed {script.seed}: {told.posts} posts, {told.booked} booked")
    for violation in told.violations:
        print(f"  {violation.kind}: {violation.what}")
    for what in told.strange:
        print(f"  {what}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m adversary")
    commands = parser.add_subparsers(dest="command", required=True)
    wanted = commands.add_parser("simulate", help="play scripts made up by chance")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--posts", type=int, default=10_000)
    wanted.add_argument("--jobs", type=int, default=2)
    wanted.add_argument("--documents", type=int, default=60, help="documents a night")
    wanted.add_argument("--played", type=Path, help="a file that keeps how far it came, to go on from there")
    wanted.add_argument("--nights", type=int, default=3, help="nights of a script, before the quiet ones")
    again = commands.add_parser("replay", help="play one script")
    again.add_argument("script", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
