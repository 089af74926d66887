"""Judge a simulation by what the vendor and the store's rows say; nothing of the product is asked."""

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from cryptography.fernet import Fernet

from adversary.tokens_hazards import Hazards
from adversary.tokens_rules import Rule
from adversary.tokens_timeline import Timeline
from adversary.tokens_vendors import Vendor

REMEDY = "python -m finance_hooks.cli authorise"
GIVEN_FOR_S = 30
UNHARMED_S = 1800
UNNOTICED_S = 3 * 3600
"""A grant that is gone is noticed when the last access token has ended, unless vendor or store are away."""


@dataclass(slots=True, kw_only=True)
class Row:
    """What stands in the store: the refresh token in clear, and since when a person is waited for."""

    refresh_token: str
    waits_since: datetime | None


@dataclass(slots=True, kw_only=True)
class Asking:
    """One worker that asks for a token: what stood in the store then, and what it was given meanwhile."""

    refresh_token: str
    in_hand: str = ""
    consents: bool = False


@dataclass(slots=True, kw_only=True)
class Judge(logging.Handler):
    """Collect what happens, and every broken rule as a sentence."""

    timeline: Timeline
    vendor: Vendor
    hazards: Hazards
    store: sa.Engine
    key: str
    broken: Counter[Rule] = field(default_factory=Counter)
    first_broken: dict[Rule, datetime] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: list[str] = field(default_factory=list)
    given_at_s: dict[str, float] = field(default_factory=dict)
    last_given_s: float = 0
    known: set[str] = field(default_factory=set)
    consented: set[str] = field(default_factory=set)
    alerted: list[str] = field(default_factory=list)
    gone_since_s: float | None = None
    good_since_s: float | None = None

    def __post_init__(self) -> None:
        """Listen to errors only: they are what wakes a person."""
        logging.Handler.__init__(self, level=logging.ERROR)

    def __hash__(self) -> int:
        """Be told apart from other handlers."""
        return id(self)

    def row(self) -> Row:
        """Read the store past everything that keeps workers from it."""
        with self.store.begin() as connection:
            found = connection.execute(sa.text("SELECT refresh_token, needs_consent_since FROM token")).one()
        token = Fernet(self.key).decrypt(found.refresh_token.encode()).decode()
        if token in self.consented - self.known:
            # What an earlier consent gave is nobody's any more.
            self.known.clear()
        self.known.add(token)
        return Row(refresh_token=token, waits_since=found.needs_consent_since)

    def begins_to_ask(self) -> Asking:
        """Remember what stands in the store when a worker begins to ask."""
        return Asking(refresh_token=self.row().refresh_token)

    def delivered(self, asking: Asking, status: int, body: bytes) -> None:
        """Remember which refresh token a worker has in hand."""
        if status == 200:
            asking.in_hand = str(json.loads(body)["refresh_token"])
        if status == 200 and asking.consents:
            self.consented.add(asking.in_hand)

    def handed_out(self, token: str) -> None:
        """Note that a worker was given an access token."""
        self.counts["tokens handed out"] += 1
        self.given_at_s[token] = self.last_given_s = self.timeline.passed_s()

    def has_asked(self, asking: Asking) -> None:
        """Judge, when a living worker has done with asking, that what it had in hand is saved."""
        if asking.in_hand and self.vendor.accepts(asking.in_hand):
            stored = self.row().refresh_token
            if stored != asking.in_hand and not self.vendor.accepts(stored):
                self.break_(Rule.NOT_SAVED)

    def told_to_act(self, asking: Asking, message: str) -> None:
        """Judge that a worker is sent to a person only when nothing else helps."""
        self.counts["workers told that a person must act"] += 1
        if REMEDY not in message:
            self.break_(Rule.NO_REMEDY)
        row = self.row()
        if row.refresh_token == asking.refresh_token and self.could_be_saved():
            self.break_(Rule.CALLED_GONE)

    def refused(self, token: str, asked_at_s: float) -> None:
        """Judge a token that the vendor answered 401 to."""
        self.counts["tokens the vendor refused"] += 1
        late = self.timeline.passed_s() - asked_at_s > GIVEN_FOR_S
        if token not in self.vendor.ended and not late:
            self.break_(Rule.REFUSED)

    def emit(self, record: logging.LogRecord) -> None:
        """Judge an alert: its grant is really gone, and it is the only one about this refresh token."""
        row = self.row()
        if REMEDY not in record.getMessage():
            self.break_(Rule.NO_REMEDY)
        if row.waits_since is None:
            self.break_(Rule.ALERT_WITHOUT_ROW)
        if row.refresh_token in self.alerted:
            self.break_(Rule.SECOND_ALERT)
        if self.could_be_saved():
            self.break_(Rule.CALLED_GONE)
        self.alerted.append(row.refresh_token)

    def could_be_saved(self) -> bool:
        """Say whether the vendor would take any refresh token that ever stood in the store."""
        return any(self.vendor.accepts(token) for token in self.known)

    def look(self) -> None:
        """Judge, every few minutes, that a good grant gives tokens and that a dead one is noticed."""
        at_s, row = self.timeline.passed_s(), self.row()
        if self.could_be_saved():
            self.gone_since_s = None
            self.good_since_s = at_s if self.good_since_s is None else self.good_since_s
            quiet_since_s = max(self.hazards.last_harm_s, self.last_given_s, self.good_since_s)
            if at_s - quiet_since_s > UNHARMED_S and row.waits_since is None:
                self.break_(Rule.IDLE)
            return
        self.good_since_s = None
        self.gone_since_s = at_s if self.gone_since_s is None else self.gone_since_s
        if row.waits_since is not None and row.refresh_token not in self.alerted:
            self.break_(Rule.ROW_WITHOUT_ALERT)
        if at_s - self.gone_since_s > UNNOTICED_S and row.waits_since is None:
            self.break_(Rule.UNNOTICED)

    def conclude(self) -> None:
        """Judge the vendor's own list of token calls."""
        calls = [
            call for call in self.vendor.emulator.calls.since(None) if call["path"] == self.vendor.token_path
        ]
        if len(calls) != len(self.kinds):
            self.break_(Rule.UNCOUNTED)
        last: datetime | None = None
        per_day: Counter[str] = Counter()
        refreshed = 0
        for kind, call in zip(self.kinds, calls, strict=False):
            at = datetime.fromisoformat(str(call["at"]))
            minimum_age = timedelta(seconds=self.vendor.minimum_age_s)
            if kind == "refresh_token" and last is not None and at - last < minimum_age:
                self.break_(Rule.TOO_EARLY)
            if call["status"] == 200:
                last = at
                per_day[f"{at:%Y-%m-%d}"] += 1
                refreshed += kind == "refresh_token"
        self.counts["refreshes"] = refreshed
        self.counts["refreshes refused"] = self.kinds.count("refresh_token") - refreshed
        self.counts["consents"] = self.kinds.count("authorization_code")
        if self.vendor.calls_per_day and max(per_day.values()) > self.vendor.calls_per_day:
            self.break_(Rule.TOO_MANY_A_DAY)
        lives = self.timeline.passed_s() / (self.vendor.life_s - GIVEN_FOR_S)
        if refreshed > lives + self.hazards.harm:
            self.break_(Rule.NEEDLESS)

    def break_(self, rule: Rule) -> None:
        """Note a broken rule."""
        self.broken[rule] += 1
        self.first_broken.setdefault(rule, self.timeline.now())
