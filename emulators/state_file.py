"""The file in which an emulator keeps its state, so that a restart finds the same books."""

import pickle
import threading
import time
from collections.abc import Callable
from pathlib import Path

FLUSH_INTERVAL_S = 0.25
CHEAP_S = 0.02
SHARE_OF_TIME = 10


class StateFile:
    """Write the state after a change; large states take at most a tenth of the time.

    A state that is written in 20 ms is on disk before the answer leaves, a larger one soon after; with
    `is_durable` it always is before the answer leaves, as a vendor's own books are.
    """

    is_durable = False

    def __init__(self, path: Path, take: Callable[[], object], lock: threading.RLock) -> None:
        """Start the writer; `take` returns what to keep and is called under the emulator's lock."""
        self._path = path
        self._take = take
        self._lock = lock
        self._cost_s = 0.0
        self._saved_at = 0.0
        self._dirty = False
        self._closed = threading.Event()
        path.parent.mkdir(parents=True, exist_ok=True)
        threading.Thread(target=self._flush_while_open, daemon=True).start()

    def read(self) -> object | None:
        """Return what was kept last, or None."""
        if not self._path.exists():
            return None
        # Only this emulator writes the file, in a directory its user chose.
        kept: object = pickle.loads(self._path.read_bytes())  # noqa: S301
        return kept

    def changed(self) -> None:
        """Say that the state changed; called under the emulator's lock."""
        self._dirty = True
        rested_s = time.monotonic() - self._saved_at
        if self.is_durable or self._cost_s < CHEAP_S or rested_s >= SHARE_OF_TIME * self._cost_s:
            self.save()

    def save(self) -> None:
        """Write the state to a new file and put it in the place of the old one."""
        with self._lock:
            started_at = time.monotonic()
            unfinished = self._path.with_suffix(".new")
            unfinished.write_bytes(pickle.dumps(self._take(), protocol=pickle.HIGHEST_PROTOCOL))
            unfinished.replace(self._path)
            self._dirty = False
            self._saved_at = time.monotonic()
            self._cost_s = self._saved_at - started_at

    def close(self) -> None:
        """Write once more and stop the writer."""
        self._closed.set()
        self.save()

    def _flush_while_open(self) -> None:
        while not self._closed.wait(FLUSH_INTERVAL_S):
            with self._lock:
                if self._dirty and not self._closed.is_set():
                    self.changed()
