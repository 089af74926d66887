"""Deliver a batch as a file: claim under the lease, announce it in a manifest, write it, note it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.park_reason import Reason
from finance_hooks.posting.export_shelf import MANIFEST, write_manifest
from finance_hooks.posting.file_road import FileRoad
from finance_hooks.posting.loading import Loading
from finance_hooks.posting.sending import claim_batch, give_back
from finance_hooks.posting.unwritable import UNFORESEEN, why_unwritable
from finance_hooks.store import posting_moves
from finance_hooks.store.export_files import FilePlace, add_file
from finance_hooks.store.outbox import OpenPosting

UNUSUAL = re.compile(r"[^A-Za-z0-9]+")


def batches_of(road: FileRoad, postings: Sequence[OpenPosting]) -> Iterator[list[OpenPosting]]:
    """Put together what goes into one file: entries of one journal and year, no more than the package takes.

    A package may import into the administration of a year, which the bookkeeper opens; a file chooses none.
    """

    def place_of(posting: OpenPosting) -> tuple[str, int]:
        return posting.entry.journal, posting.entry.fiscal_year

    for _place, group in groupby(sorted(postings, key=place_of), key=place_of):
        batch = list(group)
        for place in range(0, len(batch), road.file_format.entries_max):
            yield batch[place : place + road.file_format.entries_max]


def deliver_batch(loading: Loading, road: FileRoad, postings: Sequence[OpenPosting]) -> None:
    """Write entries of one journal to one file.

    The manifest is there before the file is, and whoever finds a claim without a manifest makes it void: so
    an entry that was given back can never turn up in the file it was claimed for. An exception before the
    manifest gives the claim back; any other death leaves the postings `sending`, and the next holder of the
    lease looks into the folder.
    """
    work = loading.work
    fit = _writable(loading, road, [one for one in postings if not _park_unfit(loading, road, one)])
    if not fit:
        return
    with work.engine.begin() as connection:
        stamp = work.stamp(connection)
        name = _name(road, loading, fit[0].entry.journal, f"{stamp.at:%Y%m%d%H%M%S}")
        place = add_file(connection, work.administration.sync_id, road.location, name, stamp)
    claimed = claim_batch(loading, fit, file_id=place.file_id)
    if not claimed:
        return
    work.checkpoint("claimed")
    entries = [posting.entry for posting in claimed]
    try:
        content = road.file_format.write(entries, road.export.layout, road.chart)
        manifest = write_manifest(place.name, content, entries, run_id=work.run_id, at=stamp.at)
        is_first = road.shelf.create(place.name + MANIFEST, manifest)
    except Exception as error:
        _look_back(loading, road, place, claimed, str(error))
        raise
    if not is_first:
        raise TemporaryFailure(
            f"{place.name} was made void meanwhile; nothing was delivered.", retry_after_s=1
        )
    work.checkpoint("announced")
    road.shelf.put(place.name, content)
    work.checkpoint("delivered")
    with work.engine.begin() as connection:
        for posting in claimed:
            posting_moves.to_delivered(
                connection,
                posting.posting_id,
                place.name,
                work.stamp(connection),
                generation=loading.lease.generation,
            )
            loading.happened["delivered"] += 1


def _look_back(
    loading: Loading, road: FileRoad, place: FilePlace, claimed: Sequence[OpenPosting], why: str
) -> None:
    """Give a claim back when its manifest surely is not there; else leave it to the next look."""
    if road.shelf.read(place.name + MANIFEST) is None:
        give_back(loading, claimed, why)


def _writable(loading: Loading, road: FileRoad, postings: Sequence[OpenPosting]) -> Sequence[OpenPosting]:
    """Park what the format fails over, before anything is claimed; with nothing of it all is as it was."""
    try:
        road.file_format.write([one.entry for one in postings], road.export.layout, road.chart)
    except UNFORESEEN:
        return [one for one in postings if not _park(loading, one, _why_unwritable(road, one.entry))]
    return postings


def _park_unfit(loading: Loading, road: FileRoad, posting: OpenPosting) -> bool:
    try:
        reasons = tuple(road.file_format.why_unfit(posting.entry, road.export.layout, road.chart))
    except UNFORESEEN:
        reasons = _why_unwritable(road, posting.entry)
    return _park(loading, posting, reasons)


def _why_unwritable(road: FileRoad, entry: Entry) -> tuple[Reason, ...]:
    def write(one: Entry) -> None:
        road.file_format.why_unfit(one, road.export.layout, road.chart)
        road.file_format.write([one], road.export.layout, road.chart)

    reason = why_unwritable(entry, write)
    return () if reason is None else (reason,)


def _park(loading: Loading, posting: OpenPosting, reasons: tuple[Reason, ...]) -> bool:
    if not reasons:
        return False
    work = loading.work
    with work.engine.begin() as connection:
        loading.lease.assert_held(connection)
        posting_moves.to_parked(connection, posting.posting_id, reasons, work.stamp(connection))
    loading.happened["parked"] += 1
    return True


def _name(road: FileRoad, loading: Loading, journal: str, moment: str) -> str:
    """Name a file; after a backup was restored its number may come again, its moment does not."""
    books = UNUSUAL.sub("-", loading.work.administration.target_administration)
    suffix = road.file_format.suffix(road.export.layout)
    return f"{road.file_format.prefix}_{books}_{UNUSUAL.sub('-', journal)}_{moment}_{{file_id}}.{suffix}"
