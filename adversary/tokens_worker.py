"""What lives in a simulation of tokens: workers that need them, and the person who consents."""

from collections.abc import Callable
from dataclasses import dataclass, field

import requests
import sqlalchemy as sa

from adversary.tokens_judge import Asking, Judge
from adversary.tokens_network import Network
from adversary.tokens_someone import KilledError, Someone
from adversary.tokens_store import ReachedStore
from emulators.in_process import InProcessAdapter
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.tokens import TokenStore
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.guard import Guard
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session

WORKS_EVERY_S = (60.0, 1200.0)
TRIES_AGAIN_AFTER_S = 30.0
ACTS_AFTER_S = (300.0, 3600.0)
LOOKS_EVERY_S = 60.0
READ_TIMEOUT_S = 20


@dataclass(slots=True, kw_only=True)
class Worker:
    """A process that needs a token over and over; `last_given_s` says when it was last given one."""

    name: str
    someone: Someone
    judge: Judge
    keys: tuple[str, ...]
    last_given_s: float = 0
    _asking: Asking = field(default_factory=lambda: Asking(refresh_token=""))

    def live(self) -> None:
        """Work, die, and be started anew, for ever."""
        while True:
            with open_session() as session:
                try:
                    self._work(session)
                except KilledError:
                    self.someone.rise()
            self.someone.sleep(self.someone.hazards.random.uniform(5, 120))

    def consent(self) -> None:
        """Open the page of consent as a browser does, and hand in the code."""
        vendor = self.judge.vendor
        self._asking = Asking(refresh_token="", consents=True)
        address = authorisation_address(vendor.client, state="state of the simulation")
        with requests.Session() as browser, open_session() as session:
            browser.mount("https://", InProcessAdapter(vendor.emulator))
            sent_back = browser.get(address, allow_redirects=False, timeout=5).headers["Location"]
            code = read_callback(vendor.client, sent_back, "state of the simulation")
            transport = self._transport(session)
            self._grants().exchange_code(vendor.client, transport, code, "state of the simulation")

    def _work(self, session: requests.Session) -> None:
        chance = self.someone.hazards.random
        transport, grants = self._transport(session), self._grants()
        while True:
            self.someone.point("asleep", chance.uniform(*WORKS_EVERY_S))
            token = self._ask(grants, transport, refused=None)
            if token is not None and not self._read(transport, token):
                self._ask(grants, transport, refused=token)

    def _ask(self, grants: Grants, transport: Transport, *, refused: str | None) -> str | None:
        self._asking = self.judge.begins_to_ask()
        token, pause_s = None, 0.0
        try:
            token = grants.access_token(self.judge.vendor.client, transport, refused=refused)
        except ConfigurationError as error:
            self.judge.told_to_act(self._asking, str(error))
        except TemporaryFailure as failure:
            pause_s = failure.retry_after_s
        except sa.exc.OperationalError:
            pause_s = TRIES_AGAIN_AFTER_S
        self.judge.has_asked(self._asking)
        if token is not None:
            self.judge.handed_out(token)
            self.last_given_s = self.someone.boot_s()
        self.someone.point("asleep", pause_s)
        return token

    def _read(self, transport: Transport, token: str) -> bool:
        """Make one call with a token; false when the vendor refuses the token."""
        asked_at_s = self.someone.boot_s()
        request = requests.Request(
            "GET",
            self.judge.vendor.read_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        )
        answer = transport.send(request, changes_books=False, timeout_s=READ_TIMEOUT_S)
        self.judge.counts["calls"] += 1
        if not isinstance(answer, Answer) or answer.status != 401:
            return True
        self.judge.refused(token, asked_at_s)
        return False

    def _transport(self, session: requests.Session) -> Transport:
        network = Network(
            self.judge.vendor,
            self.someone,
            sent=self.judge.kinds.append,
            delivered=lambda status, body: self.judge.delivered(self._asking, status, body),
        )
        session.mount("https://", network)
        return Transport(session=session, clock=self.someone, guard=Guard(production_hosts=()))

    def _grants(self) -> Grants:
        engine = ReachedStore(self.judge.store, self.someone, self.someone.hazards)
        tokens = TokenStore(engine, self.keys, lambda _connection: self.someone.now())
        return Grants(tokens=tokens, owner=self.name, checkpoint=self.someone.point)


def consent_when_alerted(worker: Worker) -> None:
    """Live as the person who is alerted: act after a while, until it works."""
    handled = 0
    while True:
        worker.someone.sleep(LOOKS_EVERY_S)
        alerts = len(worker.judge.alerted)
        if alerts == handled:
            continue
        worker.someone.sleep(worker.someone.hazards.random.uniform(*ACTS_AFTER_S))
        alerts = len(worker.judge.alerted)
        while not consented(worker.consent):
            worker.someone.sleep(LOOKS_EVERY_S)
        handled = alerts


def consented(consent: Callable[[], None]) -> bool:
    """Try to consent; false when it has to be tried again."""
    try:
        consent()
    except (TemporaryFailure, ConfigurationError, sa.exc.OperationalError):
        return False
    return True
