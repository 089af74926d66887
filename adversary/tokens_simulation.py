"""Let many workers share one grant for some time, and keep what there is to say about it."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from cryptography.fernet import Fernet

from adversary.tokens_hazards import Hazards, plan_hazards
from adversary.tokens_judge import Judge
from adversary.tokens_rules import Rule
from adversary.tokens_someone import Someone
from adversary.tokens_timeline import Timeline
from adversary.tokens_vendors import VENDORS, Vendor, switches_of
from adversary.tokens_worker import Worker, consent_when_alerted, consented
from finance_hooks.transport.oauth import OAuthEndpoints

WORKERS = 50
HOUR_S = 3600
CALM_S = 2 * HOUR_S
LOOKS_EVERY_S = 300
GRANTS_LOG = logging.getLogger("finance_hooks.transport.grants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one simulation: how often which rule was broken, and when first.

    `secrets` are all tokens that were handed out or stood in the store, and the app's own secret.
    """

    vendor: str
    seed: int
    switches: str
    broken: Counter[Rule]
    first_broken: Mapping[Rule, datetime]
    counts: Counter[str]
    harms: Counter[str]
    secrets: frozenset[str]
    took_s: float


def simulate(
    store: sa.Engine,
    package: str,
    *,
    seed: int,
    stormy_s: float,
    workers: int = WORKERS,
    severity: float = 1.0,
    declare: Callable[[OAuthEndpoints], OAuthEndpoints] = lambda endpoints: endpoints,
) -> Outcome:
    """Let workers share one grant through a storm and the calm behind it; the store is a fresh one.

    `declare` changes what the product believes of its vendor.
    """
    began_s = time.perf_counter()
    timeline = Timeline(seed=f"{package} {seed}")
    vendor = VENDORS[package](timeline)
    vendor.client = replace(vendor.client, endpoints=declare(vendor.client.endpoints))
    hazards = plan_hazards(timeline.random, stormy_s=stormy_s, severity=severity)
    # A key is made by chance of its own: it changes nothing that happens.
    key = Fernet.generate_key().decode()
    judge = Judge(timeline=timeline, vendor=vendor, hazards=hazards, store=store, key=key)
    everybody = [_worker(f"worker {number}", judge, hazards) for number in range(workers)]
    person = Worker(
        name="person",
        someone=Someone(timeline=timeline, hazards=hazards, mortal=False),
        judge=judge,
        keys=(key,),
    )
    while not consented(person.consent):
        timeline.sleep(60)
    GRANTS_LOG.addHandler(judge)
    try:
        for worker in everybody:
            timeline.start(worker.live)
        timeline.start(lambda: consent_when_alerted(person))
        timeline.start(lambda: _withdraw(vendor, hazards, timeline))
        while timeline.passed_s() < stormy_s + CALM_S:
            timeline.sleep(LOOKS_EVERY_S)
            judge.look()
    finally:
        timeline.end()
        GRANTS_LOG.removeHandler(judge)
    judge.conclude()
    for worker in everybody:
        if worker.last_given_s < timeline.passed_s() - HOUR_S:
            judge.break_(Rule.STARVED)
    judge.counts["alerts"] = len(judge.alerted)
    return Outcome(
        vendor=vendor.name,
        seed=seed,
        switches=switches_of(vendor),
        broken=judge.broken,
        first_broken=judge.first_broken,
        counts=judge.counts,
        harms=hazards.counts,
        secrets=frozenset(judge.given_at_s) | judge.known | {vendor.client.client_secret},
        took_s=time.perf_counter() - began_s,
    )


def _worker(name: str, judge: Judge, hazards: Hazards) -> Worker:
    someone = Someone(timeline=judge.timeline, hazards=hazards)
    return Worker(name=name, someone=someone, judge=judge, keys=(judge.key,))


def _withdraw(vendor: Vendor, hazards: Hazards, timeline: Timeline) -> None:
    for at_s in hazards.withdrawals:
        timeline.sleep(max(at_s - timeline.passed_s(), 0))
        vendor.withdraw()
        hazards.count("consents withdrawn behind our back", timeline.passed_s())
    timeline.sleep(float("inf"))
