"""Remember the entries of which an upload did not tell why they were refused: they go alone from then on."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from finance_hooks.model.entry import Entry
from finance_hooks.targets.base import Cache

CACHE_NAME = "exactonline.upload_doubts"
MAX_AGE = timedelta(days=30)
"""Since the last doubt of a division: what is refused for longer costs an upload and a wait again."""


class UploadDoubts:
    """Keep references by division, of one country's site; without a cache as long as the hook lives."""

    def __init__(self, country: str, cache: Cache | None) -> None:
        """Start with what the cache holds."""
        self._country = country
        self._cache = cache
        self._added: dict[str, frozenset[str]] = {}

    def among(self, entries: Iterable[Entry]) -> frozenset[str]:
        """Return the references of those entries that have to go alone."""
        by_division: dict[str, set[str]] = {}
        for entry in entries:
            by_division.setdefault(entry.administration, set()).add(entry.reference)
        found = (self._read(division) & references for division, references in by_division.items())
        return frozenset().union(*found)

    def add(self, division: str, references: Sequence[str]) -> None:
        """Let these go alone from now on."""
        if not references:
            return
        self._added[division] = self._read(division) | set(references)
        if self._cache is not None:
            kept = json.dumps(sorted(self._added[division]))
            self._cache.write(CACHE_NAME, f"{self._country}|{division}", kept)

    def _read(self, division: str) -> frozenset[str]:
        if division in self._added or self._cache is None:
            return self._added.get(division, frozenset())
        kept = self._cache.read(CACHE_NAME, f"{self._country}|{division}", max_age=MAX_AGE)
        return frozenset(json.loads(kept)) if kept else frozenset()
