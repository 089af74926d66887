"""Say how the sending of one request ended: values that separate 'never sent' from 'perhaps processed'."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The other side answered, with whatever status; `body` is complete.

    It may hold tokens, and its address what was sent along, so that neither is shown.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSent:
    """The request certainly did not reach the other side; it may be sent again.

    `retry_after_s` is known where a limit or a deadline held it back.
    """

    why: str
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsProcessed:
    """The request left and its answer is lost: the other side may have carried it out.

    `too_large` when the answer was given up because it outgrew what was asked for, `too_late` when it was
    not there in time.
    """

    why: str
    too_large: bool = False
    too_late: bool = False


Sending = Answer | NeverSent | PerhapsProcessed
