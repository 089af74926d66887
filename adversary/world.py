"""One administration's whole world: source, package, store, clock, and the network between them."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import requests
import sqlalchemy as sa

from adversary.interruptions import Interruptions
from adversary.machine import Machine
from adversary.script import Script
from adversary.wire import SimulatedWire, Trouble
from emulators.clock import EmulatorClock
from emulators.emulator import Emulator
from emulators.in_process import InProcessAdapter
from emulators.qubz.app import QubzEmulator
from emulators.registry import SYSTEMS, build
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.model.administration import ClosedPeriodPolicy, CorrectionPolicy
from finance_hooks.posting.stored_cache import RenewedCache, StoredCache
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.base import Target, TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.deadline import Deadline, NoDeadline
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from local.connections import EMULATED, emulated_connections

FIRST_NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TOKEN_KEY = "c2ltdWxhdGVkLXNpbXVsYXRlZC1zaW11bGF0ZWQhISE="  # noqa: S105 - of simulations only
SOURCE_ID = "qubz-emulated"
PORTS = {system: number for number, system in enumerate(SYSTEMS, start=1)}


@dataclass(kw_only=True, eq=False)
class World:
    """What a script happens to; `mappings` are the tables of the moment, which people may change.

    `closed` are the months that somebody closed; `undo` puts back what was changed for one night.
    """

    script: Script
    engine: sa.Engine
    machine: Machine
    emulator: Emulator
    source_emulator: QubzEmulator
    interruptions: Interruptions
    trouble: Trouble = field(default_factory=Trouble)
    mappings: Path = MAPPINGS
    backup: dict[str, str] = field(default_factory=dict)
    skew_s: float = 0.0
    closed: set[str] = field(default_factory=set)
    undo: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the first night, with the administration as its row and the script have it."""
        found = next(
            row.administration for row in read_administrations() if row.sync_id == self.script.sync_id
        )
        if found is None:
            raise ValueError(f"administrations.csv has no row {self.script.sync_id} that can be used")
        policies = self.script.policies
        self.administration = replace(
            found,
            correction_policy=CorrectionPolicy(policies.get("corrections", found.correction_policy)),
            closed_period_policy=ClosedPeriodPolicy(policies.get("closed", found.closed_period_policy)),
        )
        self.emulator.switches.move(self.script.switches)
        self.session = open_session()
        for emulator in (self.emulator, self.source_emulator):
            emulator.sleep = self.machine.sleep
            emulator.limits_scale = self.script.limits
            self.session.mount(address_of(emulator), SimulatedWire(emulator, self.machine, self.trouble))

    @property
    def target(self) -> Target:
        """The declaration of the administration's package."""
        return find_target(self.administration.target)

    def now(self, _connection: sa.Connection | None = None) -> datetime:
        """Tell the time by the store's clock."""
        return self.machine.clock.now()

    @property
    def clock(self) -> "WorkersClock":
        """The clock of the machine that tasks run on."""
        return WorkersClock(world=self)

    def transport(self, deadline: Deadline | None = None) -> Transport:
        """Open the way out."""
        return Transport(session=self.session, clock=self.clock, deadline=deadline or NoDeadline())

    def grants(self) -> Grants:
        """Return where tokens come from."""
        tokens = TokenStore(self.engine, [TOKEN_KEY], now=self.now)
        return Grants(tokens=tokens, owner="simulated", checkpoint=lambda _reached: self.machine.point())

    def source(self, deadline: Deadline | None = None) -> QubzHook:
        """Open the source."""
        return QubzHook(self.administration.source_conn_id, transport=self.transport(deadline))

    def hook(
        self, deadline: Deadline | None = None, *, reads_anew: bool = False, is_backfill: bool = False
    ) -> TargetHook:
        """Open the package as a task does."""
        kept = StoredCache(self.engine)
        return self.target.make_hook(
            self.administration.target_conn_id,
            transport=self.transport(deadline),
            grants=self.grants(),
            budget=Budget(BudgetStore(engine=self.engine, now=self.now), self.clock, is_backfill=is_backfill),
            cache=RenewedCache(kept) if reads_anew else kept,
        )

    def consent(self) -> None:
        """Let the user of the connection consent, where the package asks for that."""
        hook: Any = self.hook()
        client = getattr(hook, "oauth_client", None)
        if client is None:
            return
        browser = requests.Session()
        browser.mount(address_of(self.emulator), InProcessAdapter(self.emulator))
        answer = browser.get(authorisation_address(client, "a state"), allow_redirects=False, timeout=10)
        code = read_callback(client, answer.headers["Location"], "a state")
        self.grants().exchange_code(client, hook.transport, code, "a state")

    def needs_consent(self) -> bool:
        """Say whether a grant is gone, which a person sees by the alert."""
        with self.engine.connect() as connection:
            chosen = "SELECT count(*) FROM token WHERE needs_consent_since IS NOT NULL"
            return bool(connection.execute(sa.text(chosen)).scalar_one())

    def issue(self, night: int) -> None:
        """Let the source issue the documents of a night."""
        script, today = self.script, self.now().date()
        self.source_emulator.load(
            {
                "generate": {
                    "count": script.documents,
                    "seed": script.seed * 1000 + night,
                    "bad_share": script.bad_share,
                    "from": str(today - timedelta(days=5)),
                    "until": str(today),
                    "organisations": [self.administration.organisation],
                }
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkersClock:
    """A machine's clock: the time of day may be wrong, what it counts since it was started is right."""

    world: World

    def now(self) -> datetime:
        """Tell the time of day as this machine believes it to be."""
        return self.world.now() + timedelta(seconds=self.world.skew_s)

    def boot_s(self) -> float:
        """Return the seconds of a clock that never jumps."""
        return self.world.machine.now_s()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self.world.machine.sleep(seconds)


def address_of(emulator: Emulator) -> str:
    """Return the address under which a session finds an emulator."""
    # On this machine plain http is allowed; nobody listens there, and nobody is asked to.
    return f"http://127.0.0.1:{PORTS[emulator.key]}"


@contextmanager
def open_world(script: Script, engine: sa.Engine) -> Iterator[World]:
    """Make a world from nothing: an empty store, emulators with their seeds, connections between them."""
    clock = EmulatorClock(lambda: FIRST_NIGHT)
    machine = Machine(clock=clock, random=Random(script.seed))  # noqa: S311 - repeatable chance
    interruptions = Interruptions(machine=machine)
    system = system_of(script.sync_id)
    world = World(
        script=script,
        engine=engine,
        machine=machine,
        emulator=build(system, seed=script.seed, clock=clock),
        source_emulator=QubzEmulator(seed=1, clock=clock),
        interruptions=interruptions,
    )
    before = dict(os.environ)
    emulators = (world.emulator, world.source_emulator)
    os.environ.update(emulated_connections({each.key: address_of(each) for each in emulators}))
    interruptions.listen(engine)
    try:
        world.consent()
        yield world
    finally:
        interruptions.stop_listening(engine)
        os.environ.clear()
        os.environ.update(before)


def system_of(sync_id: str) -> str:
    """Return the emulator that stands in for the package of an administration."""
    row = next(row.administration for row in read_administrations() if row.sync_id == sync_id)
    if row is None:
        raise ValueError(f"administrations.csv has no row {sync_id} that can be used")
    fields = json.loads((EMULATED / f"{row.target_conn_id}.json").read_text(encoding="utf-8"))
    return str(fields["system"])
