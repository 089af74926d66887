"""Agree what every bookkeeping package offers the rest of the project."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from finance_hooks.model.attachment import (
    Attached,
    AttachmentFile,
    AttachmentLimits,
    Booking,
    Held,
    NotTaken,
)
from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.outcome import Later, Outcome, Unknown
from finance_hooks.model.party import PartyOutcome, PartyWrite, Role, TargetParty
from finance_hooks.model.party_field import NO_OWNERSHIP, PartyOwnership
from finance_hooks.transport.connection_parts import ConnectionParts

if TYPE_CHECKING:
    from finance_hooks.targets.file_format import FileFormat
    from finance_hooks.targets.foresight import Foresight
    from finance_hooks.transport.oauth import OAuthClient


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSettings:
    """What is fixed about a package: names, limits, and how long it may still be working on a lost request.

    Lengths are characters, times seconds. `batch_size` entries go into one request unless the hook
    knows better; `lines_max` per entry.
    `takes_long_purchase_numbers` says that a supplier's number may be longer than `number_length`.
    """

    slug: str
    label: str
    countries: tuple[str, ...]
    batch_size: int
    lines_max: int
    settle_s: int
    request_timeout_s: int
    description_length: int
    number_length: int
    takes_long_purchase_numbers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Declare one package: everything the rest of the project may know of it without naming it.

    `labels` are the package's own words for ours, as its users see them. `connection_type` has the shape of
    Airflow's provider schema. `lineage_fields` says for each of the package's own fields that are sent which
    fields of the entry it is made of, lines written with a dot (`lines.amount`). `consent` is the dotted path
    of a function from ConnectionParts to the OAuthClient whose user consents, empty where nobody has to.
    `foresight` is that of a function from the package's hook and an administration to its Foresight.
    `parties` is the dotted path of a function from the hook to its PartyDesk, empty where relations are left
    to people; `party_ownership` says whose their fields are.
    `attachments` is the dotted path of a function from the package's hook to its AttachmentDesk, or to `None`
    where the connection wants no files; empty where the package takes none.
    `file_format` is the dotted path of a function that makes the FileFormat of what the package imports.
    """

    settings: TargetSettings
    labels: Mapping[str, str]
    connection_type: Mapping[str, object]
    lineage_fields: Mapping[EntryKind, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    consent: str = ""
    foresight: str = ""
    parties: str = ""
    party_ownership: PartyOwnership = NO_OWNERSHIP
    attachments: str = ""
    file_format: str = ""

    def make_hook(self, conn_id: str, **parts: Any) -> "TargetHook":  # noqa: ANN401 - handed on as they come
        """Make the hook of a connection; `parts` are ConnectedHook's keyword arguments."""
        hook: TargetHook = _load(str(self.connection_type["hook-class-name"]))(conn_id, **parts)
        return hook

    def oauth_client(self, parts: ConnectionParts) -> "OAuthClient | None":
        """Say which app and whose consent a connection works with, `None` where it needs none."""
        return _load(self.consent)(parts) if self.consent else None

    def foresee(self, hook: "TargetHook", administration: str) -> "Foresight":
        """Say what the package can say of a run before it happens."""
        foresight: Foresight = _load(self.foresight)(hook, administration)
        return foresight

    def party_desk(self, hook: "TargetHook") -> "PartyDesk":
        """Make the desk at which debtors and creditors are read and written."""
        desk: PartyDesk = _load(self.parties)(hook)
        return desk

    def attachment_desk(self, hook: "TargetHook") -> "AttachmentDesk | None":
        """Return who attaches files to bookings, `None` where nobody does or the connection wants none."""
        desk: AttachmentDesk | None = _load(self.attachments)(hook) if self.attachments else None
        return desk

    def make_file_format(self) -> "FileFormat":
        """Return how entries become a file that the package imports."""
        file_format: FileFormat = _load(self.file_format)()
        return file_format


def _load(path: str) -> Callable[..., Any]:
    # Airflow reads the targets in every process to list connection types; hooks bring requests along.
    module, _, name = path.rpartition(".")
    loaded: Callable[..., Any] = getattr(import_module(module), name)
    return loaded


class Cache(Protocol):
    """Keep what was read from a package across runs; content is text the package itself wrote."""

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        """Return what was written under this name and key, unless there is nothing or it is older."""
        ...

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content in place of what was there."""
        ...


class TargetHook(Protocol):
    """Bring entries into one administration of one package and read them back.

    Held under the lease of the books by whoever calls `read_entries` and `post_entries`.
    """

    settings: TargetSettings

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say whether the connection works (for this administration), what was found, or what to do."""
        ...

    def read_chart(self, administration: str) -> Chart:
        """Read the codes the administration knows; raises TemporaryFailure when any part cannot be read."""
        ...

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        """Read all bookings of these journals and periods in bulk; a failed read raises."""
        ...

    def batch_size(self, pending: int, /) -> int:
        """Say how many entries are handed over at once in a load that so many wait for."""
        ...

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Send entries; exactly one outcome per entry, in order.

        An exception ends a batch only before anything of it was sent.
        """
        ...


class AttachmentDesk(Protocol):
    """Attach files to bookings, which are never changed for it.

    Held under the lease of the books by whoever calls it.
    """

    @property
    def limits(self) -> AttachmentLimits:
        """What the package takes."""
        ...

    def find(self, administration: str, bookings: Sequence[Booking]) -> Mapping[str, Held]:
        """Look up what the package holds of ours for these bookings, by reference; a failed read raises."""
        ...

    def attach(
        self, booking: Booking, file: AttachmentFile, held: Held | None
    ) -> Attached | NotTaken | Later | Unknown:
        """Attach one file, going on from what is held already.

        Raises ConfigurationError or TemporaryFailure only when nothing was attached.
        """
        ...


class PartyDesk(Protocol):
    """Read and write debtors and creditors of a package; held under the lease of the books as the hook is."""

    def read_parties(self, administration: str) -> Iterator[TargetParty]:
        """Read all relations in bulk; a failed read raises."""
        ...

    def why_unfit(self, administration: str, role: Role, code: str) -> str | None:
        """Say why the package's numbering takes no such code, `None` when it does."""
        ...

    def why_no_side(self, administration: str, relation: TargetParty, role: Role) -> str | None:
        """Say why a relation cannot be given this side, `None` when it can."""
        ...

    def write_party(self, administration: str, write: PartyWrite) -> PartyOutcome:
        """Make or change one relation; an exception means that nothing was sent."""
        ...
