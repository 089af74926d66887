"""A plain script: send the same requests again, in the same order, to emulators that stand as they did.

The emulators draw their tokens and numbers from a seed, so the same requests have the same answers. An
answer with another status is told and ends the replay. Prints the seconds it took.

    python -m bench.replay FILE_OF_REQUESTS OLD_HOST=NEW_HOST …
"""

import pickle
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

TIMEOUT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it left, and the status of its answer."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | str | None
    status: int


def main(file: Path, moved: Mapping[str, str]) -> int:
    """Send them all, and say how long it took."""
    sent: list[Sent] = pickle.loads(file.read_bytes())  # noqa: S301 - written by the same bench
    started = time.perf_counter()
    differs = replay(sent, moved)
    print(time.perf_counter() - started)
    if differs:
        print(differs, file=sys.stderr)
    return 1 if differs else 0


def replay(sent: Sequence[Sent], moved: Mapping[str, str]) -> str | None:
    """Send requests to where their hosts have moved; say which answer was another one, if one was."""
    with requests.Session() as session:
        session.trust_env = False
        for number, one in enumerate(sent):
            headers = {name: value for name, value in one.headers.items() if name != "Content-Length"}
            answer = session.request(
                one.method, moved_url(one.url, moved), data=one.body, headers=headers, timeout=TIMEOUT_S
            )
            if answer.status_code != one.status:
                return f"request {number}, {one.method} {one.url}: {answer.status_code}, not {one.status}"
    return None


def moved_url(url: str, moved: Mapping[str, str]) -> str:
    """Return an address with its host and port replaced."""
    for old, new in moved.items():
        url = url.replace(old, new, 1)
    return url


if __name__ == "__main__":
    pairs = [argument.split("=", 1) for argument in sys.argv[2:]]
    sys.exit(main(Path(sys.argv[1]), dict(pairs)))
