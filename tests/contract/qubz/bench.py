"""The qubz emulator on a socket, a hook that reads it, and what a careful reader makes of its documents."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from emulators.qubz.access import PASSWORD
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from finance_hooks.model.digest import content_digest
from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.sources.qubz.parse import ParsedDocument
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
NIGHTLY = Selection(
    changed_since=NOW - timedelta(days=60),
    dated_from=TODAY - timedelta(days=45),
    dated_until=TODAY,
    moves_watermark=True,
)


@dataclass(slots=True)
class NotedClock:
    """A clock that stands still and notes how long it was asked to wait."""

    slept_s: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW

    def boot_s(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)


@dataclass(slots=True)
class Bench:
    """One emulator and the way to it; settings of a hook's connection are arguments."""

    emulator: QubzEmulator
    server: EmulatorServer
    monkeypatch: pytest.MonkeyPatch
    clock: NotedClock = field(default_factory=NotedClock)

    def hook(self, *, password: str = PASSWORD, **extra: object) -> QubzHook:
        connection = {
            "conn_type": "finance_qubz",
            "host": self.server.url,
            "login": "finance",
            "password": password,
            "extra": {"source_id": "qubz", "environment": "test", **extra},
        }
        self.monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", json.dumps(connection))
        return QubzHook(transport=Transport(session=open_session(), clock=self.clock))

    def queries(self, path: str) -> list[str]:
        """List the queries that were put to one path."""
        calls: Iterable[dict[str, Any]] = self.emulator.calls.since(None)
        return [str(call["query"]) for call in calls if str(call["path"]).endswith(path)]


def parsed(hook: QubzHook, organisation: str = "100", selection: Selection = NIGHTLY) -> list[ParsedDocument]:
    """Read and parse everything of one organisation."""
    masters = hook.read_masters(organisation)
    return [hook.parse(received, masters) for received in hook.read_documents(organisation, selection)]


def outcomes(hook: QubzHook, organisation: str = "100") -> dict[str, tuple[str, ...]]:
    """Say of every document whether it is taken up, what is wrong with it, and what would reach the books."""
    masters = hook.read_masters(organisation)
    return {
        f"{one.resource} {one.key.source_document_id}": (
            "taken up" if one.take_up else "left",
            *reason_codes(one, masters),
            "" if one.document is None else content_digest(one.document),
        )
        for one in parsed(hook, organisation)
    }


def reason_codes(one: ParsedDocument, masters: Masters) -> list[str]:
    """Name every reason of one document."""
    checked = () if one.document is None else check_document(one.document, masters).reasons
    return [reason.code.value for reason in (*one.reasons, *checked)]


def good_documents(hook: QubzHook, organisation: str) -> dict[str, Document]:
    """Return the documents nothing is wrong with, by number."""
    masters = hook.read_masters(organisation)
    return {
        one.name: one.document
        for one in parsed(hook, organisation)
        if one.document is not None and one.take_up and not reason_codes(one, masters)
    }
