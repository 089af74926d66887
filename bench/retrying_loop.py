"""Send bookings one by one, and each again while it has no good answer: a script as people write it.

python bench/retrying_loop.py FILE_OF_REQUESTS
"""

import json
import sys
import time
from pathlib import Path

import requests

TRIES = 5
TIMEOUT_S = 120


def main(file: Path) -> None:
    """Send them all, and say how long it took."""
    bookings = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    session = requests.Session()
    session.trust_env = False
    started = time.perf_counter()
    for booking in bookings:
        for _ in range(TRIES):
            try:
                answer = session.request(
                    booking["method"],
                    booking["url"],
                    data=booking["body"].encode("latin-1"),
                    headers=booking["headers"],
                    timeout=TIMEOUT_S,
                )
                answer.raise_for_status()
            except requests.RequestException:
                continue
            break
    print(json.dumps({"seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
