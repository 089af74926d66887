"""Agree what is asked of a place where files of entries are put, and how each file's manifest reads."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO

MANIFEST = ".manifest.json"
"""How the name of a file's manifest ends, behind the file's own."""

VOID = b"{}\n"
"""What stands in place of a manifest where a file must not be written any more."""


class Shelf(Protocol):
    """One folder of files, on a disk or in object storage."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file unless there is one of that name, which is said by `False`."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Write a file at once: whoever looks sees all of it or none."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, `None` when there is none."""
        ...

    def manifests(self) -> list[str]:
        """Return the names of the files that have a manifest, whether they are still there or not."""
        ...


OpenShelf = Callable[[str], Shelf]
"""Opens the folder at a location."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a file holds: its digest, and the references of its entries; a void one holds none."""

    sha256: str
    references: frozenset[str]


def write_manifest(
    name: str, content: bytes, entries: Sequence[Entry], *, run_id: str, at: datetime
) -> bytes:
    """Write a file's manifest: checksum, documents, and totals per journal, for people and for us."""
    totals: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for entry in entries:
        totals[entry.journal, entry.currency].append(entry.gross)
    told = {
        "file": name,
        "sha256": digest_of(content),
        "bytes": len(content),
        "run": run_id,
        "made_at": at.isoformat(),
        "administration": entries[0].administration,
        "totals": [
            {
                "journal": journal,
                "currency": currency,
                "documents": len(amounts),
                "gross": str(sum(amounts, ZERO)),
            }
            for (journal, currency), amounts in sorted(totals.items())
        ],
        "documents": [
            {
                "reference": entry.reference,
                "number": entry.number,
                "date": entry.entry_date.isoformat(),
                "gross": str(entry.gross),
                "currency": entry.currency,
            }
            for entry in entries
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(content: bytes) -> Manifest | None:
    """Read what a manifest says of its file; `None` when it cannot be read."""
    try:
        told = json.loads(content)
        return Manifest(
            sha256=told.get("sha256", ""),
            references=frozenset(one["reference"] for one in told.get("documents", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def digest_of(content: bytes) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(content).hexdigest()
