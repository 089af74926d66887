"""A plain script: send the same requests again, in the same order, to emulators that stand as they did.

The emulators draw their tokens and numbers from a seed, so the same requests have the same answers. An
answer with another status is told and ends the replay. A loop is quicker than the night was: where a token
was renewed in it, the emulator's clock is set forward to when that is allowed. Prints the seconds it took.

    python -m bench.replay FILE_OF_REQUESTS OLD_HOST=NEW_HOST …
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import requests

from bench.sent import TIMEOUT_S, Sent, read_sent

RENEWED = "/oauth2/token"
RENEWABLE_AFTER_S = 570
"""Exact renews no token sooner (vendor's OAuth page)."""


def main(file: Path, moves: Sequence[tuple[str, str]]) -> int:
    """Send them all, and say how long it took."""
    sent = read_sent(file)
    for old, new in moves:
        sent = [one.moved(old, new) for one in sent]
    started = time.perf_counter()
    differs = replay(sent)
    print(time.perf_counter() - started)
    if differs:
        print(differs, file=sys.stderr)
    return 1 if differs else 0


def replay(sent: Sequence[Sent]) -> str | None:
    """Send them all in their order; return which of them was answered otherwise, if any was."""
    with requests.Session() as session:
        session.trust_env = False
        for number, one in enumerate(sent):
            status = one.send(session).status_code
            if status != one.status and one.url.endswith(RENEWED):
                status = _renew_later(session, one)
            if status != one.status:
                return f"request {number}, {one.method} {one.url}: {status}, not {one.status}"
    return None


def _renew_later(session: requests.Session, one: Sent) -> int:
    clock = urljoin(one.url, "/_emulator/clock")
    session.post(clock, json={"advance_s": RENEWABLE_AFTER_S}, timeout=TIMEOUT_S)
    return one.send(session).status_code


if __name__ == "__main__":
    pairs = [argument.partition("=") for argument in sys.argv[2:]]
    sys.exit(main(Path(sys.argv[1]), [(old, new) for old, _, new in pairs]))
