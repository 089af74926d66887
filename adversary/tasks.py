"""The tasks of a night, in the order of the DAG, each as its operator does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from adversary.world import SOURCE_ID, World
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.selection import Selection
from finance_hooks.operators.resources import LEASE_BEYOND_REQUEST_S
from finance_hooks.posting import preflight
from finance_hooks.posting.attach import LONGEST_S, Attaching, attach, has_files_to_attach
from finance_hooks.posting.conclude import conclude
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.open_boxes import open_boxes
from finance_hooks.posting.prepare import Mapping, prepare
from finance_hooks.posting.receive import receive
from finance_hooks.posting.reconcile import note_nothing_to_reconcile, reconcile, reconciled
from finance_hooks.posting.relating_parts import relations_of
from finance_hooks.posting.relations import any_needed, relate
from finance_hooks.posting.relations import has_work as has_relations
from finance_hooks.posting.work import Work
from finance_hooks.posting.write_back import has_untold, write_back
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import LeaseRefused, LeaseWish
from finance_hooks.store.proof import Owned
from finance_hooks.store.runs import start_run, write_run
from finance_hooks.targets.base import TargetHook

BOOKS_LEASE, RESULTS_LEASE = "books:simulated", "results:simulated"
Done = TypeVar("Done")

WINDOW_DAYS = 45
WAIT_S = 30
ASKS = 240
"""How often a task asks for a lease that another run holds before it gives up."""
NEEDED = ("extract", "preflight", "transform", "relations", "load", "attach")
AFTERWARDS = ("reconcile", "write_back", "conclude")
"""What is done whatever happened before."""
TASKS = (*NEEDED, *AFTERWARDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One run of one administration: of a night, or a backfill of the `days` it is given."""

    world: World
    run_id: str
    days: tuple[date, date] | None = None
    row: Administration | None = None

    @property
    def is_backfill(self) -> bool:
        """Whether nightly runs come before this one."""
        return self.days is not None

    def task(self, name: str) -> Callable[[], object]:
        """Return what a task does."""

        def done() -> object:
            # A task reads the row of its administration once, when it begins.
            act: Callable[[], object] = getattr(replace(self, row=self.world.administration), f"_{name}")
            return act()

        return done

    @property
    def administration(self) -> Administration:
        """The administration as its row said when the task began."""
        return self.row or self.world.administration

    @property
    def work(self) -> Work:
        """Gather what every step needs."""
        world = self.world
        return Work(
            administration=self.administration,
            engine=world.engine,
            run_id=self.run_id,
            clock=world.clock,
            now=world.now,
            checkpoint=lambda _reached: world.machine.point(),
        )

    def _extract(self) -> object:
        world, work = self.world, self.work
        today = work.business_date()
        dated_from, dated_until = self.days or (today - timedelta(days=WINDOW_DAYS), today)
        chosen = Selection(
            changed_since=None,
            dated_from=dated_from,
            dated_until=dated_until,
            moves_watermark=not self.is_backfill,
        )
        with world.engine.begin() as connection:
            start_run(connection, world.script.sync_id, self.run_id, at=world.now())
            write_run(connection, world.script.sync_id, self.run_id, selection=chosen.to_plain())
        return receive(work, world.source(), chosen)

    def _preflight(self) -> object:
        if not preflight.has_work(self.work, SOURCE_ID):
            return {}
        tables = read_tables(self.administration, self.world.mappings)
        return self._with_books(
            lambda hook, _lease: preflight.preflight_or_later(self.work, hook, tables),
            reads_anew=not self.is_backfill,
        )

    def _transform(self) -> object:
        return prepare(self.work, self.world.source(), self._mapping())

    def _relations(self) -> object:
        if not any_needed(self.work):
            return {}
        world, mapping = self.world, self._mapping()
        relations = relations_of(mapping, world.target, self.work.business_date())
        if not has_relations(self.work, relations):
            return {}
        counts = self._with_books(
            lambda hook, lease: relate(self.work, world.target.party_desk(hook), lease, relations)
        )
        if counts.get("remapped"):
            prepare(self.work, world.source(), mapping)
        return counts

    def _load(self) -> object:
        return (
            self._with_books(lambda hook, lease: load(self.work, hook, lease)) if has_work(self.work) else {}
        )

    def _attach(self) -> object:
        world = self.world
        if world.script.policies.get("attachments") == "off":
            return {}
        if not world.target.attachments or not has_files_to_attach(
            self.work, SOURCE_ID, is_backfill=self.is_backfill
        ):
            return {}
        return self._with_books(self._attach_at)

    def _attach_at(self, hook: TargetHook, lease: HeldLease) -> object:
        world, work = self.world, self.work
        desk = world.target.attachment_desk(hook)
        if desk is None:
            return {}
        return attach(
            Attaching(
                work=work,
                owned=Owned(administration=self.administration, source_id=SOURCE_ID),
                files=world.source().files,
                desk=desk,
                lease=lease,
                settle_s=world.target.settings.settle_s,
                ends_at_s=world.clock.boot_s() + LONGEST_S,
            )
        )

    def _reconcile(self) -> object:
        work = self.work
        scope = reconciled(work, SOURCE_ID)
        if not scope:
            note_nothing_to_reconcile(work)
            return {}
        boxes = open_boxes(self.administration)
        return self._with_books(lambda hook, _lease: len(reconcile(work, hook, SOURCE_ID, scope, boxes)))

    def _write_back(self) -> object:
        if not has_untold(self.work, SOURCE_ID, is_backfill=self.is_backfill):
            return {}
        return self._hold(RESULTS_LEASE, timedelta(seconds=180), self._tell)

    def _tell(self, lease: HeldLease) -> object:
        desk = self.world.source(lease).results
        return {} if desk is None else write_back(self.work, SOURCE_ID, desk, lease)

    def _conclude(self) -> object:
        return conclude(self.work, source_id=SOURCE_ID, failed_tasks=(), books_lease=BOOKS_LEASE)

    def _mapping(self) -> Mapping:
        world = self.world
        return Mapping(
            masters=world.source().read_masters(self.administration.organisation),
            tables=read_tables(self.administration, world.mappings),
            settings=world.target.settings,
        )

    def _with_books(self, act: Callable[[TargetHook, HeldLease], Done], *, reads_anew: bool = False) -> Done:
        ttl = timedelta(seconds=self.world.target.settings.request_timeout_s + LEASE_BEYOND_REQUEST_S)
        return self._hold(
            BOOKS_LEASE, ttl, lambda lease: act(self._hook(lease, reads_anew=reads_anew), lease)
        )

    def _hook(self, lease: HeldLease, *, reads_anew: bool) -> TargetHook:
        return self.world.hook(lease, reads_anew=reads_anew, is_backfill=self.is_backfill)

    def _hold(self, name: str, ttl: timedelta, act: Callable[[HeldLease], Done]) -> Done:
        """Do something under a lease, which the machine renews while this worker lives."""
        world, wish = self.world, self._wish(name, ttl)

        def ask() -> HeldLease | LeaseRefused:
            is_gone = world.machine.gone.__contains__
            return hold(world.engine, wish, boot_s=world.clock.boot_s, now=world.now, is_gone=is_gone)

        held = ask()
        for _ in range(ASKS if isinstance(held, LeaseRefused) and world.machine.background else 0):
            # Being refused costs a task no try: it is put off, and asks again.
            world.machine.sleep(WAIT_S)
            held = ask()
            if not isinstance(held, LeaseRefused):
                break
        if isinstance(held, LeaseRefused):
            raise TemporaryFailure(held.why, retry_after_s=WAIT_S)
        worker = world.machine.current
        with held as lease:
            leases = [] if worker is None else worker.leases
            leases.append(lease)
            try:
                return act(lease)
            finally:
                leases.remove(lease)

    def _wish(self, name: str, ttl: timedelta) -> LeaseWish:
        """Ask as the product does; workers of one machine know of the books' lease which of them are dead."""
        machine = self.world.machine
        knows_the_dead = name == BOOKS_LEASE and self.world.script.policies.get("workers") == "one machine"
        holder = str(machine.current.number) if knows_the_dead and machine.current is not None else None
        return LeaseWish(
            name=name,
            owner=self.run_id,
            ttl=ttl,
            is_backfill=self.is_backfill,
            renews_itself=False,
            holder=holder,
        )
