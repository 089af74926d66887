"""A plain script: send the same requests again, in the same order, to emulators that stand as they did.

The emulators draw their tokens and numbers from a seed, so the same requests have the same answers. An
answer with another status is told and ends the replay. Prints the seconds it took.

    python -m bench.replay FILE_OF_REQUESTS OLD_HOST=NEW_HOST …
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from bench.sent import Sent, read_sent


def main(file: Path, moves: Sequence[tuple[str, str]]) -> int:
    """Send them all, and say how long it took."""
    sent = read_sent(file)
    for old, new in moves:
        sent = [one.moved(old, new) for one in sent]
    started = time.perf_counter()
    differs = _replay(sent)
    print(time.perf_counter() - started)
    if differs:
        print(differs, file=sys.stderr)
    return 1 if differs else 0


def _replay(sent: Sequence[Sent]) -> str | None:
    with requests.Session() as session:
        session.trust_env = False
        for number, one in enumerate(sent):
            status = one.send(session).status_code
            if status != one.status:
                return f"request {number}, {one.method} {one.url}: {status}, not {one.status}"
    return None


if __name__ == "__main__":
    pairs = [argument.partition("=") for argument in sys.argv[2:]]
    sys.exit(main(Path(sys.argv[1]), [(old, new) for old, _, new in pairs]))
