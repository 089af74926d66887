"""Describe the file of a booked document, and what becomes of it in the package."""

from dataclasses import dataclass
from enum import StrEnum

from finance_hooks.model.entry import Entry


class AttachmentState(StrEnum):
    """How far the file of one booking is; `missing` and `refused` are offered again by later nights."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ATTACHED = "attached"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """What a package takes: bytes of a file, characters of its name, bookings asked about in one go."""

    bytes_max: int
    name_length: int
    chunk_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booked entry of ours, with the package's own id and number of it."""

    entry: Entry
    entry_id: str
    entry_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFile:
    """A file that was checked, under the name it gets in the package."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the package already holds of ours for a booking.

    `container_id` is what carries the file there, `attachment_id` the file; `None` while there is only the
    first.
    """

    container_id: str
    attachment_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The package holds the file, under this id."""

    reference: str
    attachment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """The package refused the file; the booking is untouched."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFile:
    """The source has no file for the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge:
    """The source's file is larger than was asked for; nothing of it was kept."""
