"""Name the states of a posting and the moves between them."""

from enum import StrEnum


class PostingState(StrEnum):
    """How far a posting has come."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    BOOKED = "booked"
    UNKNOWN = "unknown"
    PARKED = "parked"


P = PostingState
MOVES: frozenset[tuple[PostingState, PostingState]] = frozenset(
    {
        (P.PENDING, P.SENDING),
        (P.PENDING, P.BOOKED),
        (P.PENDING, P.PARKED),
        (P.PENDING, P.DELIVERED),
        (P.SENDING, P.BOOKED),
        (P.SENDING, P.UNKNOWN),
        (P.SENDING, P.PARKED),
        (P.SENDING, P.PENDING),
        (P.SENDING, P.DELIVERED),
        (P.DELIVERED, P.BOOKED),
        (P.DELIVERED, P.PARKED),
        (P.UNKNOWN, P.BOOKED),
        (P.UNKNOWN, P.PENDING),
        (P.UNKNOWN, P.DELIVERED),
        (P.UNKNOWN, P.PARKED),
        (P.PARKED, P.PENDING),
    }
)
"""Every move that is allowed; the database refuses all others."""
