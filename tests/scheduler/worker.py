"""Bring what is pending into the books of a server, as the load task of one worker process does.

    python -m tests.scheduler.worker STORE_URL BOOKS_URL [freeze] [backfill] [other]

With `freeze` the process stops itself once, between the claim of an entry and the sending of it; with
`backfill` it gives way to others; with `other` it belongs to another row with the same books.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import requests

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Booked, Outcome, Totals, Unknown
from finance_hooks.model.plain import entry_from_plain, entry_to_plain
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import store_engine
from finance_hooks.store.held_lease import hold
from finance_hooks.store.leases import LeaseRefused, LeaseWish
from finance_hooks.targets.base import TargetSettings
from finance_hooks.transport.answer import Answer, NeverSent, Sending
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.posting.books import SETTINGS, Books, SteppedClock
from tests.integration.posting.night import ADMINISTRATION

OTHER_ROW = replace(ADMINISTRATION, sync_id="books_nl_other", organisation="101")

REQUEST_TIMEOUT_S = 1
LEASE_S = 3
SETTLE_S = 2
ASK_AGAIN_S = 0.3


@dataclass(slots=True)
class RemoteBooks:
    """The books behind an address: entries are posted one by one and read back all at once."""

    url: str
    transport: Transport
    settings: TargetSettings = field(
        default_factory=lambda: replace(SETTINGS, settle_s=SETTLE_S, request_timeout_s=REQUEST_TIMEOUT_S)
    )

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        return True, f"books of {administration}"

    def read_chart(self, administration: str) -> Chart:
        return Books(clock=SteppedClock()).read_chart(administration)

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        sending = self._send(requests.Request("GET", self.url), changes_books=False)
        if not isinstance(sending, Answer):
            raise TemporaryFailure(sending.why, retry_after_s=1)
        local = Books(clock=SteppedClock())
        for plain in json.loads(sending.body):
            local.book(entry_from_plain(plain))
        return local.read_entries(administration, journals, periods)

    def batch_size(self, _pending: int, /) -> int:
        return self.settings.batch_size

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        return [self._post(entry) for entry in entries]

    def _post(self, entry: Entry) -> Outcome:
        body = json.dumps(entry_to_plain(entry)).encode()
        sending = self._send(requests.Request("POST", self.url, data=body), changes_books=True)
        if isinstance(sending, NeverSent):
            raise TemporaryFailure(sending.why, retry_after_s=1)
        if not isinstance(sending, Answer):
            return Unknown(reference=entry.reference, why=sending.why)
        number = sending.body.decode()
        return Booked(reference=entry.reference, id=number, number=number, totals=Totals(gross=entry.gross))

    def _send(self, request: requests.Request, *, changes_books: bool) -> Sending:
        return self.transport.send(request, changes_books=changes_books, timeout_s=REQUEST_TIMEOUT_S)


class Freezing:
    """A checkpoint that stops its own process the first time an entry has been claimed."""

    def __init__(self, *, armed: bool) -> None:
        self._armed = armed

    def __call__(self, moment: str) -> None:
        if self._armed and moment == "claimed":
            self._armed = False
            os.kill(os.getpid(), signal.SIGSTOP)


def main(store_url: str, books_url: str, wanted: Collection[str]) -> None:
    """Load until nothing is left to do."""
    clock = SystemClock()
    owner = f"worker {os.getpid()}"
    work = Work(
        administration=OTHER_ROW if "other" in wanted else ADMINISTRATION,
        engine=store_engine(store_url),
        run_id=owner,
        clock=clock,
        checkpoint=Freezing(armed="freeze" in wanted),
    )
    wish = LeaseWish(
        name="books:test/1",
        owner=owner,
        ttl=timedelta(seconds=LEASE_S),
        is_backfill="backfill" in wanted,
    )
    while has_work(work):
        held = hold(work.engine, wish, boot_s=clock.boot_s)
        if isinstance(held, LeaseRefused):
            time.sleep(ASK_AGAIN_S)
            continue
        try:
            with held as lease:
                transport = Transport(session=open_session(), clock=clock, deadline=lease)
                load(work, RemoteBooks(books_url, transport), lease)
        except TemporaryFailure as failure:
            sys.stdout.write(f"{failure}\n")
            time.sleep(min(failure.retry_after_s, SETTLE_S))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
