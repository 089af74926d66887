"""Trigger nights, one after the other and now and then two at once, whatever is dead at the moment."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import requests

from chaos.store import Stores
from local.airflow_api import AirflowApi

EVERY_S: Final = 150.0
"""How long after the last night another one is triggered, even if that one still runs."""
AT_ONCE: Final = 3
POLL_S: Final = 2.0


@dataclass(slots=True, kw_only=True)
class Nights:
    """A thread that triggers runs of these DAGs until it is ended."""

    api: AirflowApi
    stores: Stores
    dag_ids: Sequence[str]
    triggered: int = 0
    _last_s: dict[str, float] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Start the thread."""
        threading.Thread(target=self._live, name="nights", daemon=True).start()

    def end(self) -> None:
        """Trigger no more."""
        self._over.set()

    def _live(self) -> None:
        while not self._over.wait(POLL_S):
            active = self.stores.active_runs()
            for dag_id in self.dag_ids if active is not None else ():
                self._tend(dag_id, (active or {}).get(dag_id, 0))

    def _tend(self, dag_id: str, active: int) -> None:
        now_s = time.monotonic()
        is_due = now_s - self._last_s.get(dag_id, 0.0) >= EVERY_S
        if active and not (is_due and active < AT_ONCE):
            return
        try:
            self.api.trigger(dag_id)
        except (requests.RequestException, ValueError, KeyError):
            # The api-server or what it needs is dead; the next round tries again.
            return
        self.triggered += 1
        self._last_s[dag_id] = now_s
