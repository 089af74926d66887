"""`python -m chaos`: kill what can be killed on a real system, and see whether the promise holds.

    python -m chaos [--seed 1] [--documents 2000] [--minutes 12] [--kills 24] [--executor local|celery]

Exit code 1 when anything was booked twice, lost, left open, or otherwise not as promised.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from chaos.play import Play, Wish
from chaos.stage import staged
from local.celery_workers import redis_answers
from local.components import ComponentError
from local.paths import PROJECT

FOLDER = PROJECT / "var" / "chaos"
KILLS_A_MINUTE = 2
SYNC_IDS = ("exact_nl", "exact_be", "twinfield_nl", "afas_nl", "accountview_nl")
SHOWN = 20
WORKERS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one night of chaos and return its exit code."""
    asked = _parser().parse_args(arguments)
    kills = round(asked.minutes * KILLS_A_MINUTE) if asked.kills is None else asked.kills
    wish = Wish(
        seed=asked.seed,
        documents=asked.documents,
        mishaps_s=asked.minutes * 60,
        kills=kills,
        patience_s=asked.patience * 60,
        hurries=asked.hurry,
    )
    workers = WORKERS if asked.executor == "celery" and redis_answers() else 0
    if asked.executor == "celery" and not workers:
        _say("No Redis answers here; running with LocalExecutor")
    name = f"{'celery' if workers else 'local'}-{asked.seed}"
    state = asked.state or FOLDER / name
    try:
        with staged(state, seed=asked.seed, sync_ids=asked.administrations, workers=workers) as stage:
            verdict = Play(stage=stage, wish=wish, tell=_say).play()
    except ComponentError as stopped:
        _say(str(stopped))
        return 1
    told = asked.report or FOLDER / f"{name}.json"
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text(json.dumps(verdict.told(), indent=1), encoding="utf-8")
    for one in verdict.judged:
        for violation in one.violations[:SHOWN]:
            _say(f"{one.sync_id}: {violation.kind}: {violation.what}")
    _say(verdict.table())
    _say(str(told))
    return 0 if verdict.kept else 1


def _say(what: str) -> None:
    print(what, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chaos")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=2000, help="in all administrations together")
    parser.add_argument("--minutes", type=float, default=12.0, help="how long things are killed")
    parser.add_argument("--kills", type=int, help=f"how many; {KILLS_A_MINUTE} a minute when not given")
    parser.add_argument("--executor", choices=("local", "celery"), default="local")
    parser.add_argument("--patience", type=float, default=45.0, help="minutes to wait until all is settled")
    parser.add_argument("--hurry", action="store_true", help="do not wait for settle times in the end")
    parser.add_argument("--administrations", nargs="+", choices=SYNC_IDS, default=SYNC_IDS)
    parser.add_argument("--state", type=Path, help="where databases, books and logs are kept meanwhile")
    parser.add_argument("--report", type=Path, help="where the figures are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
