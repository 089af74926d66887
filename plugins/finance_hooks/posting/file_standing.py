"""Tell from a folder whether entries went into a file, and see to it that what did not never will."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from finance_hooks.posting.export_shelf import (
    MANIFEST,
    VOID,
    OpenShelf,
    Shelf,
    digest_of,
    read_manifest,
)
from finance_hooks.posting.work import Work
from finance_hooks.store.export_files import FilePlace, unknown_names


class Delivery(StrEnum):
    """What a folder says of an entry and a file.

    `ABSENT`: it was not written, and never will be. `PERHAPS`: it was to be written and is not there; it may
    have been taken away, or never have come that far.
    """

    DELIVERED = "delivered"
    PERHAPS = "perhaps"
    ABSENT = "absent"


@dataclass(slots=True, kw_only=True)
class FilesRead:
    """What is known of files: those a posting names are looked up when asked, others were read before.

    `others` are files the store knows nothing of, as after a backup was restored, by reference.
    """

    open_shelf: OpenShelf
    others: dict[str, tuple[str, Delivery]] = field(default_factory=dict)
    _looked_up: dict[FilePlace, "_Found"] = field(default_factory=dict)

    def look_up(self, places: Collection[FilePlace]) -> None:
        """Look for files before a transaction asks for them."""
        for place in places:
            self._looked_up[place] = _look_up(self.open_shelf(place.location), place.name)

    def standing(self, place: FilePlace, reference: str) -> Delivery:
        """Say whether an entry went into the file that it was to be written to."""
        if place not in self._looked_up:
            self.look_up([place])
        return self._looked_up[place].standing(reference)

    def read_others(self, work: Work, location: str) -> None:
        """Read the manifests at a location that the store knows no file of."""
        shelf = self.open_shelf(location)
        with work.engine.begin() as connection:
            names = unknown_names(connection, location, shelf.manifests())
        for name in sorted(names):
            found = _look_up(shelf, name)
            self.others |= dict.fromkeys(found.references, (name, found.delivery))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What stands where a file was to be; of an unreadable manifest nobody knows what it was to hold."""

    delivery: Delivery
    references: frozenset[str] = frozenset()
    is_readable: bool = True

    def standing(self, reference: str) -> Delivery:
        if self.is_readable and reference not in self.references:
            return Delivery.ABSENT
        return self.delivery


def _look_up(shelf: Shelf, name: str) -> _Found:
    """Look for a file; without a manifest one that is void is put there, and a sender that froze stops."""
    if shelf.create(name + MANIFEST, VOID):
        return _Found(delivery=Delivery.ABSENT)
    manifest = read_manifest(shelf.read(name + MANIFEST) or b"")
    if manifest is None:
        return _Found(delivery=Delivery.PERHAPS, is_readable=False)
    content = shelf.read(name)
    is_there = content is not None and digest_of(content) == manifest.sha256
    delivery = Delivery.DELIVERED if is_there else Delivery.PERHAPS
    return _Found(delivery=delivery, references=manifest.references)
