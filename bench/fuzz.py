"""Feed every parser spoilt input for a while, keeping what reaches lines that nothing reached before.

Coverage guides it: an input that reaches new lines of ours is spoilt further. What a parser raises and does
not promise, what cannot be stored, and what takes too long is a failure; its input is kept in
`fuzz-failures/` by its digest.

    python -m bench.fuzz [PARSER|all] [SECONDS] [SEED]
"""

import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any

import finance_hooks
from tests.hostile.mutations import mutate
from tests.hostile.parser import Parser
from tests.hostile.parsers import PARSERS

OURS = str(Path(finance_hooks.__file__).parent)
FAILURES = Path("fuzz-failures")
SECONDS = 20.0
SLOW_S = 5.0
LONGEST = 1_000_000
"""Bytes: longer inputs are not spoilt further."""
Line = tuple[CodeType, int]
Trace = Callable[[FrameType, str, object], Any]


@dataclass(slots=True)
class Reached:
    """The lines of our code that were reached so far."""

    lines: set[Line] = field(default_factory=set)

    def trace(self, frame: FrameType, event: str, _argument: object) -> Trace | None:
        """Follow calls into our own code, line by line, and nothing else."""
        code = frame.f_code
        if not code.co_filename.startswith(OURS):
            return None
        if event == "line":
            self.lines.add((code, frame.f_lineno))
        return self.trace


@dataclass(slots=True)
class Outcome:
    """What came of one parser: how often it was tried, what it reached, what failed and where."""

    name: str
    executions: int = 0
    lines: int = 0
    kept: int = 0
    slowest_s: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write it in one line."""
        return (
            f"{self.name}: {self.executions} executions, {self.lines} lines, {self.kept} inputs kept, "
            f"slowest {self.slowest_s * 1000:.0f} ms, {len(self.failures)} failures"
        )


def main(name: str, seconds: float, seed: int) -> int:
    """Fuzz one parser, or all of them for so long each; returns how many failures there are."""
    chosen = list(PARSERS.values()) if name == "all" else [PARSERS[name]]
    failures = 0
    for parser in chosen:
        outcome = fuzz(parser, seconds, Random(seed))  # noqa: S311 - what was found once is found again
        print(outcome, flush=True)
        for where, said in outcome.failures.items():
            print(f"  {said}\n    {where}", flush=True)
        failures += len(outcome.failures)
    return failures


def fuzz(parser: Parser, seconds: float, random: Random) -> Outcome:
    """Spoil the samples of a parser and what they led to, for so many seconds."""
    outcome, reached = Outcome(name=parser.name), Reached()
    corpus = list(parser.samples)
    until = time.monotonic() + seconds
    for sample in parser.samples:
        _try_out(parser, sample, reached, outcome)
    while time.monotonic() < until:
        # What was found last led on: it is taken as often as all the rest.
        base = corpus[-1] if random.random() < 0.1 else random.choice(corpus)
        content = mutate(base, random)
        before = len(reached.lines)
        _try_out(parser, content, reached, outcome)
        if len(reached.lines) > before and len(content) < LONGEST:
            corpus.append(content)
    outcome.lines, outcome.kept = len(reached.lines), len(corpus)
    return outcome


def _try_out(parser: Parser, content: bytes, reached: Reached, outcome: Outcome) -> None:
    started = time.perf_counter()
    sys.settrace(reached.trace)
    try:
        parser.try_out(content)
    except Exception as fault:  # noqa: BLE001 - whatever was not promised is what is looked for
        sys.settrace(None)
        _keep(content, fault, outcome)
    finally:
        sys.settrace(None)
    took_s = time.perf_counter() - started
    outcome.executions += 1
    outcome.slowest_s = max(outcome.slowest_s, took_s)
    if took_s > SLOW_S:
        _keep(content, TimeoutError(f"took {took_s:.0f} s"), outcome)


def _keep(content: bytes, fault: BaseException, outcome: Outcome) -> None:
    """Keep the first input of each failure, told apart by what was raised and where."""
    ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith(OURS)]
    where = f"{Path(ours[-1].filename).relative_to(OURS)}:{ours[-1].lineno}" if ours else outcome.name
    failure = f"{type(fault).__name__} at {where}"
    if failure in outcome.failures:
        return
    FAILURES.mkdir(exist_ok=True)
    path = FAILURES / f"{outcome.name}-{hashlib.sha256(content).hexdigest()[:12]}"
    path.write_bytes(content)
    outcome.failures[failure] = f"{str(fault)[:120]} ({path})"


if __name__ == "__main__":
    ARGUMENTS = [*sys.argv[1:], *("all", str(SECONDS), "1")[len(sys.argv) - 1 :]]
    sys.exit(min(main(ARGUMENTS[0], float(ARGUMENTS[1]), int(ARGUMENTS[2])), 1))
