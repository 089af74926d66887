"""Settle one open posting by what the books say, before anything of it is sent."""

from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.file_standing import Delivery
from finance_hooks.posting.loading import Loading
from finance_hooks.posting.match import Absent, Adopted, BooksRead, Known, Own, Perhaps, name_booking
from finance_hooks.posting.placing import take_over_place
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.store import posting_moves
from finance_hooks.store.booked_places import is_taken
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.following import Undone
from finance_hooks.store.outbox import OpenPosting, Reversed


def settle(connection: Connection, loading: Loading, posting: OpenPosting, undone: Undone) -> bool:
    """Book, park or leave a posting as the books demand; returns whether it may be sent now.

    `undone` are the bookings of ours that come to nothing together.
    """
    known = Known(
        undone=undone,
        is_booking=posting.is_booking,
        told_apart=posting.told_apart,
        plain_number=posting.plain_number,
    )
    match loading.books.match(posting.entry, known):
        case Own(booked=booked):
            take_over_place(connection, loading, posting, booked[0])
            _book(connection, loading, posting, booked[0], adopted=False)
            _name_doubles(connection, loading, posting, booked[1:])
        case Adopted(booked=found) if not is_taken(connection, loading.work.administration.books, found):
            _book(connection, loading, posting, found, adopted=True)
        case _ if posting.state is PostingState.DELIVERED:
            # It is not sent again; only a booking that is certainly it says that it arrived.
            return False
        case Adopted(booked=found):
            _park(connection, loading, posting, (found,))
        case Perhaps(booked=booked):
            _park(connection, loading, posting, booked)
        case Absent():
            return _nothing_like_it(connection, loading, posting)
    return False


def stands(books: BooksRead, booked: Reversed) -> bool:
    """Say whether what a reversal would take back was found in the books; its place was read."""
    return bool(books.with_reference(booked.reference) or books.with_id(booked.entry_id))


def perhaps_delivered(entry: Entry, file: str) -> Reason:
    """Say that a file was to be written that is not there: it may have been imported, or never written."""
    return Reason(code=ReasonCode.FILE_MISSING, document=entry.number, field="file", value=file)


def missing_reason(entry: Entry, missing: Reversed) -> Reason:
    """Say what a reversal would take back that is not in the books."""
    return Reason(
        code=ReasonCode.REVERSED_MISSING,
        document=entry.number,
        field="booking",
        value=f"{entry.journal} {missing.entry_number or missing.reference}",
    )


def _missing(loading: Loading, posting: OpenPosting) -> Reversed | None:
    reverses = posting.reverses
    if reverses is None or posting.state is not PostingState.PENDING or stands(loading.books, reverses):
        return None
    return reverses


def perhaps_reasons(entry: Entry, booked: tuple[BookedEntry, ...]) -> tuple[Reason, ...]:
    """Name the bookings that agree with an entry in some of number, party, date and amount only."""
    return tuple(
        Reason(
            code=ReasonCode.PERHAPS_BOOKED,
            document=entry.number,
            field="booking",
            value=name_booking(found),
            detail=(
                f"{found.number or '-'}, {found.party or '-'}, {found.entry_date}, "
                f"{found.gross} {found.currency}"
            ),
        )
        for found in booked
    )


def _back_again(loading: Loading, posting: OpenPosting) -> tuple[BookedEntry, ...]:
    """Find a booking again that was said to have gone, and whose place this posting takes."""
    if posting.state is not PostingState.PENDING or posting.gone_reference is None:
        return ()
    books = loading.books
    return books.with_reference(posting.gone_reference) or books.with_id(posting.gone_entry_id)


def _nothing_like_it(connection: Connection, loading: Loading, posting: OpenPosting) -> bool:
    if back := _back_again(loading, posting):
        _park(connection, loading, posting, back)
    elif missing := _missing(loading, posting):
        _park_reversal(connection, loading, posting, missing)
    else:
        return _absent(connection, loading, posting)
    return False


def _absent(connection: Connection, loading: Loading, posting: OpenPosting) -> bool:
    """Decide on what the books do not hold: by its file, or when nobody can be working on it any more."""
    file, delivery = _in_files(loading, posting)
    if delivery is Delivery.ABSENT and posting.state is PostingState.PENDING:
        return True
    stamp = loading.work.stamp(connection)
    if delivery is Delivery.DELIVERED:
        posting_moves.to_delivered(connection, posting.posting_id, file, stamp)
        loading.happened["found_in_file"] += 1
        return False
    if delivery is Delivery.PERHAPS:
        reasons = (perhaps_delivered(posting.entry, file),)
        posting_moves.to_parked(connection, posting.posting_id, reasons, stamp)
        loading.happened["parked"] += 1
        return False
    if posting.file is not None:
        loading.happened["absent"] += 1
        return posting_moves.to_pending(connection, posting.posting_id, f"not written to {file}", stamp)
    settled_at = settles_at(posting.sent_until, loading.hook.settings.settle_s)
    if settled_at is None or loading.read_at < settled_at:
        loading.happened["unknown"] += 1
        return False
    why = "not in the books after the settle time"
    loading.happened["absent"] += 1
    return posting_moves.to_pending(connection, posting.posting_id, why, stamp)


def _in_files(loading: Loading, posting: OpenPosting) -> tuple[str, Delivery]:
    reference = posting.entry.reference
    if posting.file is not None:
        return posting.file.name, loading.files.standing(posting.file, reference)
    return loading.files.others.get(reference, ("", Delivery.ABSENT))


def _book(
    connection: Connection, loading: Loading, posting: OpenPosting, found: BookedEntry, *, adopted: bool
) -> None:
    booked = Booked(
        reference=posting.entry.reference,
        id=found.id,
        number=found.entry_number,
        totals=Totals(gross=found.gross),
    )
    posting_moves.to_booked(
        connection, posting.posting_id, booked, loading.work.stamp(connection), adopted=adopted
    )
    loading.happened["adopted" if adopted else "found"] += 1


def _park(
    connection: Connection, loading: Loading, posting: OpenPosting, booked: tuple[BookedEntry, ...]
) -> None:
    reasons = perhaps_reasons(posting.entry, booked)
    posting_moves.to_parked(connection, posting.posting_id, reasons, loading.work.stamp(connection))
    loading.happened["parked"] += 1


def _park_reversal(connection: Connection, loading: Loading, posting: OpenPosting, missing: Reversed) -> None:
    """Keep a reversal back whose booking is gone: alone it would take away what nobody owes."""
    stamp = loading.work.stamp(connection)
    reasons = (missing_reason(posting.entry, missing),)
    posting_moves.to_parked(connection, posting.posting_id, reasons, stamp)
    note_finding(
        connection,
        FindingKind.MISSING_IN_BOOKS,
        missing.posting_id,
        subject=missing.reference,
        detail={"document": missing.number},
        stamp=stamp,
    )
    loading.happened["parked"] += 1


def _name_doubles(
    connection: Connection, loading: Loading, posting: OpenPosting, doubles: tuple[BookedEntry, ...]
) -> None:
    for double in doubles:
        note_finding(
            connection,
            FindingKind.BOOKED_TWICE,
            posting.posting_id,
            subject=double.id,
            detail={"number": double.entry_number, "journal": double.journal},
            stamp=loading.work.stamp(connection),
        )
